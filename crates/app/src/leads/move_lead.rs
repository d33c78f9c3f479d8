use std::sync::Arc;

use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::{Fault, Problem, Refusal},
    ids::LeadId,
    leads::{Lead, Status},
    qualification::{self, Moved, Policy, Transition},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::held::{Held, score_change};
use crate::{Configuration, Configurations};

/// Moves a lead along the status machine (spec QUA-2).
#[derive(Clone, Debug)]
pub struct MoveLead {
    /// Which.
    pub id: LeadId,
    /// Where to, and why.
    pub wish: Transition,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for MoveLead {
    type Out = (Lead, Arc<Configuration>);

    async fn run(&self, tx: &Tx) -> Result<Self::Out, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let mut held = Held::lock_active(tx, self.id, self.expected).await?;
        let before = held.lead.clone();
        let policy = Policy::from(&config.organization.settings);
        let moved =
            qualification::decide(&before, &self.wish, &policy, tx.now()).map_err(|refusal| refused(&refusal))?;
        moved.apply(&mut held.lead);
        let lead = held.write(tx, &config).await?;
        tell(tx, &moved, &before, &lead);
        Ok((lead, config))
    }
}

/// Tells that the status of a lead moved.
pub(super) fn tell(tx: &Tx, moved: &Moved, before: &Lead, lead: &Lead) {
    tx.append(told(moved, before, lead));
}

/// What the log keeps of a move.
pub(crate) fn told(moved: &Moved, before: &Lead, lead: &Lead) -> NewEvent {
    let data = json!({
        "from": moved.from, "to": moved.to, "reason": moved.reason, "way": moved.way, "overridden": moved.overridden,
        "spent_seconds": moved.spent_seconds, "score": score_change(before, lead),
    });
    noted(NewEvent::of_lead(EventKind::LeadStatusChanged, lead.id, data), moved.note.as_deref())
}

/// The event with a note. What people write may be personal, so it lies where it can be erased.
pub(crate) fn noted(event: NewEvent, note: Option<&str>) -> NewEvent {
    match note {
        Some(note) => event.with_diff(json!({"note": [null, note]})),
        None => event,
    }
}

/// A refusal of a move, as a caller is told.
pub(crate) fn refused(refusal: &qualification::Refusal) -> Refusal {
    use qualification::Refusal::{
        BantIncomplete, Illegal, OnlyByConversion, OverrideForbidden, OverrideUnexplained, ReasonRequired,
    };
    let detail = sentence(&refusal.to_string());
    let words = |statuses: &[Status]| json!(statuses);
    match refusal {
        Illegal { legal, .. } | OnlyByConversion { legal } => {
            Refusal::new(Problem::IllegalTransition, detail).with("allowed_transitions", words(legal))
        }
        BantIncomplete { missing } => Refusal::new(Problem::BantIncomplete, detail).with("missing", json!(missing)),
        ReasonRequired { .. } => Refusal::invalid(vec![Fault::in_field("reason", "required", detail)]),
        OverrideUnexplained => Refusal::invalid(vec![Fault::in_field("note", "required", detail)]),
        OverrideForbidden => Refusal::new(Problem::Forbidden, detail),
    }
}

/// A refusal of the domain as a sentence.
pub(super) fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first: String = rest.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", rest.as_str())
}
