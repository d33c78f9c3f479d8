//! The forms through which the world posts leads (spec CAP-2).

mod adapter;
mod change;
mod create;
mod deactivate;
mod source;
mod update;

pub use adapter::AdapterChange;
pub use change::{CaptchaChange, DefaultsChange, FormChange, ProtectionChange};
pub use create::{CreateForm, new_key};
pub use deactivate::DeactivateForm;
pub use update::UpdateForm;

use leadwright_domain::{capture::CaptureForm, ids::CaptureFormId, sources::LeadSource};
use leadwright_persistence::{CommandError, DbError, Reader};

use crate::setting::Setting;

/// The most forms of an organization, so that they always fit one page.
pub const MOST_FORMS: usize = 500;

const FORM: Setting = Setting { name: "capture form", subject: "capture_form" };

/// A form with the code of its source.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownForm {
    /// The form.
    pub form: CaptureForm,
    /// The code of its source.
    pub source: String,
}

impl KnownForm {
    fn of(form: CaptureForm, sources: &[LeadSource]) -> Self {
        let source = sources.iter().find(|source| source.id == form.source_id);
        Self { source: source.map(|source| source.code.clone()).unwrap_or_default(), form }
    }
}

/// All forms, oldest first, inactive ones included.
///
/// # Errors
/// The database failed.
pub async fn list(reader: &Reader) -> Result<Vec<KnownForm>, DbError> {
    let sources = reader.sources().all().await?;
    let forms = reader.capture_forms().all().await?;
    Ok(forms.into_iter().map(|form| KnownForm::of(form, &sources)).collect())
}

/// One form.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn get(reader: &Reader, id: CaptureFormId) -> Result<KnownForm, CommandError> {
    let form = FORM.found(reader.capture_forms().get(id).await?, |form| form.version, None)?;
    Ok(KnownForm::of(form, &reader.sources().all().await?))
}
