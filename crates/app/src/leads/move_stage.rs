use std::sync::Arc;

use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::{Fault, Problem, Refusal},
    ids::LeadId,
    leads::Lead,
    qualification::{StageMove, StageMoved, StageRefusal, stage},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{
    held::{Held, score_change},
    move_lead::{self, noted, sentence},
};
use crate::{Configuration, Configurations};

/// Moves the hand-off of a lead from marketing to sales (spec QUA-3).
#[derive(Clone, Debug)]
pub struct MoveStage {
    /// Which lead's.
    pub id: LeadId,
    /// Where to, and why.
    pub wish: StageMove,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for MoveStage {
    type Out = (Lead, Arc<Configuration>);

    async fn run(&self, tx: &Tx) -> Result<Self::Out, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let mut held = Held::lock_active(tx, self.id, self.expected).await?;
        let before = held.lead.clone();
        let moved = stage::decide(&before, &self.wish, tx.now()).map_err(|refusal| refused(&refusal))?;
        moved.apply(&mut held.lead);
        let lead = held.write(tx, &config).await?;
        tell(tx, &moved, &before, &lead);
        Ok((lead, config))
    }
}

fn tell(tx: &Tx, moved: &StageMoved, before: &Lead, lead: &Lead) {
    let data = json!({
        "from": moved.from, "to": moved.to, "reason": moved.reason, "by": moved.by,
        "spent_seconds": moved.spent_seconds, "score": score_change(before, lead),
    });
    tx.append(noted(NewEvent::of_lead(EventKind::LeadStageChanged, lead.id, data), moved.note.as_deref()));
    if let Some(status) = &moved.status {
        move_lead::tell(tx, status, before, lead);
    }
}

fn refused(refusal: &StageRefusal) -> Refusal {
    let detail = sentence(&refusal.to_string());
    match refusal {
        StageRefusal::Illegal { legal, .. } => {
            Refusal::new(Problem::IllegalTransition, detail).with("allowed_stages", json!(legal))
        }
        StageRefusal::NotYours { .. } => Refusal::new(Problem::Forbidden, detail),
        StageRefusal::ReasonRequired { .. } => Refusal::invalid(vec![Fault::in_field("reason", "required", detail)]),
        StageRefusal::DispositionUnexpected => {
            Refusal::invalid(vec![Fault::in_field("disposition", "not_here", detail)])
        }
        StageRefusal::StatusForbids { status, .. } => {
            Refusal::new(Problem::StateConflict, detail).with("current_status", json!(status))
        }
    }
}
