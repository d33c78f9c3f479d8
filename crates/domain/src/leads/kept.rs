//! What only an export says of a lead: which it was, how it stood and since when.

use std::collections::BTreeSet;

use super::{Lead, Profile, parts::Sla};
use crate::{ids::LeadId, qualification::StatusReason, scoring::Adjustment, time::Instant};

/// The words for it, beside those of fields: columns of an export that an import takes back.
pub const KEPT: &[&str] = &[
    "id",
    "email_given",
    "phone_given",
    "seniority_given",
    "status_since",
    "status_reason",
    "stage_since",
    "grade",
    "score_adjustments",
    "first_responded_at",
    "qualified_at",
    "converted_at",
    "last_interaction_at",
    "archived_at",
    "sla.due_at",
    "sla.met_at",
    "sla.breached_at",
    "next_action.due_at",
    "touches_between",
    "first_touch.utm_source",
    "first_touch.utm_medium",
    "first_touch.utm_campaign",
    "first_touch.utm_term",
    "first_touch.utm_content",
    "first_touch.referrer",
    "first_touch.landing_page",
    "first_touch.click_ids",
    "first_touch.at",
    "last_touch.click_ids",
    "last_touch.at",
    "consent.email.at",
    "consent.email.how",
    "consent.email.form_id",
    "consent.sms.at",
    "consent.sms.how",
    "consent.sms.form_id",
    "consent.phone.at",
    "consent.phone.how",
    "consent.phone.form_id",
    "bant",
    "bant.budget.state",
    "bant.budget.level",
    "bant.budget.allocated",
    "bant.budget.range",
    "bant.budget.controller",
    "bant.budget.notes",
    "bant.authority.state",
    "bant.authority.decision_maker",
    "bant.authority.others_involved",
    "bant.authority.approval_process",
    "bant.authority.notes",
    "bant.need.state",
    "bant.need.clear",
    "bant.need.urgency",
    "bant.need.impact",
    "bant.need.notes",
    "bant.timeline.state",
    "bant.timeline.date",
    "bant.timeline.deadlines",
    "bant.timeline.possible_delays",
    "bant.timeline.notes",
];

/// What a row of an export says beside what any file may say. A row with an id is read to the letter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// The lead that the row was written of.
    pub id: Option<LeadId>,
    /// What the row says nothing of on purpose: fields, and `custom.<key>`.
    pub blank: BTreeSet<String>,
    /// Since when it has its status.
    pub status_since: Option<Instant>,
    /// Why it was set aside.
    pub status_reason: Option<StatusReason>,
    /// Since when it has its stage.
    pub stage_since: Option<Instant>,
    /// The human scorecard.
    pub grade: Option<i64>,
    /// Points given by hand.
    pub adjustments: Vec<Adjustment>,
    /// First human contact.
    pub first_responded_at: Option<Instant>,
    /// When it last became qualified.
    pub qualified_at: Option<Instant>,
    /// When it was converted.
    pub converted_at: Option<Instant>,
    /// The newest interaction.
    pub last_interaction_at: Option<Instant>,
    /// When it was archived.
    pub archived_at: Option<Instant>,
    /// The promise to respond.
    pub sla: Sla,
    /// Whether the seniority was given and not derived, where that is said.
    pub seniority_given: Option<bool>,
}

impl Kept {
    /// Whether the row was written by an export.
    pub const fn is_to_the_letter(&self) -> bool {
        self.id.is_some()
    }

    /// Lets a new lead stand as the other one did. Nothing has happened in the future; a promise may end there.
    pub fn remember(&self, lead: &mut Lead) {
        let now = lead.updated_at;
        let past = |at: Option<Instant>| at.filter(|at| *at <= now);
        lead.status_since = past(self.status_since).unwrap_or(lead.status_since);
        lead.stage_since = past(self.stage_since).unwrap_or(lead.stage_since);
        lead.status_reason = self.status_reason.map(|reason| reason.as_str().to_owned());
        lead.grade = self.grade;
        lead.adjustments.extend(self.adjustments.iter().map(|given| Adjustment {
            given_at: given.given_at.min(now),
            revoked_at: given.revoked_at.map(|at| at.min(now)),
            ..given.clone()
        }));
        lead.first_responded_at = past(self.first_responded_at);
        lead.qualified_at = past(self.qualified_at);
        lead.converted_at = past(self.converted_at);
        lead.last_interaction_at = past(self.last_interaction_at);
        lead.archived_at = past(self.archived_at);
        if self.sla != Sla::default() {
            lead.sla =
                Sla { due_at: self.sla.due_at, met_at: past(self.sla.met_at), breached_at: past(self.sla.breached_at) };
        }
    }

    /// Takes defaults out again of what the row leaves blank on purpose.
    pub fn leave_blank(&self, profile: &mut Profile) {
        let nothing = Profile::default();
        for name in &self.blank {
            match name.strip_prefix("custom.") {
                Some(key) => drop(profile.custom.shift_remove(key)),
                None => drop(profile.copy_field(name, &nothing)),
            }
        }
    }
}
