//! The tenant and its settings.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    access::RepVisibility, choices, ids::OrganizationId, leads::parts::BantPart, precedence::Precedence,
    quantity::Decimal,
};

choices! {
    /// When new leads are routed.
    RouteWhen {
        /// As they come in.
        OnCapture = "on_capture",
        /// When marketing says they are ready.
        MarketingQualified = "marketing_qualified",
    }
}

/// An organization as every decision sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Organization {
    /// Which.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Bumped by every write of configuration.
    pub config_rev: i64,
    /// The zone of its days and hours.
    pub timezone: Tz,
    /// ISO 3166-1 alpha-2; phone numbers without a country code are read as of here.
    pub default_region: String,
    /// ISO 4217.
    pub base_currency: String,
    /// BCP 47.
    pub locale: String,
    /// ISO 3166-1 alpha-2 of its address.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<Decimal>,
    /// Degrees east.
    pub longitude: Option<Decimal>,
    /// Its business rules.
    pub settings: Settings,
}

/// Business rules of an organization, with their defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Which leads reps see.
    pub rep_visibility: RepVisibility,
    /// When new leads are routed.
    pub route_when: RouteWhen,
    /// Parts of BANT that `qualified` demands.
    pub required_bant: Vec<BantPart>,
    /// Industries of the ideal customer profile.
    pub profile_industries: Vec<String>,
    /// Technologies of the ideal customer profile.
    pub profile_technologies: Vec<String>,
    /// Minutes until the first response is due.
    pub sla_minutes: i64,
    /// From which similarity on two leads are proposed as duplicates.
    pub duplicate_similarity: i64,
    /// Whether short forms of first names count as the name.
    pub match_nicknames: bool,
    /// Who may overwrite whose values.
    pub precedence: Precedence,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rep_visibility: RepVisibility::Own,
            route_when: RouteWhen::OnCapture,
            required_bant: BantPart::ALL.to_vec(),
            profile_industries: ["marketing", "advertising", "public_relations"].map(String::from).to_vec(),
            profile_technologies: Vec::new(),
            sla_minutes: 5,
            duplicate_similarity: 75,
            match_nicknames: true,
            precedence: Precedence::default(),
        }
    }
}
