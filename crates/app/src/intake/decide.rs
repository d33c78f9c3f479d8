//! Deciding one item of a batch: match → create or update → score → route. Pure: ids and time are given.

use std::sync::Arc;

use leadwright_domain::{
    access::{Actor, LeadVisibility},
    condition::{Frame, Subject},
    duplicates::{self, Action, MatchDecision, MatchKind, MatchReason, Matched, Policy},
    events::{EventData, EventKind, NewEvent},
    fault::{Fault, Problem, Refusal, escape_pointer},
    ids::{ImportId, LeadId, RoutingRuleId, SubmissionId},
    leads::{ChangedField, Lead, Profile, Status, changes_json, diff, parts::Sla},
    organization::RouteWhen,
    privacy::WhenErased,
    routing::{self, Assignment, Holder, RouteDecision, RuleBook, Tried},
    scoring::Part,
    time::Instant,
};
use leadwright_persistence::leads::Derived;
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    Came, Incoming, Outcome, Prepared, Settler,
    newcomer::begin,
    united::{drop_contested, united},
    working::{Held, Working},
};
use crate::{
    Configuration,
    intake::returned::{came_again, erased, is_erased, noticed, stays_away, told},
    leads::bant_changed,
};

/// Decides the items of a batch, one after the other.
pub(super) struct Decider<'c> {
    config: &'c Arc<Configuration>,
    settler: Settler<'c>,
    rules: RuleBook<'c>,
    now: Instant,
}

/// What one item came to, with the events to append.
pub(super) struct Decided {
    pub(super) outcome: Outcome,
    pub(super) events: Vec<NewEvent>,
}

impl<'c> Decider<'c> {
    pub(super) fn new(config: &'c Arc<Configuration>, now: Instant) -> Self {
        let frame = Frame { now, organization: &config.organization };
        let rules = RuleBook::new(&config.routing_rules, &frame);
        Self { config, settler: Settler::new(config, now), rules, now }
    }

    /// Decides one item and brings the working set up to it; `id` is for the lead, should it be new.
    pub(super) fn decide(&self, item: &Incoming, id: LeadId, working: &mut Working) -> Decided {
        let prepared = &item.prepared;
        let external = &prepared.profile.external_ids;
        let known = working.sharing(&prepared.keys, external);
        let of_export = prepared.kept.id.and_then(|id| working.candidate(id));
        let by_id = of_export.and_then(|of| {
            let comes_back = prepared.kept.archived_at.is_none();
            duplicates::decide_by_id(of, external, &known, item.policy, comes_back)
        });
        let matched = by_id.unwrap_or_else(|| duplicates::decide(&prepared.keys, external, &known, item.policy));
        let again = came_again(item, matched.action, &known, working);
        let (came, events) = match matched.action {
            _ if is_erased(item) => (Came::Refused(erased()), vec![]),
            _ if again && item.erased == WhenErased::Refuse => (Came::Refused(stays_away()), vec![]),
            Action::Create { .. } => self.create(item, id, &matched, working),
            Action::Update { lead, .. } if !sees(item, lead, working) => {
                (Came::Refused(refusal(item, &matched, working)), vec![])
            }
            Action::Update { lead, restore, fill_blanks } => {
                let policy = if fill_blanks { Policy::FillBlanks } else { Policy::Update };
                self.update(item, lead, restore, policy, &matched, working)
            }
            Action::Skip { lead } => (Came::Skipped { lead }, vec![]),
            Action::Reject { .. } | Action::Fail { .. } => (Came::Refused(refusal(item, &matched, working)), vec![]),
        };
        let events = if again { told(events) } else { events };
        let shown = matched.matches.iter().filter(|one| sees(item, one.lead, working)).cloned().collect();
        let matched = MatchDecision { matches: shown, ..matched };
        let more = again
            .then(|| noticed(item.erased))
            .into_iter()
            .chain(taken_ids(&matched))
            .chain(full_notes(&came, prepared));
        let outcome = Outcome {
            came,
            receipt: item.submission.as_ref().map(|submission| submission.id),
            warnings: prepared.warnings.iter().cloned().chain(more).collect(),
            matched,
            prepared: Arc::clone(prepared),
            configuration: Arc::clone(self.config),
        };
        Decided { outcome, events }
    }

    fn create(
        &self,
        item: &Incoming,
        id: LeadId,
        matched: &MatchDecision,
        working: &mut Working,
    ) -> (Came, Vec<NewEvent>) {
        let prepared = &item.prepared;
        if is_nobody(&prepared.profile) {
            return (Came::Refused(nobody()), vec![]);
        }
        let (mut lead, derived) = match prepared.newcomer.as_deref().filter(|_| matched.contested.is_empty()) {
            Some(newcomer) if !item.promise => newcomer.born(id, prepared, item.call.now),
            _ => self.newborn(id, item, matched),
        };
        let routed = self.route(item, &mut lead, &derived.facts, working);
        let data = created_data(item, &lead, matched, routed.as_ref());
        let event = NewEvent::of_lead(EventKind::LeadCreated, id, data);
        let lead = Arc::new(lead);
        working.put(Held { lead: Arc::clone(&lead), derived: Some(derived), read_at: None });
        (Came::Created { lead, routed }, vec![event.by(item.call.scope.actor, item.call.request_id.clone())])
    }

    fn newborn(&self, id: LeadId, item: &Incoming, matched: &MatchDecision) -> (Lead, Arc<Derived>) {
        let mut profile = item.prepared.new_profile(self.config, item.written());
        drop_contested(&mut profile, matched);
        let mut lead = begin(id, profile, &item.prepared, item.call.now);
        if item.promise {
            lead.sla = Sla::promised(item.call.now, self.config.organization.settings.sla_minutes);
        }
        let (derived, _) = self.settler.settle(&mut lead, &[]);
        (lead, Arc::new(derived))
    }

    fn route(
        &self,
        item: &Incoming,
        lead: &mut Lead,
        facts: &serde_json::Map<String, Value>,
        working: &mut Working,
    ) -> Option<RouteDecision> {
        let now_is_the_time = self.config.organization.settings.route_when == RouteWhen::OnCapture;
        let is_open = !matches!(lead.status, Status::Unqualified | Status::Converted);
        if !item.route || lead.owner_id.is_some() || !now_is_the_time || !is_open {
            return None;
        }
        let organization = &self.config.organization;
        let subject = Subject { lead, facts, interactions: &[], now: self.now, organization };
        let decision = routing::decide(&self.rules, &subject, &working.pools);
        working.pools.record(&decision);
        if let Some(assignment) = &decision.assignment {
            Holder::of(lead).placed(assignment, &self.config.teams).apply(lead);
        }
        Some(decision)
    }

    fn update(
        &self,
        item: &Incoming,
        id: LeadId,
        restore: bool,
        policy: Policy,
        matched: &MatchDecision,
        working: &mut Working,
    ) -> (Came, Vec<NewEvent>) {
        let Some(held) = working.held.get(&id) else {
            // It shares a key but could not be held: it vanished between two statements.
            return (Came::Skipped { lead: id }, vec![]);
        };
        let (known, read_at) = (Arc::clone(&held.lead), held.read_at);
        let precedence = &self.config.organization.settings.precedence;
        let (profile, suggested) = united(item, &known.profile, policy, matched, precedence);
        working.suggest(id, item.written(), &suggested);
        let mut changes = diff(&known.profile, &profile);
        let told = item.prepared.bant.as_ref();
        let bant = told.map_or_else(|| known.bant.clone(), |told| duplicates::unite_bant(&known.bant, told, policy));
        // That the first or the last one became one of them goes without saying.
        let told_so = changes.iter().any(|change| matches!(change.field, "first_touch" | "last_touch"));
        if !told_so && profile.touches_between != known.profile.touches_between {
            let told = |profile: &Profile| json!(profile.touches_between);
            let (before, after) = (told(&known.profile), told(&profile));
            changes.push(ChangedField { field: "touches_between", before, after });
        }
        if changes.is_empty() && bant == known.bant && !restore {
            return (Came::Updated { lead: known, changes, suggested, restored: false }, vec![]);
        }
        let mut lead = Lead { profile, bant, version: known.version + 1, updated_at: self.now, ..Lead::clone(&known) };
        if restore {
            lead.archived_at = None;
        }
        let done = working.interactions.get(&id).map_or(&[][..], Vec::as_slice);
        let (derived, _) = self.settler.settle(&mut lead, done);
        let mut events = update_events(item, &known, &lead, &changes, restore, matched);
        if lead.bant != known.bant {
            events.push(bant_changed(&known, &lead));
            changes.push(ChangedField { field: "bant", before: json!(known.bant), after: json!(lead.bant) });
        }
        let by = |event: NewEvent| event.by(item.call.scope.actor, item.call.request_id.clone());
        let events = events.into_iter().map(by).collect();
        let lead = Arc::new(lead);
        working.put(Held { lead: Arc::clone(&lead), derived: Some(Arc::new(derived)), read_at });
        (Came::Updated { lead, changes, suggested, restored: restore }, events)
    }
}

/// What tells of a known lead that came again.
fn update_events(
    item: &Incoming,
    known: &Lead,
    lead: &Lead,
    changes: &[ChangedField],
    restored: bool,
    matched: &MatchDecision,
) -> Vec<NewEvent> {
    let fields: Vec<&str> = changes.iter().map(|change| change.field).collect();
    let data = json!({
        "fields": fields, "channel": channel(item), "match": matched.reasons,
        "score": {"before": known.score.total, "after": lead.score.total},
        "submission_id": item.submission.as_ref().map(|submission| submission.id),
        "import_id": item.import,
    });
    let mut events = Vec::new();
    if restored {
        events.push(NewEvent::of_lead(EventKind::LeadRestored, lead.id, json!({"channel": channel(item)})));
    }
    if !changes.is_empty() {
        events.push(NewEvent::of_lead(EventKind::LeadUpdated, lead.id, data).with_diff(changes_json(changes)));
    }
    events
}

/// What is told of a new lead.
#[derive(Serialize)]
struct CreatedData<'a> {
    channel: &'static str,
    submission_id: Option<SubmissionId>,
    import_id: Option<ImportId>,
    r#match: MatchData<'a>,
    score: ScoreData<'a>,
    assigned: Holder,
    route: Option<RouteData<'a>>,
}

#[derive(Serialize)]
struct MatchData<'a> {
    reasons: &'a [MatchReason],
    suspected: &'a [Matched],
}

#[derive(Serialize)]
struct ScoreData<'a> {
    total: i64,
    model_version: i64,
    parts: &'a [Part],
}

#[derive(Serialize)]
struct RouteData<'a> {
    rule: Option<RoutingRuleId>,
    assignment: &'a Option<Assignment>,
    trace: &'a [Tried],
}

fn created_data<'a>(
    item: &Incoming,
    lead: &Lead,
    matched: &MatchDecision,
    routed: Option<&'a RouteDecision>,
) -> EventData {
    let MatchDecision { action, matches, reasons, .. } = matched;
    let suspected = if matches!(action, Action::Create { flagged: true }) { &**matches } else { &[] };
    let route =
        |RouteDecision { rule, assignment, trace, .. }: &'a RouteDecision| RouteData { rule: *rule, assignment, trace };
    let data = CreatedData {
        channel: channel(item),
        submission_id: item.submission.as_ref().map(|submission| submission.id),
        import_id: item.import,
        r#match: MatchData { reasons, suspected },
        score: ScoreData { total: lead.score.total, model_version: lead.score.model_version, parts: &lead.score.parts },
        assigned: Holder::of(lead),
        route: routed.map(route),
    };
    // Nothing in it has keys that are not text.
    EventData::written(&data).unwrap_or_else(|_| json!({}).into())
}

fn channel(item: &Incoming) -> &'static str {
    if item.import.is_some() {
        return "import";
    }
    match item.call.scope.actor {
        Actor::Form(_) => "form",
        Actor::User(_) => "user",
        Actor::ApiKey(_) => "api",
        Actor::System => "system",
    }
}

/// What is said of ids that were not taken over.
fn taken_ids(matched: &MatchDecision) -> impl Iterator<Item = Fault> {
    let taken = matched.reasons.iter().filter(|reason| reason.code == "external_id_taken");
    taken.filter_map(|reason| reason.params["system"].as_str()).map(|system| {
        let detail = "Another lead has this id, so it was left out; map the column to the system that it is of.";
        Fault::at_pointer(format!("#/external_ids/{}", escape_pointer(system)), "external_id_taken", detail)
    })
}

/// What is said of notes that no longer fit into those of a known lead.
fn full_notes(came: &Came, prepared: &Prepared) -> Option<Fault> {
    let (Came::Updated { lead, .. }, Some(told)) = (came, prepared.profile.notes.as_deref()) else { return None };
    let is_there = lead.profile.notes.as_deref().is_some_and(|notes| notes.contains(told.trim()));
    (!is_there).then(|| {
        Fault::in_field(
            "notes",
            "too_long",
            "The notes of the known lead are full (10,000 characters); the end of these was left out.",
        )
    })
}

/// A row of an export may have left out who it is about, where that lead is here no more.
fn is_nobody(profile: &Profile) -> bool {
    let known = [&profile.contact_name, &profile.email, &profile.phone, &profile.phone_given, &profile.company_name];
    known.iter().all(|known| known.is_none())
}

fn nobody() -> Refusal {
    let detail =
        "There is no lead with this id here, and nothing else says who it is: send a name, e-mail or phone, too.";
    Refusal::new(Problem::ValidationFailed, detail)
}

/// Whether the caller sees a known lead; forms and programs of the organization see all.
fn sees(item: &Incoming, lead: LeadId, working: &Working) -> bool {
    let (owner, team) = working.sight(lead);
    item.call.scope.leads == LeadVisibility::All || item.call.scope.leads.sees(owner, team)
}

/// Names the known leads, as far as the caller may see them.
fn refusal(item: &Incoming, matched: &MatchDecision, working: &Working) -> Refusal {
    let visible: Vec<_> =
        matched.matches.iter().filter(|one| one.by != MatchKind::Person && sees(item, one.lead, working)).collect();
    let Some(best) = visible.first() else {
        let detail = "This person is a lead already, which you may not see; ask an administrator.";
        return Refusal::new(Problem::DuplicateLead, detail);
    };
    let refusal = Refusal::new(Problem::DuplicateLead, way_out(item, best));
    refusal.with("existing_id", best.lead.to_string()).with("duplicates", json!(visible))
}

/// What to do about somebody who is known, in the words of the way by which they came.
fn way_out(item: &Incoming, best: &Matched) -> String {
    let is_id = best.by == MatchKind::ExternalId && matches!(item.policy, Policy::Flag | Policy::Create);
    match (is_id, item.import.is_some()) {
        (true, true) => {
            let lead = best.lead;
            format!("One of its `external_ids` is that of lead {lead}, and an id is of one lead only: leave it out, or import with `duplicates=skip`, `update` or `fill_blanks`.")
        }
        (true, false) => "One of the `external_ids` is that of a lead already, and an id is of one lead only: leave it out, change that lead, or send `duplicates=update` or `fill_blanks`.".to_owned(),
        (false, true) => {
            let lead = best.lead;
            format!("This person is lead {lead} already: take the row out, or import with `duplicates=skip`, `update`, `fill_blanks` or `create`.")
        }
        (false, false) => "This person is a lead already: change that one, or send `duplicates=update`, `fill_blanks` or `flag`.".to_owned(),
    }
}
