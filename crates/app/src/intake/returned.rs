//! Somebody who was erased and comes again.

use leadwright_domain::{
    capture::SubmissionState,
    duplicates::{MatchDecision, MatchKind},
    fault::{Fault, Problem, Refusal},
    privacy::WhenErased,
};

use super::{Incoming, working::Working};

/// Whether this is somebody who was erased. Whoever is a lead still, or again, is not.
pub(super) fn came_again(item: &Incoming, matched: &MatchDecision, working: &Working) -> bool {
    let known = matched.matches.iter().any(|one| one.by != MatchKind::Person);
    let prepared = &item.prepared;
    !known && working.buried.is(&prepared.keys, &prepared.profile.external_ids)
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
            let detail = "This person was erased and has come again, as somebody new.";
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
