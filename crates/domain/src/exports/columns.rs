//! The columns of an export: every field of a lead, and what becomes of it.

use std::{borrow::Cow, collections::HashMap};

use serde_json::{Value, json};

use super::{
    others::{OTHERS, ReadOff},
    text,
};
use crate::{
    ids::{LeadSourceId, TeamId, UserId},
    leads::{CustomFieldDef, CustomFieldKind, FieldDef, FieldKind, LEAD_FIELDS, Lead, fields::field},
};

/// What comes first, in this order; everything else follows.
const FRONT: &[&str] = &[
    "id",
    "contact_name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "company_name",
    "job_title",
    "status",
    "stage",
    "score",
    "rating",
    "priority",
    "owner",
    "team",
    "source",
    "source_detail",
    "created_at",
    "updated_at",
    "tags",
    "notes",
    "next_action",
    "next_action.due_at",
];

/// Fields whose members have columns of their own.
const IN_PARTS: &[&str] = &["consent", "first_touch", "last_touch", "next_action", "priority", "custom"];

/// What people call what a lead only refers to.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The e-mail addresses of users.
    pub owners: HashMap<UserId, String>,
    /// The names of teams.
    pub teams: HashMap<TeamId, String>,
    /// The codes of sources.
    pub sources: HashMap<LeadSourceId, String>,
}

/// A column of an export.
#[derive(Clone, Debug)]
pub struct Column {
    name: String,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Field(&'static FieldDef),
    /// A custom field by key; `true` where several options stand in a cell and one of them holds what separates them.
    Custom(String, bool),
    ExternalId(String),
    Other(ReadOff),
}

impl Column {
    /// Its heading, which an import understands.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a lead has there; `null` for nothing.
    pub fn value(&self, lead: &Lead, names: &Names) -> Value {
        let value = match &self.what {
            What::Field(field) => lead.profile.json(field.name),
            What::Custom(key, _) => lead.profile.custom.get(key).cloned().unwrap_or_default(),
            What::ExternalId(system) => json!(lead.profile.external_ids.get(system)),
            What::Other(read) => read(lead, names),
        };
        match value {
            Value::Array(items) if items.is_empty() => Value::Null,
            Value::Object(members) if members.is_empty() => Value::Null,
            value => value,
        }
    }

    /// A value of this column as the text of a cell.
    pub fn text<'v>(&self, value: &'v Value) -> Cow<'v, str> {
        match (&self.what, value) {
            (_, Value::Null) => Cow::Borrowed(""),
            (_, Value::String(text)) => Cow::Borrowed(text),
            (What::Field(FieldDef { kind: FieldKind::Labels | FieldKind::Tags, .. }), Value::Array(items)) => {
                Cow::Owned(text::list(items, false))
            }
            (What::Custom(_, as_json), Value::Array(items)) => Cow::Owned(text::list(items, *as_json)),
            (_, Value::Object(members)) if members.contains_key("currency") => Cow::Owned(text::money(value)),
            (_, Value::Number(number)) => Cow::Owned(text::number(number)),
            (_, other) => Cow::Owned(other.to_string()),
        }
    }

    /// Whether a row says on purpose that there is nothing: a new lead would get a default otherwise.
    pub fn tells_of_nothing(&self) -> bool {
        matches!(&self.what, What::Custom(..)) || matches!(self.name.as_str(), "company_name" | "contact_name")
    }
}

/// The column of this name, if there is one.
pub fn column(name: &str, custom: &[CustomFieldDef]) -> Option<Column> {
    let other = OTHERS.iter().find(|(known, _)| *known == name).map(|(_, read)| What::Other(*read));
    let plain = || field(name).filter(|field| !IN_PARTS.contains(&field.name)).map(What::Field);
    let own = || {
        let key = name.strip_prefix("custom.")?;
        custom.iter().find(|def| def.key == key).map(|def| What::Custom(def.key.clone(), is_parted(def)))
    };
    let system = || {
        let system = name.strip_prefix("external_ids.")?;
        (!system.is_empty()).then(|| What::ExternalId(system.to_owned()))
    };
    let what = other.or_else(plain).or_else(own).or_else(system)?;
    Some(Column { name: name.to_owned(), what })
}

/// Every column of an organization with these custom fields, in order.
pub fn columns(custom: &[CustomFieldDef]) -> Vec<Column> {
    let own = custom.iter().filter(|def| def.active).map(|def| format!("custom.{}", def.key));
    let fields = LEAD_FIELDS.iter().map(|field| field.name.to_owned());
    let others = OTHERS.iter().map(|(name, _)| (*name).to_owned());
    let later = fields.chain(own).chain(others).filter(|name| !FRONT.contains(&name.as_str()));
    let all = FRONT.iter().map(|name| (*name).to_owned()).chain(later);
    all.filter_map(|name| column(&name, custom)).collect()
}

/// Whether an export may have a column of this name.
pub fn is_heading(name: &str, custom: &[CustomFieldDef]) -> bool {
    name.starts_with("custom.") || column(name, custom).is_some()
}

/// Whether nobody but an export writes such a heading.
pub fn is_unmistakable(name: &str) -> bool {
    let of_ours = ["bant.", "sla.", "first_touch.", "last_touch."].iter().any(|start| name.starts_with(start));
    of_ours
        || matches!(name, "email_given" | "phone_given" | "seniority_given" | "touches_between" | "score_adjustments")
}

fn is_parted(def: &CustomFieldDef) -> bool {
    def.kind == CustomFieldKind::MultiSelect && def.options.iter().any(|option| option.contains([',', ';', '|']))
}
