use chrono::TimeDelta;
use leadwright_persistence::{Command, CommandError, Tx};

/// How long an upload may take.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// Throws away files whose sender went away before they were whole.
#[derive(Clone, Copy, Debug)]
pub struct ForgetBrokenOffFiles;

#[async_trait::async_trait]
impl Command for ForgetBrokenOffFiles {
    type Out = u64;

    async fn run(&self, tx: &Tx) -> Result<u64, CommandError> {
        Ok(tx.imports().forget_broken_off(tx.now() - LONGEST).await?)
    }
}
