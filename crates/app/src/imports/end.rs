//! The last transaction of an import.

use std::sync::Arc;

use leadwright_domain::imports::{Import, JobState, Phase, Progress};
use leadwright_persistence::{
    Command, CommandError, Tx,
    jobs::{Lease, Step},
};
use serde_json::{Value, json};

use super::begin::changed;

/// Ends an import. `false` where the claim is lost: nothing was written.
pub(super) struct End {
    pub(super) import: Arc<Import>,
    pub(super) lease: Lease,
    pub(super) progress: Progress,
    /// Why it failed, if it did.
    pub(super) problem: Option<Value>,
}

#[async_trait::async_trait]
impl Command for End {
    type Out = bool;

    async fn run(&self, tx: &Tx) -> Result<bool, CommandError> {
        let state = if self.problem.is_some() { JobState::Failed } else { JobState::Succeeded };
        let step = Step {
            state: Some(state),
            progress: Some(json!(self.progress)),
            problem: self.problem.clone(),
            ..Step::default()
        };
        if !tx.jobs().step(&self.lease, &step).await? {
            return Ok(false);
        }
        tx.imports().forget_file(self.import.id).await?;
        let change = if self.import.phase == Phase::Revert { "reverted" } else { state.as_str() };
        tx.append(changed(&self.import, json!({"change": change, "rows": self.progress.done})));
        Ok(true)
    }
}
