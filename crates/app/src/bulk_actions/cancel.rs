use leadwright_domain::{
    access::Role,
    bulk_actions::BulkAction,
    fault::{Problem, Refusal},
    ids::BulkActionId,
    imports::JobState,
};
use leadwright_persistence::{Command, CommandError, Tx, bulk_actions::job_id, jobs::Step};

use super::{changed, led};

/// Stops a bulk action; what is changed stays so, and can be taken back.
#[derive(Clone, Copy, Debug)]
pub struct CancelBulkAction {
    /// Which.
    pub id: BulkActionId,
    /// The caller's role, for people.
    pub role: Option<Role>,
}

#[async_trait::async_trait]
impl Command for CancelBulkAction {
    type Out = BulkAction;

    async fn run(&self, tx: &Tx) -> Result<BulkAction, CommandError> {
        let found = led(tx, self.id, self.role).await?;
        let step = Step { state: Some(JobState::Cancelled), ..Step::default() };
        // Whoever works on it waits for this transaction or has just committed a part, then finds its claim gone.
        if !tx.jobs().change_from(job_id(self.id), &[JobState::Queued, JobState::Running], &step).await? {
            let refusal = Refusal::new(Problem::StateConflict, "It is over; there is nothing to stop.");
            return Err(refusal.with("state", found.state.as_str()).into());
        }
        let stopped = led(tx, self.id, self.role).await?;
        tx.append(changed(&stopped, "cancelled"));
        Ok(stopped)
    }
}
