//! What every write of a lead ends with: the score, and what is stored so that the lead can be found and compared.

use leadwright_domain::{
    condition::{Frame, Subject, facts},
    duplicates::IdentityKeys,
    interactions::Interaction,
    leads::{Lead, search_terms},
    scoring::Ready,
    time::Instant,
};
use leadwright_persistence::leads::Derived;

use crate::Configuration;

/// Scores leads and derives what is stored beside them; made once per batch.
pub struct Settler<'c> {
    config: &'c Configuration,
    model: Ready<'c>,
    now: Instant,
}

impl<'c> Settler<'c> {
    /// For leads of one organization at one time.
    pub fn new(config: &'c Configuration, now: Instant) -> Self {
        let frame = Frame { now, organization: &config.organization };
        Self { config, model: config.model.ready(&frame), now }
    }

    /// Scores the lead and derives the rest. Says whether the score or what led to it changed.
    pub fn settle(&self, lead: &mut Lead, interactions: &[Interaction]) -> (Derived, bool) {
        let derived = self.derive(lead);
        let organization = &self.config.organization;
        let subject = Subject { lead, facts: &derived.facts, interactions, now: self.now, organization };
        let stored = self.model.score(&subject, &lead.adjustments).stored();
        let changed = stored.total != lead.score.total
            || stored.demographic != lead.score.demographic
            || stored.behavioral != lead.score.behavioral
            || stored.firmographic != lead.score.firmographic
            || stored.adjustment != lead.score.adjustment;
        lead.score = stored;
        (derived, changed)
    }

    /// What is stored beside the lead so that it can be found and compared.
    pub fn derive(&self, lead: &Lead) -> Derived {
        let facts =
            facts(lead, self.config.source_code(lead.source_id), &self.config.organization, &self.config.custom_fields);
        let keys = IdentityKeys::of(&lead.profile);
        Derived {
            facts,
            email_key: keys.email_key,
            phone_key: keys.phone_key,
            person_key: keys.person_key,
            terms: search_terms::terms(&lead.profile),
            documents: None,
        }
    }
}
