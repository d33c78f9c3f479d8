use leadwright_persistence::{Command, CommandError, Tx};

/// Throws away how leads were before bulk actions that can't be taken back any more.
#[derive(Clone, Copy, Debug)]
pub struct ForgetOldBulkActions;

#[async_trait::async_trait]
impl Command for ForgetOldBulkActions {
    type Out = u64;

    async fn run(&self, tx: &Tx) -> Result<u64, CommandError> {
        Ok(tx.bulk_actions().forget_before().await?)
    }
}
