use leadwright_domain::{
    fault::{Problem, Refusal},
    ids::ImportId,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::begin::changed;
use crate::version;

/// Throws away what is kept of an import that is over: rejected rows, counts, what it made. The leads stay.
#[derive(Clone, Copy, Debug)]
pub struct DeleteImport {
    /// Which.
    pub id: ImportId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for DeleteImport {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let import = tx.imports().get(self.id).await?.ok_or_else(|| Refusal::not_found("import"))?;
        version::expect(import.version, self.expected)?;
        if !import.state.is_final() {
            let refusal = Refusal::new(Problem::StateConflict, "The import is not over; cancel it first.");
            return Err(refusal.with("state", import.state.as_str()).into());
        }
        tx.imports().delete(self.id).await?;
        tx.append(changed(&import, json!({"change": "deleted"})));
        Ok(())
    }
}
