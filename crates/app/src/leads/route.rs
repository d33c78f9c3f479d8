use std::sync::Arc;

use leadwright_domain::{
    condition::{Frame, Needs, Subject, facts},
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
    ids::LeadId,
    interactions::Interaction,
    leads::Lead,
    routing::{self, Holder, Pools, RouteDecision, RuleBook},
    time::Instant,
};
use leadwright_persistence::{Command, CommandError, Reader, Tx};
use serde_json::json;

use super::{assign::assigned, held::Held};
use crate::{
    Configuration, Configurations,
    intake::{
        Settler,
        pools::{keep, pools, teams_of},
    },
    privacy::found,
    version,
};

/// Asks the routing rules again for a lead on which nobody works (spec ROU-7).
#[derive(Clone, Debug)]
pub struct RouteLead {
    /// Which.
    pub id: LeadId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

/// What the rules came to.
#[derive(Clone, Debug)]
pub struct Rerouted {
    /// The lead as it is, or would be.
    pub lead: Lead,
    /// Who gets it, and why.
    pub decision: RouteDecision,
    /// The settings by which it was decided.
    pub configuration: Arc<Configuration>,
    /// When.
    pub at: Instant,
}

#[async_trait::async_trait]
impl Command for RouteLead {
    type Out = Rerouted;

    async fn run(&self, tx: &Tx) -> Result<Rerouted, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let mut held = Held::lock_active(tx, self.id, self.expected).await?;
        if let Some(owner) = held.lead.owner_id {
            let detail =
                "Somebody works on this lead; take it from them with POST /api/v1/leads/{lead_id}/assign first.";
            return Err(Refusal::new(Problem::StateConflict, detail).with("owner_id", owner.to_string()).into());
        }
        let interactions = tx.interactions().of_leads(&[self.id], &needs(&config, tx.now())).await?;
        let teams = teams_of(&config);
        let mut pools = pools(&config, &teams, &tx.turns().lock(&teams).await?);
        let decision = decide(&mut held.lead, &interactions, &config, &pools, tx.now());
        pools.record(&decision);
        let before = Holder::of(&held.lead);
        let after = placed(before, &decision, &config);
        let lead = if after == before {
            held.lead
        } else {
            after.apply(&mut held.lead);
            held.write(tx, &config).await?
        };
        if decision.assignment.is_some() {
            let route = json!({"rule": decision.rule, "assignment": decision.assignment, "trace": decision.trace});
            let data = assigned("routed", before, after, json!({"route": route}));
            tx.append(NewEvent::of_lead(EventKind::LeadAssigned, lead.id, data));
        }
        keep(tx, &pools).await?;
        Ok(Rerouted { lead, decision, configuration: config, at: tx.now() })
    }
}

/// Whom the rules would choose now, also for a lead on which somebody works. No turn is taken.
///
/// # Errors
/// There is no such lead, or the database failed.
pub async fn preview_route(
    reader: &Reader,
    configurations: &Configurations,
    id: LeadId,
    expected: Option<i64>,
) -> Result<Rerouted, CommandError> {
    let config = configurations.for_reader(reader).await?;
    let lead = found(reader.erasures(), id, reader.leads().get(id).await?).await?;
    version::expect(lead.version, expected)?;
    let mut lead = Held::writable(lead)?;
    let interactions = reader.interactions().of_leads(&[id], &needs(&config, reader.now())).await?;
    let teams = teams_of(&config);
    let pools = pools(&config, &teams, &reader.turns().get(&teams).await?);
    let decision = decide(&mut lead, &interactions, &config, &pools, reader.now());
    placed(Holder::of(&lead), &decision, &config).apply(&mut lead);
    Ok(Rerouted { lead, decision, configuration: config, at: reader.now() })
}

/// Asks the rules of the lead as it is now: with the score of this moment, not that of the last change.
fn decide(
    lead: &mut Lead,
    interactions: &[Interaction],
    config: &Arc<Configuration>,
    pools: &Pools,
    now: Instant,
) -> RouteDecision {
    Settler::new(config, now).settle(lead, interactions);
    let organization = &config.organization;
    let facts = facts(lead, config.source_code(lead.source_id), organization, &config.custom_fields);
    let rules = RuleBook::new(&config.routing_rules, &Frame { now, organization });
    routing::decide(&rules, &Subject { lead, facts: &facts, interactions, now, organization }, pools)
}

fn needs(config: &Configuration, now: Instant) -> Needs {
    config.routing_rules.iter().map(|rule| rule.when.needs(now)).fold(config.model.needs(now), Needs::and)
}

fn placed(before: Holder, decision: &RouteDecision, config: &Configuration) -> Holder {
    decision.assignment.as_ref().map_or(before, |assignment| before.placed(assignment, &config.teams))
}
