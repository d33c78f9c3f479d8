use leadwright_domain::{fault::Refusal, ids::CaptureFormId};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{FORM, FormChange, KnownForm, source};
use crate::setting;

/// Changes a form. Its key stays: it is written into web sites.
#[derive(Clone, Debug)]
pub struct UpdateForm {
    /// Which.
    pub id: CaptureFormId,
    /// What to change.
    pub change: FormChange,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for UpdateForm {
    type Out = KnownForm;

    async fn run(&self, tx: &Tx) -> Result<KnownForm, CommandError> {
        setting::begin(tx).await?;
        let found = tx.capture_forms().get(self.id).await?;
        let mut form = FORM.found(found, |form| form.version, self.expected)?;
        let mut faults = Vec::new();
        let sources = tx.sources().all().await?;
        if let Some(code) = &self.change.source {
            form.source_id = source::find(code, &sources, &mut faults).map_or(form.source_id, |source| source.id);
        }
        // What is not touched is not judged again: a custom field may have been retired since.
        let settings = self.change.applied(form.settings.clone(), &mut faults);
        if settings != form.settings {
            match settings.checked(&tx.custom_fields().all().await?) {
                Ok(settings) => form.settings = settings,
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults).into());
        }
        form.name = self.change.name.clone().unwrap_or(form.name);
        form.active = self.change.active.unwrap_or(form.active);
        setting::written(tx.capture_forms().update(&form).await?, form.version)?;
        form.version += 1;
        FORM.tell(tx, form.id.uuid(), json!({"change": "updated", "name": form.name}));
        Ok(KnownForm::of(form, &sources))
    }
}
