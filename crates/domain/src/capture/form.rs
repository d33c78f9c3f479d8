//! What a capture form is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Protection, adapters::AdapterSettings};
use crate::{
    duplicates::Policy,
    ids::{CaptureFormId, LeadSourceId},
    leads::Priority,
};

/// A form through which the world posts leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptureForm {
    /// Which.
    pub id: CaptureFormId,
    /// Counts changes.
    pub version: i64,
    /// The name for people.
    pub name: String,
    /// The public part of its address: it identifies, it proves nothing.
    pub public_key: String,
    /// The source of the leads that it makes.
    pub source_id: LeadSourceId,
    /// How it behaves.
    pub settings: FormSettings,
    /// Inactive forms take nothing.
    pub active: bool,
}

/// How a form behaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormSettings {
    /// Pages of these origins may post from a browser: `https://example.com`, or `*` for all.
    pub allowed_origins: Vec<String>,
    /// Names of inputs, and the field that each fills. Others are understood by their name.
    pub field_mapping: BTreeMap<String, String>,
    /// Fields that must not be blank, beyond those that every lead has.
    pub required_fields: Vec<String>,
    /// What a lead is given where the form brings nothing.
    pub defaults: FormDefaults,
    /// Where a browser goes afterwards.
    pub redirect_url: Option<String>,
    /// The text that a person consents to; kept with the consent.
    pub consent_text: Option<String>,
    /// What is done when the person is known already: one of [`POLICIES`].
    pub duplicate_policy: Policy,
    /// Within so many seconds, the same post from the same address is one submission; 0 keeps each.
    pub duplicate_window_seconds: u32,
    /// What is done against spam.
    pub protection: Protection,
    /// Whose bodies it reads.
    pub adapter: AdapterSettings,
}

/// What a form may do with somebody who is known already.
pub const POLICIES: [Policy; 3] = [Policy::FillBlanks, Policy::Update, Policy::Flag];

impl Default for FormSettings {
    fn default() -> Self {
        Self {
            allowed_origins: Vec::new(),
            field_mapping: BTreeMap::new(),
            required_fields: Vec::new(),
            defaults: FormDefaults::default(),
            redirect_url: None,
            consent_text: None,
            duplicate_policy: Policy::FillBlanks,
            duplicate_window_seconds: 0,
            protection: Protection::default(),
            adapter: AdapterSettings::default(),
        }
    }
}

/// What a lead is given where the form brings nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormDefaults {
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// The company.
    pub company_name: Option<String>,
    /// What they ask about.
    pub product_interests: Vec<String>,
    /// Labels.
    pub tags: Vec<String>,
}
