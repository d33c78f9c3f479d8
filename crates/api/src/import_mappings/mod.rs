//! `/api/v1/import-mappings`: what the columns and values of files stand for, kept for the next file of its kind.

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
pub mod update;

use std::collections::BTreeMap;

use leadwright_domain::imports::{DateOrder, ImportMapping, Mapping, OtherColumns};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::{Answer, words::word_schema};

word_schema! {
    /// Which figure of 3/4/2024 is the month: `mdy` the first, `dmy` the second.
    DateOrderWord as "DateOrder" = DateOrder, "dmy"
}
word_schema! {
    /// What becomes of columns that stand for nothing: they are left out, or go to the lead's notes.
    OtherColumnsWord as "OtherColumns" = OtherColumns, "notes"
}

/// What the columns and values of a file stand for; wins over what its headings look like.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = Mapping)]
#[serde(deny_unknown_fields, default)]
pub struct ImportMappingShape {
    /// Headings, and the fields that their columns fill: `email`, `custom.<key>`, `external_ids.<system>`, `source`,
    /// `owner`, `status`, `created_at` …; `null` leaves a column out.
    #[schema(example = json!({"Mail (work)": "email", "Internal code": null}))]
    columns: BTreeMap<String, Option<String>>,
    /// For a field: what is written in the file, and what it means here. Case and accents do not count.
    #[schema(example = json!({"status": {"Open - Not Contacted": "new"}}))]
    values: BTreeMap<String, BTreeMap<String, String>>,
    /// Which figure of a day is the month; found out for each column otherwise.
    date_order: Option<DateOrderWord>,
    /// What becomes of columns that stand for nothing; `ignore` otherwise.
    other_columns: Option<OtherColumnsWord>,
}

impl From<Mapping> for ImportMappingShape {
    fn from(mapping: Mapping) -> Self {
        let Mapping { columns, values, date_order, other_columns } = mapping;
        Self { columns, values, date_order: date_order.map(Into::into), other_columns: other_columns.map(Into::into) }
    }
}

impl From<ImportMappingShape> for Mapping {
    fn from(shape: ImportMappingShape) -> Self {
        let ImportMappingShape { columns, values, date_order, other_columns } = shape;
        Self { columns, values, date_order: date_order.map(Into::into), other_columns: other_columns.map(Into::into) }
    }
}

/// A saved mapping of imports.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ImportMapping)]
pub struct ImportMappingView {
    /// The id.
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    version: i64,
    /// The name for people.
    #[schema(example = "Trade fair list")]
    name: String,
    /// What it says.
    mapping: ImportMappingShape,
}

impl From<ImportMapping> for ImportMappingView {
    fn from(known: ImportMapping) -> Self {
        Self { id: known.id.uuid(), version: known.version, name: known.name, mapping: known.mapping.into() }
    }
}

fn shown(known: ImportMapping) -> Answer {
    let version = known.version;
    Answer::ok(&ImportMappingView::from(known)).version(version)
}
