use leadwright_domain::{
    capture::SubmissionState,
    fault::{Problem, Refusal},
    ids::SubmissionId,
};
use leadwright_persistence::{Command, CommandError, Tx};

/// Takes a submission that waits for review, or failed, for spam: it is kept, and nobody is asked about it again.
#[derive(Clone, Copy, Debug)]
pub struct RejectSubmission(pub SubmissionId);

#[async_trait::async_trait]
impl Command for RejectSubmission {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let held = tx.submissions().hold(&[self.0]).await?;
        match held.first().map(|held| held.state) {
            None => Err(Refusal::not_found("receipt").into()),
            Some(SubmissionState::Rejected) => Ok(()),
            Some(SubmissionState::Quarantined | SubmissionState::Failed) => {
                Ok(tx.submissions().set_state(self.0, SubmissionState::Rejected).await?)
            }
            Some(state) => {
                let detail = "It has become a lead, or told something of one; archive the lead instead.";
                Err(Refusal::new(Problem::StateConflict, detail).with("state", state.as_str()).into())
            }
        }
    }
}
