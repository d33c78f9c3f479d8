//! `/api/v1/custom-fields`: what an organization adds to its leads.

pub mod create;
pub mod get;
pub mod list;
pub mod update;

use leadwright_domain::leads::{CustomFieldDef, CustomFieldKind};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::{Answer, words::word_schema};

word_schema! {
    /// What a custom field holds.
    CustomFieldKindView as "CustomFieldKind" = CustomFieldKind, "single_select"
}

/// The definition of a custom field.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CustomField)]
pub struct CustomFieldView {
    /// The id.
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    version: i64,
    /// A stable word for programs: the member of `custom` on a lead, and `custom.<key>` in conditions.
    #[schema(example = "budget_holder")]
    key: String,
    /// The name for people.
    #[schema(example = "Budget holder")]
    label: String,
    /// What it holds.
    #[schema(example = "single_select")]
    kind: CustomFieldKindView,
    /// Whether a new lead that comes through the API must have it. Forms and files lose nobody for want of it; a lead that
    /// has it keeps it.
    required: bool,
    /// The value of a new lead that brings none.
    #[schema(value_type = Value)]
    default: Option<Value>,
    /// The options of a select, in the order in which they are offered.
    #[schema(example = json!(["Unknown", "Yes", "No"]))]
    options: Vec<String>,
    /// Whether leads can be filtered and sorted by it.
    indexed: bool,
    /// Whether it is in use; a retired field stays on old leads and takes no new values.
    active: bool,
}

impl From<CustomFieldDef> for CustomFieldView {
    fn from(def: CustomFieldDef) -> Self {
        Self {
            id: def.id.uuid(),
            version: def.version,
            key: def.key,
            label: def.label,
            kind: def.kind.into(),
            required: def.required,
            default: def.default,
            options: def.options,
            indexed: def.indexed,
            active: def.active,
        }
    }
}

fn shown(def: CustomFieldDef) -> Answer {
    let version = def.version;
    Answer::ok(&CustomFieldView::from(def)).version(version)
}
