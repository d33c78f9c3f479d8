use leadwright_domain::{
    fault::{Problem, Refusal},
    ids::ImportId,
    imports::{Import, JobState, Phase},
};
use leadwright_persistence::{
    Command, CommandError, Tx,
    imports::{job_id, payload},
    jobs::Step,
};
use serde_json::json;

use super::begin::changed;

/// Lets an import go on that waits for somebody to have looked.
#[derive(Clone, Copy, Debug)]
pub struct ConfirmImport(pub ImportId);

#[async_trait::async_trait]
impl Command for ConfirmImport {
    type Out = Import;

    async fn run(&self, tx: &Tx) -> Result<Import, CommandError> {
        let import = tx.imports().get(self.0).await?.ok_or_else(|| Refusal::not_found("import"))?;
        let step = Step {
            state: Some(JobState::Queued),
            payload: Some(payload(Phase::Import)),
            progress: Some(json!({})),
            ..Step::default()
        };
        if !tx.jobs().change_from(job_id(self.0), &[JobState::AwaitingConfirmation], &step).await? {
            let detail = "Only an import that is `awaiting_confirmation` can be confirmed.";
            let refusal = Refusal::new(Problem::StateConflict, detail);
            return Err(refusal.with("state", import.state.as_str()).into());
        }
        tx.append(changed(&import, json!({"change": "confirmed"})));
        Ok(tx.imports().get(self.0).await?.ok_or_else(|| Refusal::not_found("import"))?)
    }
}
