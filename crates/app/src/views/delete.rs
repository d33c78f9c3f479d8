use leadwright_domain::ids::ViewId;
use leadwright_persistence::{Command, CommandError, Tx};

use super::{Keeper, VIEW, told};
use crate::setting;

/// Throws a view away; the leads stay.
#[derive(Clone, Debug)]
pub struct DeleteView {
    /// Which.
    pub id: ViewId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// Who does it.
    pub keeper: Keeper,
}

#[async_trait::async_trait]
impl Command for DeleteView {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let view = self.keeper.hold(tx, self.id, self.expected).await?;
        setting::written(tx.views().delete(&view).await?, view.version)?;
        VIEW.tell(tx, view.id.uuid(), told("deleted", &view.content));
        Ok(())
    }
}
