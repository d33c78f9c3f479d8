//! A lead that has just begun: what it starts with, and what follows from that alone.

use std::sync::Arc;

use leadwright_domain::{
    ids::LeadId,
    leads::{Lead, Profile, Stage, Status, lead::StoredScore, parts::Sla},
    scoring::{Adjustment, AdjustmentReason},
    time::Instant,
};
use leadwright_persistence::leads::{Derived, Documents};

use super::{History, Prepared, Settler};

/// What becomes of somebody who turns out to be new: scored and derived before the transaction begins. Who is known, and who
/// gets the lead, is decided within.
#[derive(Clone, Debug)]
pub struct Newcomer {
    profile: Profile,
    score: StoredScore,
    derived: Arc<Derived>,
}

impl Newcomer {
    /// Works out what would become of somebody who is new.
    pub fn foresee(prepared: &Prepared, profile: Profile, settler: &Settler<'_>, now: Instant) -> Self {
        let mut lead = begin(LeadId::from_uuid(uuid::Uuid::nil()), profile, prepared, now);
        let (mut derived, _) = settler.settle(&mut lead, &[]);
        derived.documents = Documents::of(&lead, &derived.facts).ok().map(Arc::new);
        Self { profile: lead.profile, score: lead.score, derived: Arc::new(derived) }
    }

    /// The lead, now that it comes into being.
    pub(super) fn born(&self, id: LeadId, prepared: &Prepared, now: Instant) -> (Lead, Arc<Derived>) {
        let lead = Lead { score: self.score.clone(), ..begin(id, self.profile.clone(), prepared, now) };
        (lead, Arc::clone(&self.derived))
    }
}

/// A lead as it begins; what it is promised is the caller's to say.
pub(super) fn begin(id: LeadId, profile: Profile, prepared: &Prepared, now: Instant) -> Lead {
    let mut lead = Lead {
        id,
        version: 1,
        computed_rev: 0,
        profile,
        source_id: prepared.source.id,
        owner_id: prepared.owner,
        team_id: prepared.team,
        status: Status::New,
        status_since: now,
        status_reason: None,
        stage: Stage::None,
        stage_since: now,
        score: StoredScore {
            total: 0,
            demographic: 0,
            behavioral: 0,
            firmographic: 0,
            adjustment: 0,
            model_version: 0,
            parts: Arc::default(),
            next_change_at: None,
        },
        adjustments: Vec::new(),
        grade: None,
        bant: prepared.bant.clone().unwrap_or_default(),
        sla: Sla::default(),
        created_at: now,
        updated_at: now,
        first_responded_at: None,
        qualified_at: None,
        converted_at: None,
        last_interaction_at: None,
        archived_at: None,
        merged_into: None,
    };
    remember(&mut lead, prepared.history);
    prepared.kept.remember(&mut lead);
    lead
}

/// What happened to it elsewhere: since when it stands where it stands is not known better than that it exists.
fn remember(lead: &mut Lead, history: History) {
    lead.status = history.status.unwrap_or(lead.status);
    lead.stage = history.stage.unwrap_or(lead.stage);
    lead.adjustments.extend(history.score_adjustment.map(|points| Adjustment {
        points,
        reason: AdjustmentReason::Other,
        note: Some("Brought by an import".to_owned()),
        given_at: lead.created_at,
        expires_at: None,
        revoked_at: None,
    }));
    // Nothing came into being in the future.
    if let Some(at) = history.created_at.filter(|at| *at < lead.created_at) {
        (lead.created_at, lead.status_since, lead.stage_since) = (at, at, at);
    }
}
