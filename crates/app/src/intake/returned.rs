//! Somebody who was erased and comes again.

use leadwright_domain::{
    capture::SubmissionState,
    duplicates::{Action, Candidate},
    events::{EventKind, NewEvent},
    fault::{Fault, Problem, Refusal},
    privacy::WhenErased,
};

use super::{Incoming, working::Working};
use crate::privacy::traits_of;

/// Whether this is somebody who was erased, about to be written of again. Whoever is a lead still, or again, is not; nor
/// does it matter by what else they were found: their address would be written to a lead of somebody else.
pub(super) fn came_again(item: &Incoming, action: Action, known: &[Candidate], working: &Working) -> bool {
    if working.buried.is_empty() || !matches!(action, Action::Create { .. } | Action::Update { .. }) {
        return false;
    }
    let prepared = &item.prepared;
    let known = known.iter().flat_map(|one| traits_of(&one.keys, &one.external_ids)).collect();
    working.buried.is(traits_of(&prepared.keys, &prepared.profile.external_ids), prepared.kept.id, &known)
}

/// Notes in the log that somebody has come again.
pub(super) fn told(mut events: Vec<NewEvent>) -> Vec<NewEvent> {
    for event in &mut events {
        if matches!(event.kind, EventKind::LeadCreated | EventKind::LeadUpdated) {
            event.data.put("returned_after_erasure", true.into());
        }
    }
    events
}

/// Why they stay away.
pub(super) fn stays_away() -> Refusal {
    let detail = "This person was erased; if they agree to be known again, send `erased=allow`.";
    Refusal::new(Problem::PersonErased, detail)
}

/// What is noted of it.
pub(super) fn noticed(when: WhenErased) -> Fault {
    match when {
        WhenErased::Refuse => Fault::at_pointer("#", "person_erased", stays_away().detail),
        WhenErased::Allow => {
            let detail = "This person was erased and has come again.";
            Fault::at_pointer("#", "returned_after_erasure", detail)
        }
    }
}

/// Whether what is taken in anew was erased meanwhile.
pub(super) fn is_erased(item: &Incoming) -> bool {
    item.submission.as_ref().is_some_and(|one| one.state == SubmissionState::Erased)
}

/// Why it can't be taken in.
pub(super) fn erased() -> Refusal {
    Refusal::new(Problem::Erased, "What was posted was erased with the person; only that something came is known.")
}
