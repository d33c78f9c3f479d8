//! Every enumeration with its words, so that menus are built from the server (spec PLA-12).

use crate::{
    access::{Permission, RepVisibility, Role, TeamKind},
    capture::{SubmissionState, adapters::Adapter},
    duplicates::{MatchKind, Policy},
    interactions::InteractionKind,
    leads::{
        CustomFieldKind, Priority, Rating, Relationship, Seniority, Stage, Status,
        parts::{BantPart, BantState, Channel, ConsentState},
    },
    organization::RouteWhen,
    precedence::Writer,
    qualification::{Disposition, status::StatusReason},
    routing::{AssignReason, Strategy},
    scoring::{AdjustmentReason, Component, RecommendedAction},
    sources::Direction,
    suggestions::SuggestionState,
};

/// A closed set of words.
#[derive(Clone, Copy, Debug)]
pub struct Enumeration {
    /// Its name for programs.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
    words: &'static [&'static str],
    meanings: &'static [&'static str],
}

/// One word of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word that the API uses.
    pub value: &'static str,
    /// The word for people.
    pub label: String,
    /// What it means.
    pub meaning: &'static str,
}

impl Enumeration {
    /// Its words, in the order in which a person is offered them.
    pub fn words(&self) -> impl Iterator<Item = Word> {
        let pairs = self.words.iter().zip(self.meanings);
        pairs.map(|(value, meaning)| Word { value, label: label(value), meaning: meaning.trim() })
    }
}

macro_rules! enumerations {
    ($($name:literal = $kind:ty : $meaning:literal,)+) => {
        /// Every enumeration that a caller meets.
        pub const ENUMERATIONS: &[Enumeration] = &[$(Enumeration {
            name: $name, meaning: $meaning, words: <$kind>::WORDS, meanings: <$kind>::MEANINGS,
        }),+];
    };
}

enumerations! {
    "status" = Status: "Where the work on a lead stands.",
    "status_reason" = StatusReason: "Why a lead was put off or given up.",
    "stage" = Stage: "Where the hand-off from marketing to sales stands.",
    "disposition" = Disposition: "What becomes of a lead that sales gives back.",
    "rating" = Rating: "The band of a score.",
    "priority" = Priority: "How urgent a lead is.",
    "seniority" = Seniority: "How senior a person is.",
    "relationship" = Relationship: "What the person is to us.",
    "consent_channel" = Channel: "A way to reach a person.",
    "consent_state" = ConsentState: "Whether a person agreed to be reached.",
    "bant_part" = BantPart: "A part of budget, authority, need and timeline.",
    "bant_state" = BantState: "How sure a part of it is.",
    "interaction_kind" = InteractionKind: "What a lead did.",
    "score_component" = Component: "A part of the score.",
    "adjustment_reason" = AdjustmentReason: "Why points were given by hand.",
    "recommended_action" = RecommendedAction: "What the score suggests to do.",
    "source_direction" = Direction: "Who made the first step.",
    "duplicate_policy" = Policy: "What is done with a lead that is already known.",
    "writer" = Writer: "What kind of writer a value comes from.",
    "suggestion_state" = SuggestionState: "Where a suggested value stands.",
    "match_kind" = MatchKind: "By what a known lead was recognized.",
    "adapter" = Adapter: "Whose bodies a capture form reads.",
    "submission_state" = SubmissionState: "What came of a submission.",
    "custom_field_kind" = CustomFieldKind: "What a custom field holds.",
    "routing_strategy" = Strategy: "How leads are dealt out inside a team.",
    "assign_reason" = AssignReason: "Why a lead was given to somebody.",
    "route_when" = RouteWhen: "When new leads are routed.",
    "role" = Role: "What a user is in the organization.",
    "rep_visibility" = RepVisibility: "Which leads reps see.",
    "team_kind" = TeamKind: "What a team is for.",
    "permission" = Permission: "What a credential may be used for.",
}

/// A word as a person writes it: `marketing_qualified` is `Marketing qualified`.
fn label(word: &str) -> String {
    match word {
        "vp" => return "VP".to_owned(),
        "sms" => return "SMS".to_owned(),
        "c_level" => return "C-level".to_owned(),
        "url" => return "URL".to_owned(),
        "email" => return "E-mail".to_owned(),
        _ => {}
    }
    let text = word.replace("email", "e-mail").replace(['_', ':'], " ");
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_word_has_a_label_and_a_meaning_of_its_own() {
        let mut names = HashSet::new();
        for enumeration in ENUMERATIONS {
            assert!(names.insert(enumeration.name), "{} twice", enumeration.name);
            let labels: HashSet<String> = enumeration.words().map(|word| word.label).collect();
            assert_eq!(labels.len(), enumeration.words().count(), "{}", enumeration.name);
            assert!(enumeration.words().all(|word| word.meaning.ends_with(['.', '?'])), "{}", enumeration.name);
        }
    }

    #[test]
    fn labels_are_written_as_people_write() {
        let written = ["marketing_qualified", "c_level", "email", "email_opened", "leads:read"].map(label);
        assert_eq!(written, ["Marketing qualified", "C-level", "E-mail", "E-mail opened", "Leads read"]);
    }
}
