use aws_lc_rs::rand;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leadwright_domain::{
    capture::{CaptureForm, FormSettings},
    fault::{Problem, Refusal},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{FORM, KnownForm, MOST_FORMS, source};
use crate::{secrets::SecretError, setting};

/// How many random bytes a key has.
const KEY_BYTES: usize = 18;

/// A new public key: nobody guesses one, and no two are the same.
///
/// # Errors
/// The cryptographic library failed.
pub fn new_key() -> Result<String, SecretError> {
    let mut bytes = [0_u8; KEY_BYTES];
    rand::fill(&mut bytes).map_err(|_| SecretError::Library)?;
    Ok(format!("f_{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// Adds a form.
#[derive(Clone, Debug)]
pub struct CreateForm {
    /// The name for people.
    pub name: String,
    /// The code of the source of its leads.
    pub source: String,
    /// How it behaves.
    pub settings: FormSettings,
    /// Its public key: see [`new_key`].
    pub key: String,
}

#[async_trait::async_trait]
impl Command for CreateForm {
    type Out = KnownForm;

    async fn run(&self, tx: &Tx) -> Result<KnownForm, CommandError> {
        setting::begin(tx).await?;
        if tx.capture_forms().all().await?.len() >= MOST_FORMS {
            let detail = format!("An organization has at most {MOST_FORMS} forms; reuse one that is not active.");
            return Err(Refusal::new(Problem::StateConflict, detail).into());
        }
        let mut faults = Vec::new();
        let sources = tx.sources().all().await?;
        let source = source::find(&self.source, &sources, &mut faults);
        let settings = self.settings.clone().checked(&tx.custom_fields().all().await?);
        let settings = settings.map_err(|found| faults.extend(found)).ok();
        let Some((source, settings)) = source.zip(settings) else {
            return Err(Refusal::invalid(faults).into());
        };
        let form = CaptureForm {
            id: tx.new_id(),
            version: 1,
            name: self.name.clone(),
            public_key: self.key.clone(),
            source_id: source.id,
            settings,
            active: true,
        };
        tx.capture_forms().insert(&form).await?;
        FORM.tell(tx, form.id.uuid(), json!({"change": "created", "name": form.name}));
        Ok(KnownForm { source: source.code.clone(), form })
    }
}
