use chrono::TimeDelta;
use leadwright_domain::time::Instant;
use leadwright_persistence::{Command, CommandError, Tx};

/// Days for which an ended session is kept, so that a stolen refresh token is still recognized.
const KEPT_DAYS: i64 = 30;

/// Forgets sessions that ended long ago.
#[derive(Clone, Copy, Debug)]
pub struct ForgetEndedSessions {
    /// The wall clock, by which sessions end.
    pub now: Instant,
}

#[async_trait::async_trait]
impl Command for ForgetEndedSessions {
    type Out = u64;

    async fn run(&self, tx: &Tx) -> Result<u64, CommandError> {
        Ok(tx.sessions().forget_ended_before(self.now - TimeDelta::days(KEPT_DAYS)).await?)
    }
}
