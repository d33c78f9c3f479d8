//! Custom fields: what an organization adds to its leads (spec LEAD-3).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{choices, ids::CustomFieldId};

choices! {
    /// What a custom field holds. Never changes once the field exists.
    CustomFieldKind {
        /// Free text.
        Text = "text",
        /// A decimal number.
        Number = "number",
        /// Yes or no.
        Boolean = "boolean",
        /// A day.
        Date = "date",
        /// An instant.
        Datetime = "datetime",
        /// A web address.
        Url = "url",
        /// One of the options.
        SingleSelect = "single_select",
        /// Any of the options.
        MultiSelect = "multi_select",
    }
}

/// The definition of a custom field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomFieldDef {
    /// Which.
    pub id: CustomFieldId,
    /// Counts changes.
    pub version: i64,
    /// The word for programs: `custom.<key>`. Never changes.
    pub key: String,
    /// The name for people.
    pub label: String,
    /// What it holds.
    pub kind: CustomFieldKind,
    /// Whether a new lead must have it.
    pub required: bool,
    /// The value of a new lead that brings none.
    pub default: Option<Value>,
    /// The options of a select.
    pub options: Vec<String>,
    /// Whether leads can be filtered and sorted by it.
    pub indexed: bool,
    /// Inactive ones are kept on old leads and refused on new writes.
    pub active: bool,
}
