//! What the heading of a column, or the name of a form's input, stands for.

#[cfg(test)]
mod beside_tests;
mod consent;
mod guess;
mod mail;
mod names;
mod number;
#[cfg(test)]
mod other_tests;
mod question;
mod refusal;
#[cfg(test)]
mod testing;
mod unit;
mod whose;
#[cfg(test)]
mod word_tests;

use std::{collections::HashMap, sync::LazyLock};

use super::{
    CustomFieldDef, LEAD_FIELDS,
    fields::field,
    header_words::{AS_WRITTEN, BY_TARGET, MAYBE_TITLES, MORE, NOTHING, STAND_INS},
    parts::Channel,
};
use crate::text::fold_label;

pub use guess::Distance;
pub use names::settle_names;
pub(crate) use names::{settle_the_only_name, settle_whole_and_parts};
pub use refusal::tells_gone;
pub use unit::{Unit, refuses_by_no, unit};
pub use whose::names_somebody_else;
pub(crate) use whose::{ELSE, is_of_a_person, is_somebody_else};

/// What a column or an input fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A field of the profile, by name.
    Field(&'static str),
    /// A custom field, by key.
    Custom(String),
    /// The source.
    Source,
    /// The owner, by e-mail or name.
    Owner,
    /// The team, by name.
    Team,
    /// The status.
    Status,
    /// The stage.
    Stage,
    /// A manual score adjustment.
    ScoreAdjustment,
    /// When the lead came into being.
    CreatedAt,
    /// The lead's id in another system.
    ExternalId(String),
    /// A part of the last touch: `utm_source`, `referrer` …
    Touch(&'static str),
    /// A click id of an advertising network, by its parameter.
    ClickId(&'static str),
    /// Consent for a channel; `true` where yes means granted, `false` where yes means withdrawn.
    Consent(Channel, bool),
    /// Consent for all channels; yes means withdrawn.
    OptOut,
    /// What only an export says, by its word: see [`super::KEPT`].
    Kept(&'static str),
}

/// Words for what is not a field of the profile.
const OTHERS: &[(Target, &[&str])] = &[
    (
        Target::Source,
        &[
            "source",
            "lead source",
            "leadsource",
            "original source",
            "how did you hear about us",
            "hs analytics source",
            "channel",
            "source code",
            "quelle",
            "herkunft",
            "leadquelle",
            "origine",
            "provenance",
            "fuente",
            "origen",
        ],
    ),
    (
        Target::Owner,
        &[
            "owner",
            "lead owner",
            "contact owner",
            "owner email",
            "assigned to",
            "assignee",
            "sales rep",
            "rep",
            "account executive",
            "hubspot owner id",
            "owner name",
            "salesperson",
            "owner id",
            "owner id name",
            "owner id email",
            "besitzer",
            "verantwortlich",
            "zuständig",
            "propriétaire",
            "propietario",
        ],
    ),
    (Target::Team, &["team", "team name", "sales team", "equipe", "equipo"]),
    (Target::Status, &["status", "lead status", "hs lead status", "contact status", "deal stage", "statut", "estado"]),
    (Target::Stage, &["stage", "lead stage", "lifecycle stage", "funnel stage", "hand off stage"]),
    (Target::ScoreAdjustment, &["score adjustment", "manual score", "score bonus"]),
    (Target::Touch("utm_source"), &["utm source"]),
    (Target::Touch("utm_medium"), &["utm medium"]),
    (Target::Touch("utm_campaign"), &["utm campaign", "campaign", "campaign name", "kampagne", "campagne", "campaña"]),
    (Target::Touch("utm_term"), &["utm term"]),
    (Target::Touch("utm_content"), &["utm content"]),
    (Target::Touch("referrer"), &["referrer", "referer", "referring url", "referrer url", "document referrer"]),
    (Target::Touch("landing_page"), &["landing page", "landing url", "page url", "pageuri", "landing page url"]),
    (Target::ClickId("gclid"), &["gclid", "gcl id", "google click id"]),
    (Target::ClickId("gbraid"), &["gbraid"]),
    (Target::ClickId("wbraid"), &["wbraid"]),
    (Target::ClickId("fbclid"), &["fbclid", "facebook click id"]),
    (Target::ClickId("msclkid"), &["msclkid", "microsoft click id"]),
    (Target::ClickId("ttclid"), &["ttclid"]),
    (Target::ClickId("li_fat_id"), &["li fat id"]),
    (
        Target::Consent(Channel::Email, true),
        &["email consent", "consent email", "email opt in", "newsletter", "marketing consent", "opt in", "optin"],
    ),
    (Target::Consent(Channel::Sms, true), &["sms consent", "consent sms", "sms opt in"]),
    (Target::Consent(Channel::Phone, true), &["phone consent", "consent phone", "call consent"]),
    (
        Target::Consent(Channel::Email, false),
        &[
            "do not email",
            "email opt out",
            "has opted out of email",
            "opted out",
            "unsubscribed",
            "unsubscribed from all email",
            "opt out",
        ],
    ),
    (Target::Consent(Channel::Sms, false), &["sms opt out", "do not text"]),
    (Target::Consent(Channel::Phone, false), &["do not call", "phone opt out"]),
];

/// The system of ids of which nobody says whose they are. Two systems count alike, so such an id recognizes somebody only
/// where nothing else says that it is another person.
pub const UNNAMED_SYSTEM: &str = "unnamed";

/// Words for the id in another system, and the system's name.
const SYSTEMS: &[(&str, &[&str])] = &[
    ("external", &["external id"]),
    (UNNAMED_SYSTEM, &["lead id", "record id", "prospect id", "crm id", "legacy id"]),
    ("salesforce", &["salesforce id", "sfdc id", "salesforce lead id", "sf id"]),
    ("hubspot", &["hubspot id", "hs object id", "hubspot contact id"]),
    ("pipedrive", &["pipedrive id"]),
    ("zoho", &["zoho id"]),
];

static TARGETS: LazyLock<HashMap<String, Target>> = LazyLock::new(|| {
    let mut targets = HashMap::new();
    for field in LEAD_FIELDS {
        let words = [field.name, field.label].into_iter().chain(field.synonyms.iter().copied());
        for word in words {
            targets.entry(squashed(word)).or_insert(Target::Field(field.name));
        }
    }
    for (name, words) in MORE {
        for word in *words {
            targets.entry(squashed(word)).or_insert(Target::Field(name));
        }
    }
    for (target, words) in OTHERS {
        for word in *words {
            targets.entry(squashed(word)).or_insert(target.clone());
        }
    }
    for (system, words) in SYSTEMS {
        for word in *words {
            targets.entry(squashed(word)).or_insert(Target::ExternalId((*system).to_owned()));
        }
    }
    for (target, words) in BY_TARGET.into_iter().flatten() {
        let Some(target) = Target::named(target, &[]) else { continue };
        for word in *words {
            targets.entry(squashed(word)).or_insert(target.clone());
        }
    }
    targets
});

/// What a heading stands for, by name, label and the words of other systems: `E-mail`, `FirstName`, `Phone 1`,
/// `lead[email]`, `Company*`.
pub fn field_for_header(header: &str) -> Option<Target> {
    resolved(header).map(|(target, _)| target)
}

/// How far a heading is from what it stands for: of two columns for one field the nearer fills it.
pub fn distance(header: &str) -> Distance {
    resolved(header).map_or(Distance::Guessed, |(_, distance)| distance)
}

fn resolved(header: &str) -> Option<(Target, Distance)> {
    if header.chars().count() > 120 {
        return None;
    }
    if let Some(field) = field(header) {
        return Some((Target::Field(field.name), Distance::None));
    }
    let lower = header.trim().to_lowercase();
    // What has an id within another record is not this record's.
    if lower.ends_with(".id") || NOTHING.contains(&squashed(&lower).as_str()) {
        return None;
    }
    if let Some((_, field)) = AS_WRITTEN.iter().find(|(written, _)| *written == header.trim()) {
        return Some((Target::Field(field), Distance::None));
    }
    if let Some(found) = known(header) {
        return Some(found);
    }
    if let Some(system) = lower.strip_prefix("external_ids.").or_else(|| lower.strip_prefix("external id: ")) {
        let system = Target::ExternalId(system.trim().to_owned());
        return (system != Target::ExternalId(String::new())).then_some((system, Distance::None));
    }
    let guessed = guess::of(header).or_else(|| consent::target(header)).or_else(|| question::target(header));
    guessed.map(|target| (target, Distance::Guessed)).or_else(|| mail::target(header))
}

/// What a heading stands for, custom fields included: `custom.<key>`, the key or the label. Built-in fields win, but
/// for the exact label of a custom field.
pub fn target_for(header: &str, custom: &[CustomFieldDef]) -> Option<Target> {
    let active = || custom.iter().filter(|def| def.active);
    let key = header.trim();
    let exact = key.strip_prefix("custom.").or_else(|| key.strip_prefix("custom_"));
    let by_key = |def: &&CustomFieldDef| Some(def.key.as_str()) == exact || def.label == key;
    let by_likeness =
        |def: &&CustomFieldDef| squashed(&def.key) == squashed(key) || squashed(&def.label) == squashed(key);
    let of = |def: &CustomFieldDef| Target::Custom(def.key.clone());
    let asked = || question::asked_for(key).map(|asked| squashed(&asked));
    let by_question = || {
        let asked = asked()?;
        active().find(|def| squashed(&def.key) == asked || squashed(&def.label) == asked).map(of)
    };
    let found = active().find(by_key).map(of).or_else(|| field_for_header(header));
    found.or_else(|| active().find(by_likeness).map(of)).or_else(by_question)
}

/// Looks a heading up as it is, then without `__c`, a number, words such as `your` in front, and any numbers.
fn known(header: &str) -> Option<(Target, Distance)> {
    let whole = squashed(header.trim().trim_end_matches("__c"));
    if whole.is_empty() || NOTHING.contains(&whole.as_str()) {
        return None;
    }
    if let Some(numbered) = number::of(header) {
        return numbered.map(|target| (target, Distance::None));
    }
    let unnumbered = guess::unnumbered(&whole);
    let numberless: String = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let forms = [(whole.as_str(), Distance::None), (unnumbered, Distance::Near), (numberless.as_str(), Distance::Near)];
    let listed = |(word, distance): (&str, Distance)| {
        // `Custom 1` is one of somebody's own, and not the object that holds ours.
        let is_numbered_custom = |target: &&Target| distance != Distance::None && **target == Target::Field("custom");
        let target = TARGETS.get(word).filter(|target| !is_numbered_custom(target))?.clone();
        let is_far = guess::is_second_best(word, &target) || MAYBE_TITLES.contains(&word) || STAND_INS.contains(&word);
        let distance = if is_far { Distance::Far } else { distance };
        Some((target, distance))
    };
    let exact = forms.into_iter().find_map(listed);
    let of_its_owner = || {
        let (target, distance) = known(&guess::without_possessive(header)?)?;
        matches!(target, Target::Field(_) | Target::Consent(..)).then(|| (target, distance.max(Distance::Near)))
    };
    let in_front = || guess::without_front(unnumbered).or_else(|| guess::without_front(&numberless));
    exact.or_else(in_front).or_else(of_its_owner)
}

/// A heading without case, accents, spaces and marks, so that `FirstName`, `first_name` and `First name` are one.
fn squashed(header: &str) -> String {
    fold_label(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_other_systems_are_understood() {
        for (header, field) in [
            ("E-mail", "email"),
            ("EMAIL", "email"),
            ("Email 1", "email"),
            ("emailAddress", "email"),
            ("your-email", "email"),
            ("lead[email]", "email"),
            ("properties.email", "email"),
            ("WORK_EMAIL", "email"),
            ("User Email", "email"),
            ("FirstName", "first_name"),
            ("First Name*", "first_name"),
            ("FULL_NAME", "contact_name"),
            ("Company", "company_name"),
            ("Account Name", "company_name"),
            ("Title", "job_title"),
            ("NumberOfEmployees", "company_size"),
            ("AnnualRevenue", "annual_revenue"),
            ("Phone 2", "phone"),
            ("MobilePhone", "phone"),
            ("State/Province", "region"),
            ("Zip/Postal Code", "postal_code"),
            ("Industry__c", "industry"),
            ("your-message", "notes"),
            ("DOB", "birth_date"),
            ("Email (work)", "email"),
            ("Notes", "notes"),
            ("Vorname", "first_name"),
        ] {
            assert_eq!(field_for_header(header), Some(Target::Field(field)), "{header}");
        }
    }

    #[test]
    fn headings_of_what_is_no_field_are_understood() {
        for (header, target) in [
            ("LeadSource", Target::Source),
            ("Lead Source", Target::Source),
            ("Source", Target::Source),
            ("Lead Status", Target::Status),
            ("Lead Owner", Target::Owner),
            ("CreatedDate", Target::CreatedAt),
            ("Deal Stage", Target::Status),
            ("LeadID", Target::ExternalId(UNNAMED_SYSTEM.into())),
            ("External ID", Target::ExternalId("external".into())),
            ("utm_source", Target::Touch("utm_source")),
            ("gclid", Target::ClickId("gclid")),
            ("Do Not Email", Target::Consent(Channel::Email, false)),
            ("Quelle", Target::Source),
            ("Erstellt am", Target::CreatedAt),
            ("campaign_name", Target::Touch("utm_campaign")),
            ("external_ids.SAP", Target::ExternalId("sap".into())),
        ] {
            assert_eq!(field_for_header(header), Some(target), "{header}");
        }
        for header in [
            "",
            "  ",
            "Lead Owner.id",
            "owner.id",
            "Lead - Title",
            "Deal name",
            "Index",
            "[]",
            "7",
            "...",
            "00N5e00000ABCDE",
            "retURL",
            "_wpcf7",
        ] {
            assert_eq!(field_for_header(header), None, "{header}");
        }
    }

    #[test]
    fn every_field_is_found_by_its_name_and_label() {
        for field in LEAD_FIELDS {
            for header in [field.name, field.label] {
                assert_eq!(field_for_header(header), Some(Target::Field(field.name)), "{header}");
            }
        }
    }
}
