//! What an organization has set, loaded once and kept while its revision is current.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use leadwright_domain::{
    capture::{BlockEntry, BlockList, CaptureForm},
    condition::Catalogue,
    fault::Fault,
    ids::{Id, LeadSourceId, OrganizationId},
    leads::CustomFieldDef,
    organization::Organization,
    people::{TeamBrief, UserBrief},
    routing::{self, StoredRule},
    scoring::{Draft, Model, Thresholds, default_model},
    sources::{LeadSource, Sources},
    tags::Tag,
};
use leadwright_persistence::{DbError, Reader, Tx};

use crate::Secrets;

/// Everything the pipeline and the lists need to know of an organization's settings, as of one revision.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The organization itself.
    pub organization: Organization,
    /// Its lead sources.
    pub sources: Sources,
    /// Its custom fields, retired ones included.
    pub custom_fields: Vec<CustomFieldDef>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its users, inactive ones included.
    pub users: Vec<UserBrief>,
    /// Its teams.
    pub teams: Vec<TeamBrief>,
    /// Its capture forms, inactive ones included.
    pub forms: Vec<CaptureForm>,
    /// Whose posts it does not want.
    pub block_list: BlockList,
    /// What conditions can test, retired custom fields included.
    pub catalogue: Catalogue,
    /// The active routing rules by their position, without those that can't be read.
    pub routing_rules: Vec<routing::Rule>,
    /// How leads are scored.
    pub model: Model,
    /// What was left out because it can't be read: rules whose condition names what no longer exists. Pointers are
    /// `#/routing_rules/<id>/when/…` and `#/scoring_model/…`.
    pub faults: Vec<Fault>,
    /// What opens the keys of its tombstones.
    pub secrets: Arc<Secrets>,
}

impl Configuration {
    /// The code of a source; empty for one that is not known.
    pub fn source_code(&self, id: LeadSourceId) -> &str {
        self.sources.iter().find(|source| source.id == id).map_or("", |source| source.code.as_str())
    }
}

/// What is read for a configuration.
struct Stored {
    organization: Organization,
    sources: Vec<LeadSource>,
    custom_fields: Vec<CustomFieldDef>,
    tags: Vec<Tag>,
    users: Vec<UserBrief>,
    teams: Vec<TeamBrief>,
    forms: Vec<CaptureForm>,
    blocked: Vec<BlockEntry>,
    rules: Vec<StoredRule>,
    secrets: Arc<Secrets>,
}

impl From<Stored> for Configuration {
    fn from(stored: Stored) -> Self {
        let catalogue = Catalogue::new(&stored.custom_fields);
        let mut faults = Vec::new();
        let routing_rules = readable(&stored.rules, &catalogue, &mut faults);
        let model = model(&stored.organization, &catalogue, &mut faults);
        Self {
            organization: stored.organization,
            sources: stored.sources.into_iter().collect(),
            custom_fields: stored.custom_fields,
            tags: stored.tags,
            users: stored.users,
            teams: stored.teams,
            forms: stored.forms,
            block_list: stored.blocked.into_iter().collect(),
            catalogue,
            routing_rules,
            model,
            faults,
            secrets: stored.secrets,
        }
    }
}

/// The active rules that can be read. One that can't must not keep the others from working.
fn readable(rules: &[StoredRule], catalogue: &Catalogue, faults: &mut Vec<Fault>) -> Vec<routing::Rule> {
    let mut readable = Vec::with_capacity(rules.len());
    for rule in rules.iter().filter(|rule| rule.active) {
        match rule.read(catalogue) {
            Ok(rule) => readable.push(rule),
            Err(found) => {
                let prefix = format!("#/routing_rules/{}", rule.id);
                faults.extend(found.into_iter().map(|fault| fault.under(&prefix)));
            }
        }
    }
    readable
}

/// The starting model; it bears the organization's id, because there is one of each organization.
fn model(organization: &Organization, catalogue: &Catalogue, faults: &mut Vec<Fault>) -> Model {
    let draft = default_model(organization, catalogue).unwrap_or_else(|found| {
        faults.extend(found.into_iter().map(|fault| fault.under("#/scoring_model")));
        Draft { rules: Vec::new(), thresholds: Thresholds::default() }
    });
    draft.published(Id::from_uuid(organization.id.uuid()), 1)
}

/// Configurations by organization. A write of configuration bumps the organization's revision; whoever finds a newer
/// revision than the cached one loads anew, on every node.
#[derive(Debug)]
pub struct Configurations {
    known: RwLock<HashMap<OrganizationId, Arc<Configuration>>>,
    secrets: Arc<Secrets>,
}

/// Loads a configuration through anything that repositories can be made from.
macro_rules! load {
    ($at:expr, $secrets:expr) => {
        Arc::new(Configuration::from(Stored {
            organization: $at.organization().get().await?,
            sources: $at.sources().all().await?,
            custom_fields: $at.custom_fields().all().await?,
            tags: $at.tags().all().await?,
            users: $at.people().users().await?,
            teams: $at.people().teams().await?,
            forms: $at.capture_forms().all().await?,
            blocked: $at.blocked().all().await?,
            rules: $at.routing_rules().all().await?,
            secrets: Arc::clone(&$secrets),
        }))
    };
}

impl Configurations {
    /// None yet; they are opened with the installation's secret.
    pub fn new(secrets: Arc<Secrets>) -> Self {
        Self { known: RwLock::default(), secrets }
    }

    /// The current configuration, for a query.
    ///
    /// # Errors
    /// The database failed.
    pub async fn for_reader(&self, reader: &Reader) -> Result<Arc<Configuration>, DbError> {
        let revision = reader.organization().config_rev().await?;
        if let Some(known) = self.current(reader.scope().organization, revision) {
            return Ok(known);
        }
        let loaded = load!(reader, self.secrets);
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
            None => Ok(load!(tx, self.secrets)),
        }
    }

    /// Nothing but these settings: for a transaction that has made them and changes them no more.
    pub(crate) fn of(settings: Arc<Configuration>) -> Self {
        let secrets = Arc::clone(&settings.secrets);
        Self { known: RwLock::new(HashMap::from([(settings.organization.id, settings)])), secrets }
    }

    fn current(&self, organization: OrganizationId, revision: i64) -> Option<Arc<Configuration>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.get(&organization).filter(|known| known.organization.config_rev == revision).cloned()
    }
}
