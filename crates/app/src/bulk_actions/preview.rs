use leadwright_domain::{
    bulk_actions::{Action, BulkCounts, Failure},
    fault::Refusal,
    ids::LeadId,
    leads::Lead,
    precedence::{Writer, Written},
};
use leadwright_persistence::{CommandError, Reader, leads::Count};

use super::{Pick, change::by_lead, decide::Decider};
use crate::{Configuration, intake::Settler, leads::read::too_costly};

/// How many leads a preview looks at.
pub const EXAMINED: usize = 1_000;
/// How many leads it shows.
const SHOWN: usize = 10;

/// What a bulk action would come to.
#[derive(Clone, Debug, Default)]
pub struct BulkPreview {
    /// How many leads are meant.
    pub total: u64,
    /// How many of them were looked at.
    pub examined: u64,
    /// What would become of these.
    pub counts: BulkCounts,
    /// The first that would change.
    pub sample: Vec<Sampled>,
    /// The first that would not, and why.
    pub failures: Vec<Failure>,
}

/// A lead that would change.
#[derive(Clone, Debug)]
pub struct Sampled {
    /// As it is.
    pub before: Lead,
    /// As it would be.
    pub after: Lead,
}

/// Says what a bulk action would come to; nothing is kept.
///
/// # Errors
/// The condition costs too much, or the database failed.
pub async fn preview(
    reader: &Reader,
    config: &Configuration,
    action: &Action,
    pick: &Pick,
) -> Result<BulkPreview, CommandError> {
    let (total, ids) = picked(reader, config, pick).await?;
    let leads = reader.leads().get_all(&ids).await?;
    let decider = Decider {
        action,
        config,
        now: reader.now(),
        written: Written::new(Writer::of(reader.scope().actor), reader.now()),
        before: std::collections::HashMap::new(),
    };
    let mut found = BulkPreview { total, examined: ids.len() as u64, ..BulkPreview::default() };
    let mut failures = Vec::new();
    for id in &ids {
        let lead = leads.iter().find(|lead| lead.id == *id).ok_or_else(|| Refusal::not_found("lead"));
        match lead.and_then(|lead| Ok((lead, decider.decide(lead)?))) {
            Err(refusal) => failures.push(Failure::of(*id, refusal)),
            Ok((_, None)) => found.counts.unchanged += 1,
            Ok((lead, Some(change))) => {
                found.counts.changed += 1;
                if found.sample.len() < SHOWN {
                    found.sample.push(Sampled { before: lead.clone(), after: change.after });
                }
            }
        }
    }
    found.counts.fail(&failures);
    failures.truncate(SHOWN);
    found.failures = failures;
    settle(reader, config, &mut found.sample).await?;
    Ok(found)
}

/// How many leads are meant, and the first of them.
async fn picked(reader: &Reader, config: &Configuration, pick: &Pick) -> Result<(u64, Vec<LeadId>), CommandError> {
    match pick {
        Pick::Ids(ids) => Ok((ids.len() as u64, ids.iter().take(EXAMINED).copied().collect())),
        Pick::Where(selection) => {
            let wanted = selection.resolved(reader.now(), config);
            let total = reader.leads().count(&wanted, Count::Exact).await.map_err(too_costly)?;
            Ok((total, reader.leads().first_ids(&wanted, EXAMINED as u64).await.map_err(too_costly)?))
        }
    }
}

async fn settle(reader: &Reader, config: &Configuration, sample: &mut [Sampled]) -> Result<(), CommandError> {
    let ids: Vec<LeadId> = sample.iter().map(|one| one.before.id).collect();
    let interactions = by_lead(reader.interactions().of_leads(&ids, &config.model.needs(reader.now())).await?);
    let settler = Settler::new(config, reader.now());
    for one in sample {
        let done = interactions.get(&one.after.id).map_or(&[][..], Vec::as_slice);
        settler.settle(&mut one.after, done);
    }
    Ok(())
}
