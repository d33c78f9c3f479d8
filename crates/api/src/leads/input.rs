//! The shape of what may be written to a lead, made from the one table of fields, so that the document can't drift from
//! what is read.

use std::borrow::Cow;

use leadwright_domain::leads::{
    FieldKind, LEAD_FIELDS, Priority, Relationship, Seniority,
    parts::{BantState, Channel, ConsentState},
};
use serde_json::{Map, Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{Object, Schema},
    },
};

/// A new lead.
#[derive(Debug)]
pub struct CreateLead;

/// A merge patch of a lead.
#[derive(Debug)]
pub struct UpdateLead;

/// A merge patch of budget, authority, need and timeline.
#[derive(Debug)]
pub struct UpdateBant;

impl PartialSchema for CreateLead {
    fn schema() -> RefOr<Schema> {
        let mut schema = object("A new lead. Absent and `null` mean the same here.", true);
        schema["required"] = json!(["company_name", "source", "priority"]);
        let named = [["contact_name"].as_slice(), &["first_name"], &["last_name"]];
        let reachable = [["email"].as_slice(), &["phone"]];
        let any_of =
            |sets: &[&[&str]]| json!({"anyOf": sets.iter().map(|set| json!({"required": set})).collect::<Vec<_>>()});
        schema["allOf"] = json!([any_of(&named), any_of(&reachable)]);
        schema["example"] = json!({
            "contact_name": "Jane Doe", "email": "jane.doe@example.com", "phone": "+14155552671", "company_name": "Acme",
            "job_title": "Marketing Director", "source": "website", "priority": "medium", "country": "US",
            "company_size": "50-100", "notes": "Asked for a demo"
        });
        read(schema)
    }
}

impl PartialSchema for UpdateLead {
    fn schema() -> RefOr<Schema> {
        let mut schema = object("What to change of a lead (RFC 7396): absent members stay, `null` clears.", false);
        schema["example"] = json!({"job_title": "Chief Marketing Officer", "website": null});
        read(schema)
    }
}

impl PartialSchema for UpdateBant {
    fn schema() -> RefOr<Schema> {
        let mut schema = bant();
        schema["type"] = "object".into();
        schema["description"] = "What to change (RFC 7396): absent members stay, `null` clears.".into();
        schema["example"] = json!({"budget": {"state": "met", "level": 4}, "timeline": {"date": "2026-09-01"}});
        read(schema)
    }
}

impl ToSchema for UpdateBant {
    fn name() -> Cow<'static, str> {
        "UpdateBant".into()
    }
}

impl ToSchema for CreateLead {
    fn name() -> Cow<'static, str> {
        "CreateLead".into()
    }
}

impl ToSchema for UpdateLead {
    fn name() -> Cow<'static, str> {
        "UpdateLead".into()
    }
}

fn read(schema: Value) -> RefOr<Schema> {
    // The library's own reader takes what its writer makes; anything else would be a mistake here, seen by the drift test.
    serde_json::from_value(schema).unwrap_or_else(|_| RefOr::T(Schema::Object(Object::new())))
}

fn object(description: &str, new: bool) -> Value {
    let mut properties = Map::new();
    for field in LEAD_FIELDS {
        let mut schema = kind(field.kind);
        schema["description"] = field.description.trim().into();
        properties.insert(field.name.to_owned(), schema);
    }
    let source = json!({"type": ["string", "null"], "maxLength": 100, "description": "Where it came from: the code of a lead source."});
    properties.insert("source".into(), source);
    properties.insert("bant".into(), bant());
    if new {
        for (name, what) in
            [("owner_id", "Who works on it; routing decides where absent."), ("team_id", "The team it belongs to.")]
        {
            properties.insert(name.into(), json!({"type": ["string", "null"], "format": "uuid", "description": what}));
        }
    }
    json!({"type": "object", "description": description, "additionalProperties": false, "properties": properties})
}

fn words(words: &[&str]) -> Value {
    let mut all: Vec<Value> = words.iter().map(|word| json!(word)).collect();
    all.push(Value::Null);
    json!({"type": ["string", "null"], "enum": all})
}

fn text(longest: usize) -> Value {
    json!({"type": ["string", "null"], "maxLength": longest})
}

fn kind(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Text(longest) | FieldKind::Label(longest) => text(longest),
        FieldKind::Email => json!({"type": ["string", "null"], "maxLength": 320}),
        FieldKind::Phone => text(60),
        FieldKind::Url => text(2_000),
        FieldKind::Country => text(100),
        FieldKind::Language => text(35),
        FieldKind::TimeZone => text(60),
        FieldKind::Date => json!({"type": ["string", "null"], "format": "date"}),
        FieldKind::Decimal(least, most) => json!({"type": ["number", "null"], "minimum": least, "maximum": most}),
        FieldKind::WholeRange => json!({
            "type": ["integer", "string", "null"], "minimum": 0, "maxLength": 40, "pattern": "^[0-9][0-9, ]*(-[0-9][0-9, ]*|\\+)?$"
        }),
        FieldKind::Money => money(),
        FieldKind::Priority => words(Priority::WORDS),
        FieldKind::Seniority => words(Seniority::WORDS),
        FieldKind::Relationship => words(Relationship::WORDS),
        FieldKind::Labels | FieldKind::Tags => {
            json!({"type": ["array", "null"], "maxItems": 100, "items": {"type": "string", "maxLength": 100}})
        }
        FieldKind::Purchases => json!({"type": ["array", "null"], "maxItems": 200, "items": {
            "type": "object", "additionalProperties": false, "required": ["product"],
            "properties": {"product": {"type": "string", "minLength": 1, "maxLength": 200}, "date": {"type": ["string", "null"], "format": "date"}, "price": money()}
        }}),
        FieldKind::Consents => consents(),
        FieldKind::Touch => touch(),
        FieldKind::ExternalIds => {
            json!({"type": ["object", "null"], "maxProperties": 50, "additionalProperties": {"type": ["string", "null"], "maxLength": 200}})
        }
        FieldKind::NextAction => {
            json!({"type": ["object", "null"], "additionalProperties": false, "properties": {"text": text(500), "due_at": moment()}})
        }
        FieldKind::Custom => json!({"type": ["object", "null"], "maxProperties": 200, "additionalProperties": true}),
    }
}

fn moment() -> Value {
    json!({"type": ["string", "null"], "format": "date-time"})
}

fn money() -> Value {
    json!({
        "type": ["object", "null"], "additionalProperties": false, "required": ["amount", "currency"],
        "properties": {
            "amount": {"type": ["integer", "string"], "format": "int64", "minimum": 0, "maxLength": 60, "description": "Minor units, or a range of them such as `100000-500000`."},
            "max_amount": {"type": ["integer", "null"], "format": "int64", "minimum": 0, "description": "Minor units; the most of a range."},
            "currency": {"type": "string", "minLength": 3, "maxLength": 3, "pattern": "^[A-Za-z]{3}$", "description": "ISO 4217."}
        }
    })
}

fn consents() -> Value {
    let consent = json!({
        "type": ["object", "null"], "additionalProperties": false,
        "properties": {"state": {"type": "string", "enum": ConsentState::WORDS}, "at": moment(), "how": text(500)}
    });
    let channels: Map<String, Value> =
        Channel::WORDS.iter().map(|word| ((*word).to_owned(), consent.clone())).collect();
    json!({"type": ["object", "null"], "additionalProperties": false, "properties": channels})
}

fn touch() -> Value {
    let mut properties: Map<String, Value> =
        ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "referrer", "landing_page"]
            .into_iter()
            .map(|name| (name.to_owned(), text(2_000)))
            .collect();
    properties.insert("click_ids".into(), json!({"type": ["object", "null"], "maxProperties": 20, "additionalProperties": {"type": "string", "maxLength": 500}}));
    properties.insert("at".into(), moment());
    json!({"type": ["object", "null"], "additionalProperties": false, "properties": properties})
}

fn bant() -> Value {
    let state = json!({"type": "string", "enum": BantState::WORDS});
    let truth = json!({"type": ["boolean", "null"]});
    let part = |more: Value| {
        let mut properties = Map::from_iter([("state".to_owned(), state.clone()), ("notes".to_owned(), text(2_000))]);
        properties.extend(more.as_object().cloned().unwrap_or_default());
        json!({"type": ["object", "null"], "additionalProperties": false, "properties": properties})
    };
    json!({
        "type": ["object", "null"], "additionalProperties": false, "description": "Budget, authority, need, timeline.",
        "properties": {
            "budget": part(json!({"level": {"type": ["integer", "null"], "minimum": 1, "maximum": 5}, "allocated": truth, "range": money(), "controller": text(200)})),
            "authority": part(json!({"decision_maker": truth, "others_involved": text(2_000), "approval_process": text(2_000)})),
            "need": part(json!({"clear": truth, "urgency": text(2_000), "impact": text(2_000)})),
            "timeline": part(json!({"date": {"type": ["string", "null"], "format": "date"}, "deadlines": text(2_000), "possible_delays": text(2_000)}))
        }
    })
}
