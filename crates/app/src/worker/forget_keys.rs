use leadwright_persistence::{Command, CommandError, Tx};

/// Forgets idempotency keys that have expired.
#[derive(Clone, Copy, Debug)]
pub struct ForgetExpiredKeys;

#[async_trait::async_trait]
impl Command for ForgetExpiredKeys {
    type Out = u64;

    async fn run(&self, tx: &Tx) -> Result<u64, CommandError> {
        Ok(tx.idempotency().forget_expired().await?)
    }
}
