//! The order of a list, and where in it a page ends.

use std::{fmt, sync::Arc};

use leadwright_domain::{
    condition::{Catalogue, Field},
    fault::Fault,
    ids::LeadId,
    leads::CustomFieldDef,
    time::Instant,
    views::{LeadSort, LeadSortKey},
};
use sea_orm::{DbBackend, QueryResult};
use serde::{Deserialize, Serialize, Serializer};

use super::filter::Sql;
use crate::{DbError, condition};

/// What lists are sorted by. Creation and score have an index each; by a custom field the database sorts all leads that are
/// wanted, for as long as [`super::PATIENCE`] lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// When it was created.
    CreatedAt,
    /// The score.
    Score,
    /// What it has in a custom field; leads that have nothing there come last.
    Custom(Arc<Field>),
}

impl fmt::Display for SortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CreatedAt => "created_at",
            Self::Score => "score",
            Self::Custom(field) => &field.name,
        })
    }
}

impl Serialize for SortKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The order of a list; the id breaks ties in the same direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Largest first.
    pub descending: bool,
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.key)
    }
}

/// The last lead of a page: where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    created_at: Option<Instant>,
    score: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    custom: Option<Value>,
    id: LeadId,
}

/// What a lead has in a custom field, as it compares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Value {
    Number(i64),
    Text(String),
}

impl Sort {
    /// The order that somebody wrote.
    ///
    /// # Errors
    /// There is no such order; the fault, in the member `sort`, tells which there are.
    pub fn of(written: &LeadSort, custom: &[CustomFieldDef], catalogue: &Catalogue) -> Result<Self, Fault> {
        let key = match written.key(custom)? {
            LeadSortKey::CreatedAt => SortKey::CreatedAt,
            LeadSortKey::Score => SortKey::Score,
            LeadSortKey::Custom(def) => {
                let field = catalogue.get(&format!("custom.{}", def.key));
                // A field that the caller may not see is none.
                SortKey::Custom(Arc::clone(field.ok_or_else(|| written.refused("", &[]))?))
            }
        };
        Ok(Self { key, descending: written.descending() })
    }

    /// Whether the database has to read all leads that are wanted, and sort them.
    pub const fn is_costly(&self) -> bool {
        matches!(self.key, SortKey::Custom(_))
    }

    /// What else than its columns is read of a lead, to tell where a page ends.
    pub(super) fn column(&self, backend: DbBackend) -> String {
        match &self.key {
            SortKey::CreatedAt | SortKey::Score => String::new(),
            SortKey::Custom(field) => format!(", {} AS sort_value", condition::ordered(field, backend)),
        }
    }

    /// What follows ORDER BY, for columns of the table or of what was selected from it.
    pub(super) fn order(&self, table: &str) -> String {
        let way = if self.descending { "DESC" } else { "ASC" };
        match &self.key {
            SortKey::CreatedAt | SortKey::Score => format!("{table}{} {way}, {table}id {way}", self.key),
            SortKey::Custom(_) => format!("sort_value {way} NULLS LAST, {table}id {way}"),
        }
    }

    /// Whether a lead comes after the last one of a page.
    pub(super) fn behind(&self, at: &Position, sql: &mut Sql) -> String {
        let test = if self.descending { "<" } else { ">" };
        let after = |sql: &mut Sql, key: &str, value: String| {
            let id = sql.bind(at.id.uuid());
            format!("({key}, leads.id) {test} ({value}, {id})")
        };
        match &self.key {
            SortKey::CreatedAt => {
                let value = sql.bind(at.created_at);
                after(sql, "leads.created_at", value)
            }
            SortKey::Score => {
                let value = sql.bind(at.score);
                after(sql, "leads.score", value)
            }
            SortKey::Custom(field) => {
                let key = condition::ordered(field, sql.backend);
                let value = match &at.custom {
                    Some(Value::Number(number)) => sql.bind(*number),
                    Some(Value::Text(text)) => sql.bind(text.as_str()),
                    // Only leads without a value are left.
                    None => return format!("({key} IS NULL AND leads.id {test} {})", sql.bind(at.id.uuid())),
                };
                format!("({} OR {key} IS NULL)", after(sql, &key, value))
            }
        }
    }

    /// Where a row is, that has the columns `created_at` and `score` and [`Sort::column`].
    pub(super) fn position(&self, row: &QueryResult, id: LeadId) -> Result<Position, DbError> {
        let mut at = Position { created_at: None, score: None, custom: None, id };
        match &self.key {
            SortKey::CreatedAt => at.created_at = row.try_get("", "created_at")?,
            SortKey::Score => at.score = row.try_get("", "score")?,
            SortKey::Custom(field) if condition::is_ordered_as_number(field) => {
                at.custom = row.try_get::<Option<i64>>("", "sort_value")?.map(Value::Number);
            }
            SortKey::Custom(_) => at.custom = row.try_get::<Option<String>>("", "sort_value")?.map(Value::Text),
        }
        Ok(at)
    }
}
