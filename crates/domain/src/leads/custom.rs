//! Custom fields: what an organization wants to know of its leads beyond the common fields (spec LEAD-3).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{choices, ids::CustomFieldId};

choices! {
    /// What a custom field holds.
    CustomKind {
        /// A line of text.
        Text = "text",
        /// A decimal number.
        Number = "number",
        /// Yes or no.
        Boolean = "boolean",
        /// A day.
        Date = "date",
        /// A moment.
        Datetime = "datetime",
        /// A web address.
        Url = "url",
        /// One of the options.
        SingleSelect = "single_select",
        /// Any number of the options.
        MultiSelect = "multi_select",
    }
}

/// The definition of a custom field. Key and kind never change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomFieldDef {
    /// Which.
    pub id: CustomFieldId,
    /// The name in JSON, below `custom`.
    pub key: String,
    /// The name for people.
    pub label: String,
    /// What it holds.
    pub kind: CustomKind,
    /// What can be chosen, in order; empty unless something is selected.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether a lead can't be created without it.
    #[serde(default)]
    pub required: bool,
    /// What a lead gets that is created without it.
    #[serde(default)]
    pub default: Option<Value>,
    /// Whether it is kept ready for fast filters (at most 20 are).
    #[serde(default)]
    pub indexed: bool,
    /// Inactive ones are kept on old leads and no longer asked for.
    #[serde(default = "yes")]
    pub active: bool,
}

const fn yes() -> bool {
    true
}
