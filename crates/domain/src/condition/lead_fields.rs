//! The fields of the lead itself: its columns, what is known of person and company, custom fields.

use super::{Field, FieldType, Of, Storage};
use crate::leads::{
    CustomFieldDef, CustomFieldKind, FieldDef, FieldKind, LEAD_FIELDS, Priority, Rating, Relationship, Seniority,
    Stage, Status,
};

/// Any of a closed set of words.
pub(super) fn choice(words: &[&str]) -> FieldType {
    FieldType::Choice(words.iter().map(ToString::to_string).collect())
}

fn column(name: &'static str, label: &str, kind: FieldType, description: &str) -> Field {
    Field {
        name: name.into(),
        label: label.into(),
        description: description.into(),
        kind,
        storage: Storage::Column(name),
        of: Of::Lead,
    }
}

/// A field of the facts document under its own name.
pub(super) fn fact(name: &str, label: &str, kind: FieldType, description: &str) -> Field {
    Field {
        name: name.into(),
        label: label.into(),
        description: description.into(),
        kind,
        storage: Storage::Facts(name.into()),
        of: Of::Lead,
    }
}

/// What the system keeps in columns of its own.
pub(super) fn columns() -> Vec<Field> {
    use FieldType::{Id, Instant, Whole};
    vec![
        column("status", "Status", choice(Status::WORDS), "Where the work stands."),
        column("status_since", "Status since", Instant, "Since when."),
        column("stage", "Stage", choice(Stage::WORDS), "Where the hand-off from marketing to sales stands."),
        column("stage_since", "Stage since", Instant, "Since when."),
        column("rating", "Rating", choice(Rating::WORDS), "The band of the score."),
        column("priority", "Priority", choice(Priority::WORDS), "How urgent it is."),
        column("score", "Score", Whole, "0 to 100."),
        column("score_demographic", "Demographic score", Whole, "0 to 40."),
        column("score_behavioral", "Behavioural score", Whole, "0 to 40."),
        column("score_firmographic", "Firmographic score", Whole, "0 to 20."),
        column("score_adjustment", "Score adjustment", Whole, "The sum of unexpired manual adjustments."),
        column("grade", "Grade", Whole, "The human scorecard, 2 to 21."),
        column("owner_id", "Owner", Id, "Who works on it."),
        column("team_id", "Team", Id, "The team it belongs to."),
        column("created_at", "Created", Instant, "When it was created."),
        column("updated_at", "Updated", Instant, "When it last changed."),
        column("first_responded_at", "First responded", Instant, "First completed human outbound contact."),
        column("qualified_at", "Qualified", Instant, "When it last became qualified."),
        column("converted_at", "Converted", Instant, "When it was converted."),
        column("last_interaction_at", "Last interaction", Instant, "The newest interaction."),
        column("sla_due_at", "First response due", Instant, "When the first response is due."),
        column("sla_met_at", "First response met", Instant, "When the first response came in time."),
        column("sla_breached_at", "First response breached", Instant, "When the first response was found late."),
    ]
}

/// What is known of the person and the company, from the one table of fields.
pub(super) fn of_profile() -> Vec<Field> {
    LEAD_FIELDS
        .iter()
        .filter_map(|def| Some(fact(def.name, def.label, profile_type(def)?, def.description.trim())))
        .collect()
}

/// How a writable field compares. Fields with parts of their own are listed part by part, and the priority is a column.
fn profile_type(def: &FieldDef) -> Option<FieldType> {
    Some(match def.kind {
        FieldKind::Text(_)
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Url
        | FieldKind::Language
        | FieldKind::TimeZone => FieldType::Text,
        FieldKind::Label(_) => FieldType::Label,
        FieldKind::Country => FieldType::Country,
        FieldKind::Date => FieldType::Date,
        FieldKind::Decimal(..) => FieldType::Decimal,
        FieldKind::WholeRange => FieldType::Whole,
        FieldKind::Money => FieldType::Money,
        FieldKind::Seniority => choice(Seniority::WORDS),
        FieldKind::Relationship => choice(Relationship::WORDS),
        FieldKind::Labels => FieldType::Labels,
        FieldKind::Tags | FieldKind::ExternalIds => FieldType::Texts,
        FieldKind::Priority
        | FieldKind::Purchases
        | FieldKind::Consents
        | FieldKind::Touch
        | FieldKind::NextAction
        | FieldKind::Custom => return None,
    })
}

/// A field that the organization defined.
pub(super) fn custom(def: &CustomFieldDef) -> Field {
    let kind = match def.kind {
        CustomFieldKind::Text | CustomFieldKind::Url => FieldType::Text,
        CustomFieldKind::Number => FieldType::Decimal,
        CustomFieldKind::Boolean => FieldType::Boolean,
        CustomFieldKind::Date => FieldType::Date,
        CustomFieldKind::Datetime => FieldType::Instant,
        CustomFieldKind::SingleSelect => FieldType::Choice(def.options.clone()),
        CustomFieldKind::MultiSelect => FieldType::Choices(def.options.clone()),
    };
    fact(&format!("custom.{}", def.key), &def.label, kind, "A field of the organization's own.")
}
