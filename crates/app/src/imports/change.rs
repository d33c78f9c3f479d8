use leadwright_domain::{
    fault::{Problem, Refusal},
    ids::ImportId,
    imports::{Import, ImportPolicy, JobState, Phase},
};
use leadwright_persistence::{
    Command, CommandError, Tx,
    imports::{job_id, payload},
    jobs::Step,
};
use serde_json::json;

use super::begin::changed;
use crate::version;

/// Changes what an import is to do that waits for somebody to have looked; it is looked through again.
#[derive(Clone, Debug)]
pub struct ChangeImport {
    /// Which.
    pub id: ImportId,
    /// What it is to do from here on.
    pub policy: ImportPolicy,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for ChangeImport {
    type Out = Import;

    async fn run(&self, tx: &Tx) -> Result<Import, CommandError> {
        let import = tx.imports().get(self.id).await?.ok_or_else(|| Refusal::not_found("import"))?;
        version::expect(import.version, self.expected)?;
        let step = Step {
            state: Some(JobState::Queued),
            payload: Some(payload(Phase::Review)),
            progress: Some(json!({})),
            ..Step::default()
        };
        if !tx.jobs().change_from(job_id(self.id), &[JobState::AwaitingConfirmation], &step).await? {
            let detail =
                "Only an import that is `awaiting_confirmation` can be changed; send the file with `mode=review`.";
            return Err(Refusal::new(Problem::StateConflict, detail).with("state", import.state.as_str()).into());
        }
        tx.imports().change(self.id, &self.policy).await?;
        tx.append(changed(&import, json!({"change": "changed"})));
        Ok(tx.imports().get(self.id).await?.ok_or_else(|| Refusal::not_found("import"))?)
    }
}
