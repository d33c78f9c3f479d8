use leadwright_domain::{
    fault::{Problem, Refusal},
    ids::ImportId,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::begin::changed;

/// Throws away what is kept of an import that is over: rejected rows, counts, what it made. The leads stay.
#[derive(Clone, Copy, Debug)]
pub struct DeleteImport(pub ImportId);

#[async_trait::async_trait]
impl Command for DeleteImport {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let import = tx.imports().get(self.0).await?.ok_or_else(|| Refusal::not_found("import"))?;
        if !import.state.is_final() {
            let refusal = Refusal::new(Problem::StateConflict, "The import is not over; cancel it first.");
            return Err(refusal.with("state", import.state.as_str()).into());
        }
        tx.imports().delete(self.0).await?;
        tx.append(changed(&import, json!({"change": "deleted"})));
        Ok(())
    }
}
