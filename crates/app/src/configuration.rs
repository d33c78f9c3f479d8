//! What an organization has set, loaded once and kept while its revision is current.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use leadwright_domain::{ids::OrganizationId, organization::Organization, sources::LeadSource};
use leadwright_persistence::{DbError, Reader, Tx};

/// Everything the pipeline and the lists need to know of an organization's settings, as of one revision.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The organization itself.
    pub organization: Organization,
    /// Its lead sources.
    pub sources: Vec<LeadSource>,
}

/// Configurations by organization. A write of configuration bumps the organization's revision; whoever finds a newer
/// revision than the cached one loads anew, on every node.
#[derive(Debug, Default)]
pub struct Configurations {
    known: RwLock<HashMap<OrganizationId, Arc<Configuration>>>,
}

/// Loads a configuration through anything that repositories can be made from.
macro_rules! load {
    ($at:expr) => {
        Arc::new(Configuration {
            organization: $at.organization().get().await?,
            sources: $at.sources().all().await?,
        })
    };
}

impl Configurations {
    /// The current configuration, for a query.
    ///
    /// # Errors
    /// The database failed.
    pub async fn for_reader(&self, reader: &Reader) -> Result<Arc<Configuration>, DbError> {
        let revision = reader.organization().config_rev().await?;
        if let Some(known) = self.current(reader.scope().organization, revision) {
            return Ok(known);
        }
        let loaded = load!(reader);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(reader.scope().organization, Arc::clone(&loaded));
        Ok(loaded)
    }

    /// The current configuration, for a command. It is not kept: the transaction may have changed it and may yet roll
    /// back. Whoever runs commands often asks [`Self::for_reader`] first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn for_tx(&self, tx: &Tx) -> Result<Arc<Configuration>, DbError> {
        let revision = tx.organization().config_rev().await?;
        match self.current(tx.scope().organization, revision) {
            Some(known) => Ok(known),
            None => Ok(load!(tx)),
        }
    }

    fn current(&self, organization: OrganizationId, revision: i64) -> Option<Arc<Configuration>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.get(&organization).filter(|known| known.organization.config_rev == revision).cloned()
    }
}
