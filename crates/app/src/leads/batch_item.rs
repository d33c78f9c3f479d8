use std::sync::Arc;

use leadwright_domain::{
    duplicates::Policy,
    fault::{Problem, Refusal},
    ids::LeadId,
    leads::{Lead, RawLead},
    privacy::WhenErased,
};
use leadwright_persistence::{Call, idempotency::StoredAnswer};
use serde_json::Value;

use super::{UpdateLead, batch::in_lead};
use crate::{
    Configuration, Configurations,
    intake::{Came, Channel, Incoming, Outcome, prepare},
};

/// What shall become of one lead of a batch.
#[derive(Clone, Debug)]
pub enum Wish {
    /// A new lead.
    Create(RawLead),
    /// A new lead, or what is new of a known one.
    Upsert {
        /// What it says.
        raw: RawLead,
        /// Whether only blanks of a known one are filled.
        fill_blanks: bool,
    },
    /// Changes of a known one.
    Update {
        /// Which.
        id: LeadId,
        /// The version the caller has seen, if it says so.
        expected: Option<i64>,
        /// The patch.
        patch: RawLead,
    },
}

/// One operation of a batch, ready to be done.
#[derive(Clone, Debug)]
pub enum Operation {
    /// Take somebody in.
    Take(Box<Incoming>),
    /// Change a known lead.
    Change(UpdateLead),
    /// It can't be done, and why.
    Unfit(Refusal),
}

/// What came of one operation.
#[derive(Clone, Debug)]
pub enum Done {
    /// A new lead.
    Created(Arc<Lead>),
    /// A known lead changed.
    Updated {
        /// The lead as it is.
        lead: Arc<Lead>,
        /// The names of the fields that changed.
        changed: Vec<&'static str>,
        /// The names of the fields of which a suggestion was kept instead.
        suggested: Vec<String>,
    },
    /// A known lead knew it all.
    Unchanged(Arc<Lead>),
    /// It can't be done, and why.
    Refused(Refusal),
}

impl Operation {
    /// Normalizes and validates a wish; `erased` says what to do with somebody who was erased.
    pub fn prepare(
        wish: Wish,
        erased: WhenErased,
        call: &Call,
        config: &Configuration,
        configurations: &Arc<Configurations>,
    ) -> Self {
        let (raw, policy) = match wish {
            Wish::Create(raw) => (raw, Policy::Reject),
            Wish::Upsert { raw, fill_blanks: true } => (raw, Policy::FillBlanks),
            Wish::Upsert { raw, fill_blanks: false } => (raw, Policy::Update),
            Wish::Update { id, expected, patch } => {
                let configurations = Arc::clone(configurations);
                return Self::Change(UpdateLead { id, patch, expected, accepting: None, configurations });
            }
        };
        match prepare(raw, Channel::Api, config) {
            Err(unfit) => Self::Unfit(in_lead(Refusal::invalid(unfit.faults))),
            Ok(prepared) => Self::Take(Box::new(Incoming {
                call: call.clone(),
                prepared: prepared.into(),
                policy,
                submission: None,
                import: None,
                key: None,
                // The batch as a whole is answered, not its items.
                render: Arc::new(|_| StoredAnswer { status: 204, headers: vec![], body: String::new() }),
                route: true,
                promise: true,
                erased,
            })),
        }
    }
}

/// A refusal with the way out that a batch offers.
fn as_operation(refusal: Refusal) -> Refusal {
    if refusal.problem != Problem::DuplicateLead || !refusal.members.contains_key("existing_id") {
        return refusal;
    }
    Refusal { detail: "This person is a lead already: `update` that one, or `upsert` this one.".into(), ..refusal }
}

/// Where nothing is kept, nobody is referred to a lead that would have been made.
pub(super) fn forget_made(done: &mut [Done]) {
    let made = |done: &Done| match done {
        Done::Created(lead) => Some(Value::from(lead.id.to_string())),
        _ => None,
    };
    let made: Vec<Value> = done.iter().filter_map(made).collect();
    for one in done {
        if let Done::Refused(refusal) = one
            && refusal.members.get("existing_id").is_some_and(|id| made.contains(id))
        {
            refusal.members.remove("existing_id");
            refusal.members.remove("duplicates");
            refusal.detail = "An earlier operation of this batch is the same person: leave one of them out.".into();
        }
    }
}

impl Done {
    /// Somebody was known, and was gone a moment later.
    pub(super) fn vanished() -> Self {
        let detail = "The known lead went away meanwhile; send this one again.";
        Self::Refused(Refusal::new(Problem::StateConflict, detail))
    }
}

impl From<Outcome> for Done {
    fn from(outcome: Outcome) -> Self {
        match outcome.came {
            Came::Created { lead, .. } => Self::Created(lead),
            Came::Updated { lead, changes, restored: false, suggested }
                if changes.is_empty() && suggested.is_empty() =>
            {
                Self::Unchanged(lead)
            }
            Came::Updated { lead, changes, restored, suggested } => {
                let archived = restored.then_some("archived_at");
                let changed = changes.iter().map(|change| change.field).chain(archived).collect();
                Self::Updated { lead, changed, suggested: suggested.into_iter().map(|one| one.field).collect() }
            }
            Came::Skipped { .. } => Self::vanished(),
            Came::Refused(refusal) => Self::Refused(as_operation(refusal)),
        }
    }
}
