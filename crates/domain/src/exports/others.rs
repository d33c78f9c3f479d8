//! Columns that are not simply fields of the profile.

use serde_json::{Value, json};

use super::Names;
use crate::{
    leads::{
        Lead,
        parts::{BantState, Channel, Consent},
    },
    time::{Instant, to_rfc3339},
};

/// How a column is read off a lead.
pub(super) type ReadOff = fn(&Lead, &Names) -> Value;

/// Their names, and how each is read off a lead. What an import does not take back is computed: the scores, the
/// completeness, the counts.
pub(super) const OTHERS: &[(&str, ReadOff)] = &[
    ("id", |lead, _| json!(lead.id)),
    ("status", |lead, _| json!(lead.status)),
    ("stage", |lead, _| json!(lead.stage)),
    ("score", |lead, _| json!(lead.score.total)),
    ("rating", |lead, _| json!(lead.rating())),
    ("priority", |lead, _| json!(lead.priority())),
    ("owner", |lead, names| json!(lead.owner_id.and_then(|id| names.owners.get(&id)))),
    ("team", |lead, names| json!(lead.team_id.and_then(|id| names.teams.get(&id)))),
    ("source", |lead, names| json!(names.sources.get(&lead.source_id))),
    ("created_at", |lead, _| moment(Some(lead.created_at))),
    ("updated_at", |lead, _| moment(Some(lead.updated_at))),
    ("next_action", |lead, _| next_action(lead)),
    ("next_action.due_at", |lead, _| moment(lead.profile.next_action.as_ref().and_then(|next| next.due_at))),
    ("seniority_given", |lead, _| json!(lead.profile.seniority_given)),
    ("email_given", |lead, _| json!(lead.profile.email_given)),
    ("phone_given", |lead, _| json!(lead.profile.phone_given)),
    ("consent.email", |lead, _| json!(consent(lead, Channel::Email).map(|said| said.state))),
    ("consent.email.at", |lead, _| moment(consent(lead, Channel::Email).and_then(|said| said.at))),
    ("consent.email.how", |lead, _| json!(consent(lead, Channel::Email).and_then(|said| said.how.as_ref()))),
    ("consent.email.form_id", |lead, _| json!(consent(lead, Channel::Email).and_then(|said| said.form_id))),
    ("consent.sms", |lead, _| json!(consent(lead, Channel::Sms).map(|said| said.state))),
    ("consent.sms.at", |lead, _| moment(consent(lead, Channel::Sms).and_then(|said| said.at))),
    ("consent.sms.how", |lead, _| json!(consent(lead, Channel::Sms).and_then(|said| said.how.as_ref()))),
    ("consent.sms.form_id", |lead, _| json!(consent(lead, Channel::Sms).and_then(|said| said.form_id))),
    ("consent.phone", |lead, _| json!(consent(lead, Channel::Phone).map(|said| said.state))),
    ("consent.phone.at", |lead, _| moment(consent(lead, Channel::Phone).and_then(|said| said.at))),
    ("consent.phone.how", |lead, _| json!(consent(lead, Channel::Phone).and_then(|said| said.how.as_ref()))),
    ("consent.phone.form_id", |lead, _| json!(consent(lead, Channel::Phone).and_then(|said| said.form_id))),
    ("first_touch.utm_source", |lead, _| {
        json!(lead.profile.first_touch.as_ref().and_then(|touch| touch.utm_source.as_ref()))
    }),
    ("first_touch.utm_medium", |lead, _| {
        json!(lead.profile.first_touch.as_ref().and_then(|touch| touch.utm_medium.as_ref()))
    }),
    ("first_touch.utm_campaign", |lead, _| {
        json!(lead.profile.first_touch.as_ref().and_then(|touch| touch.utm_campaign.as_ref()))
    }),
    ("first_touch.utm_term", |lead, _| {
        json!(lead.profile.first_touch.as_ref().and_then(|touch| touch.utm_term.as_ref()))
    }),
    ("first_touch.utm_content", |lead, _| {
        json!(lead.profile.first_touch.as_ref().and_then(|touch| touch.utm_content.as_ref()))
    }),
    ("first_touch.referrer", |lead, _| {
        json!(lead.profile.first_touch.as_ref().and_then(|touch| touch.referrer.as_ref()))
    }),
    ("first_touch.landing_page", |lead, _| {
        json!(lead.profile.first_touch.as_ref().and_then(|touch| touch.landing_page.as_ref()))
    }),
    ("first_touch.click_ids", |lead, _| json!(lead.profile.first_touch.as_ref().map(|touch| &touch.click_ids))),
    ("first_touch.at", |lead, _| moment(lead.profile.first_touch.as_ref().and_then(|touch| touch.at))),
    ("last_touch.utm_source", |lead, _| {
        json!(lead.profile.last_touch.as_ref().and_then(|touch| touch.utm_source.as_ref()))
    }),
    ("last_touch.utm_medium", |lead, _| {
        json!(lead.profile.last_touch.as_ref().and_then(|touch| touch.utm_medium.as_ref()))
    }),
    ("last_touch.utm_campaign", |lead, _| {
        json!(lead.profile.last_touch.as_ref().and_then(|touch| touch.utm_campaign.as_ref()))
    }),
    ("last_touch.utm_term", |lead, _| {
        json!(lead.profile.last_touch.as_ref().and_then(|touch| touch.utm_term.as_ref()))
    }),
    ("last_touch.utm_content", |lead, _| {
        json!(lead.profile.last_touch.as_ref().and_then(|touch| touch.utm_content.as_ref()))
    }),
    ("last_touch.referrer", |lead, _| {
        json!(lead.profile.last_touch.as_ref().and_then(|touch| touch.referrer.as_ref()))
    }),
    ("last_touch.landing_page", |lead, _| {
        json!(lead.profile.last_touch.as_ref().and_then(|touch| touch.landing_page.as_ref()))
    }),
    ("last_touch.click_ids", |lead, _| json!(lead.profile.last_touch.as_ref().map(|touch| &touch.click_ids))),
    ("last_touch.at", |lead, _| moment(lead.profile.last_touch.as_ref().and_then(|touch| touch.at))),
    ("touches_between", |lead, _| json!(lead.profile.touches_between)),
    ("bant.budget.state", |lead, _| state(lead.bant.budget.state)),
    ("bant.budget.level", |lead, _| json!(lead.bant.budget.level)),
    ("bant.budget.allocated", |lead, _| json!(lead.bant.budget.allocated)),
    ("bant.budget.range", |lead, _| json!(lead.bant.budget.range)),
    ("bant.budget.controller", |lead, _| json!(lead.bant.budget.controller)),
    ("bant.budget.notes", |lead, _| json!(lead.bant.budget.notes)),
    ("bant.authority.state", |lead, _| state(lead.bant.authority.state)),
    ("bant.authority.decision_maker", |lead, _| json!(lead.bant.authority.decision_maker)),
    ("bant.authority.others_involved", |lead, _| json!(lead.bant.authority.others_involved)),
    ("bant.authority.approval_process", |lead, _| json!(lead.bant.authority.approval_process)),
    ("bant.authority.notes", |lead, _| json!(lead.bant.authority.notes)),
    ("bant.need.state", |lead, _| state(lead.bant.need.state)),
    ("bant.need.clear", |lead, _| json!(lead.bant.need.clear)),
    ("bant.need.urgency", |lead, _| json!(lead.bant.need.urgency)),
    ("bant.need.impact", |lead, _| json!(lead.bant.need.impact)),
    ("bant.need.notes", |lead, _| json!(lead.bant.need.notes)),
    ("bant.timeline.state", |lead, _| state(lead.bant.timeline.state)),
    ("bant.timeline.date", |lead, _| json!(lead.bant.timeline.date)),
    ("bant.timeline.deadlines", |lead, _| json!(lead.bant.timeline.deadlines)),
    ("bant.timeline.possible_delays", |lead, _| json!(lead.bant.timeline.possible_delays)),
    ("bant.timeline.notes", |lead, _| json!(lead.bant.timeline.notes)),
    ("bant.completeness", |lead, _| json!(lead.bant.completeness())),
    ("status_since", |lead, _| moment(Some(lead.status_since))),
    ("status_reason", |lead, _| json!(lead.status_reason)),
    ("stage_since", |lead, _| moment(Some(lead.stage_since))),
    ("grade", |lead, _| json!(lead.grade)),
    ("score.demographic", |lead, _| json!(lead.score.demographic)),
    ("score.behavioral", |lead, _| json!(lead.score.behavioral)),
    ("score.firmographic", |lead, _| json!(lead.score.firmographic)),
    ("score.adjustment", |lead, _| json!(lead.score.adjustment)),
    ("score_adjustments", |lead, _| json!(lead.adjustments)),
    ("first_responded_at", |lead, _| moment(lead.first_responded_at)),
    ("qualified_at", |lead, _| moment(lead.qualified_at)),
    ("converted_at", |lead, _| moment(lead.converted_at)),
    ("last_interaction_at", |lead, _| moment(lead.last_interaction_at)),
    ("archived_at", |lead, _| moment(lead.archived_at)),
    ("sla.due_at", |lead, _| moment(lead.sla.due_at)),
    ("sla.met_at", |lead, _| moment(lead.sla.met_at)),
    ("sla.breached_at", |lead, _| moment(lead.sla.breached_at)),
    ("version", |lead, _| json!(lead.version)),
];

fn moment(at: Option<Instant>) -> Value {
    json!(at.map(to_rfc3339))
}

fn consent(lead: &Lead, channel: Channel) -> Option<&Consent> {
    lead.profile.consent.get(&channel)
}

/// What is not known yet is left out.
fn state(state: BantState) -> Value {
    if state == BantState::Unknown { Value::Null } else { json!(state) }
}

/// What to do next in words; such that look like JSON are wrapped, as an import reads JSON there.
fn next_action(lead: &Lead) -> Value {
    match &lead.profile.next_action {
        Some(next) if next.text.starts_with(['{', '[']) => json!({ "text": next.text }),
        next => json!(next.as_ref().map(|next| &next.text)),
    }
}
