use std::sync::Arc;

use leadwright_domain::{
    fault::{Problem, Refusal},
    views::{View, ViewContent},
};
use leadwright_persistence::{Command, CommandError, Tx};

use super::{Keeper, KnownView, MOST_OWN, VIEW, checked, taken, told};

/// Saves a view.
#[derive(Clone, Debug)]
pub struct CreateView {
    /// What it says.
    pub content: ViewContent,
    /// Who saves it.
    pub keeper: Keeper,
}

#[async_trait::async_trait]
impl Command for CreateView {
    type Out = KnownView;

    async fn run(&self, tx: &Tx) -> Result<KnownView, CommandError> {
        let config = self.keeper.configurations.for_tx(tx).await?;
        let content = checked(self.content.clone(), &config)?;
        if tx.views().count_of(tx.scope().actor).await? >= MOST_OWN {
            let detail = format!("You have {MOST_OWN} views, which is the most; delete one first.");
            return Err(Refusal::new(Problem::StateConflict, detail).into());
        }
        if content.shared {
            self.keeper.share(tx).await?;
        }
        let (created_at, owner) = (tx.now(), tx.scope().actor);
        let view = View { id: tx.new_id(), version: 1, owner, content, created_at, updated_at: created_at };
        tx.views().insert(&view).await.map_err(taken)?;
        VIEW.tell(tx, view.id.uuid(), told("created", &view.content));
        Ok(KnownView { view, editable: true, broken: Vec::new(), configuration: Arc::clone(&config) })
    }
}
