use leadwright_domain::{
    fault::{Problem, Refusal},
    ids::ImportId,
    imports::{Import, JobState},
};
use leadwright_persistence::{Command, CommandError, Tx, imports::job_id, jobs::Step};
use serde_json::json;

use super::begin::changed;

/// Stops an import; what is in stays in.
#[derive(Clone, Copy, Debug)]
pub struct CancelImport(pub ImportId);

#[async_trait::async_trait]
impl Command for CancelImport {
    type Out = Import;

    async fn run(&self, tx: &Tx) -> Result<Import, CommandError> {
        let import = tx.imports().get(self.0).await?.ok_or_else(|| Refusal::not_found("import"))?;
        let step = Step { state: Some(JobState::Cancelled), ..Step::default() };
        let open = [JobState::Queued, JobState::Running, JobState::AwaitingConfirmation];
        // Whoever works on it waits for this transaction or has just committed a batch, then finds its claim gone.
        if !tx.jobs().change_from(job_id(self.0), &open, &step).await? {
            let refusal = Refusal::new(Problem::StateConflict, "The import is over; there is nothing to stop.");
            return Err(refusal.with("state", import.state.as_str()).into());
        }
        tx.imports().forget_file(self.0).await?;
        tx.append(changed(&import, json!({"change": "cancelled"})));
        Ok(tx.imports().get(self.0).await?.ok_or_else(|| Refusal::not_found("import"))?)
    }
}
