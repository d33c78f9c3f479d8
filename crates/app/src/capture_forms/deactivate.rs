use leadwright_domain::ids::CaptureFormId;
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::FORM;
use crate::setting;

/// Takes a form out of use. It is kept, because submissions name it.
#[derive(Clone, Debug)]
pub struct DeactivateForm {
    /// Which.
    pub id: CaptureFormId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for DeactivateForm {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        setting::begin(tx).await?;
        let found = tx.capture_forms().get(self.id).await?;
        let mut form = FORM.found(found, |form| form.version, self.expected)?;
        form.active = false;
        setting::written(tx.capture_forms().update(&form).await?, form.version)?;
        FORM.tell(tx, form.id.uuid(), json!({"change": "deactivated", "name": form.name}));
        Ok(())
    }
}
