//! Forms by their public keys, without asking the database for each submission.

use std::{net::IpAddr, sync::Arc};

use leadwright_domain::{
    access::Scope,
    capture::CaptureForm,
    ids::{CaptureFormId, OrganizationId},
};
use leadwright_persistence::{DbError, Reader};
use moka::future::Cache;

use super::quota::Quotas;
use crate::{App, Configuration};

/// The most keys that are remembered.
const MOST_KEYS: u64 = 10_000;

/// Which form a key names. That never changes, so it is remembered for good; what the form is comes from the
/// organization's configuration, which is as current as its revision.
#[derive(Debug)]
pub struct Forms {
    keys: Cache<String, (OrganizationId, CaptureFormId)>,
    quotas: Quotas,
}

impl Default for Forms {
    fn default() -> Self {
        Self { keys: Cache::new(MOST_KEYS), quotas: Quotas::default() }
    }
}

/// An active form, and what its organization has set.
#[derive(Clone, Debug)]
pub struct FoundForm {
    /// The form.
    pub form: CaptureForm,
    /// The settings as of the same revision.
    pub configuration: Arc<Configuration>,
    /// Reads what the form may see.
    pub reader: Reader,
}

impl Forms {
    /// Whether a form takes one more post from this address now; or else how many seconds to wait.
    ///
    /// # Errors
    /// It has taken as many as it may.
    pub fn admit(&self, form: &CaptureForm, address: Option<IpAddr>) -> Result<(), u64> {
        self.quotas.take(form, address, std::time::Instant::now())
    }

    /// The active form that a key names.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find(&self, app: &App, key: &str) -> Result<Option<FoundForm>, DbError> {
        let (organization, id) = match self.keys.get(key).await {
            Some(known) => known,
            None => {
                let Some(found) = app.db.find_form(key).await? else { return Ok(None) };
                self.keys.insert(key.to_owned(), found).await;
                found
            }
        };
        let reader = app.db.read(&app.call(Scope::form(organization, id), None));
        let configuration = app.configurations.for_reader(&reader).await?;
        let form = configuration.forms.iter().find(|form| form.id == id && form.active).cloned();
        Ok(form.map(|form| FoundForm { form, configuration, reader }))
    }
}
