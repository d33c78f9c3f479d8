use leadwright_persistence::{Command, CommandError, Tx};

/// Throws away what was kept of merges that can't be taken back any more: it is personal data.
#[derive(Clone, Copy, Debug)]
pub struct ForgetOldMerges;

#[async_trait::async_trait]
impl Command for ForgetOldMerges {
    type Out = u64;

    async fn run(&self, tx: &Tx) -> Result<u64, CommandError> {
        Ok(tx.duplicates().forget_merges(tx.now()).await?)
    }
}
