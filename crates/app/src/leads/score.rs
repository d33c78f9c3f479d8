use std::sync::Arc;

use leadwright_domain::{
    condition::{Subject, facts},
    ids::LeadId,
    leads::Lead,
    scoring::{self, Explanation},
};
use leadwright_persistence::{CommandError, Reader};

use crate::{Configuration, Configurations, privacy::found};

/// Why a lead has its score, asked now (spec SCO-4).
#[derive(Clone, Debug)]
pub struct Explained {
    /// The lead.
    pub lead: Lead,
    /// The score with its reasons.
    pub explanation: Explanation,
    /// The settings by which it was scored.
    pub configuration: Arc<Configuration>,
}

/// Explains the score of a lead.
///
/// # Errors
/// There is no such lead, or the database failed.
pub async fn explain_score(
    reader: &Reader,
    configurations: &Configurations,
    id: LeadId,
) -> Result<Explained, CommandError> {
    let configuration = configurations.for_reader(reader).await?;
    let lead = found(reader.erasures(), id, reader.leads().get(id).await?).await?;
    let needs = configuration.model.needs(reader.now());
    let interactions = reader.interactions().of_leads(&[id], &needs).await?;
    let organization = &configuration.organization;
    let facts = facts(&lead, configuration.source_code(lead.source_id), organization, &configuration.custom_fields);
    let subject = Subject { lead: &lead, facts: &facts, interactions: &interactions, now: reader.now(), organization };
    let explanation = scoring::explain(&configuration.model, &subject, &lead.adjustments);
    Ok(Explained { lead, explanation, configuration })
}
