use std::{collections::BTreeMap, sync::Arc};

use leadwright_domain::{
    access::LeadVisibility,
    duplicates::{self, Candidate, IdentityKeys, MatchKind, Policy},
    events::{EventKind, NewEvent},
    fault::{Fault, Refusal},
    ids::LeadId,
    leads::{
        ChangedField, Lead, Mode, Occasion, Parsed, RawLead, Status, apply_patch, changes_json, complete_patch,
        merge_bant, missing_after_patch,
    },
};
use leadwright_persistence::{Command, CommandError, Tx, leads::Keys};
use serde_json::{Value, json};

use super::held::Held;
use crate::{
    Configuration, Configurations,
    intake::{known_source, rules},
};

/// Changes fields of a lead by a merge patch (RFC 7396): absent keeps, `null` clears.
#[derive(Clone, Debug)]
pub struct UpdateLead {
    /// Which.
    pub id: LeadId,
    /// The patch.
    pub patch: RawLead,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

/// A lead after a patch.
#[derive(Clone, Debug)]
pub struct Updated {
    /// The lead as it is now.
    pub lead: Lead,
    /// The settings by which it was read.
    pub configuration: Arc<Configuration>,
}

impl Command for UpdateLead {
    type Out = Updated;

    async fn run(&self, tx: &Tx) -> Result<Updated, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        self.hold_keys(tx, &config).await?;
        let mut held = Held::lock_active(tx, self.id, self.expected).await?;
        let before = held.lead.clone();
        let (after, changes) = self.patched(&before, &config)?;
        if changes.is_empty() && after == before {
            return Ok(Updated { lead: before, configuration: config });
        }
        let suspected = suspected(tx, &before, &after).await?;
        held.lead = after;
        let lead = held.write(tx, &config).await?;
        tell(tx, &before, &lead, &changes, suspected);
        Ok(Updated { lead, configuration: config })
    }
}

impl UpdateLead {
    /// Locks the identity keys that the patch will give the lead, before the lead itself: the one lock order.
    async fn hold_keys(&self, tx: &Tx, config: &Configuration) -> Result<(), CommandError> {
        let Some(lead) = tx.leads().get(self.id).await? else { return Ok(()) };
        if let Ok((after, _)) = self.patched(&lead, config) {
            let mut new = new_keys(&IdentityKeys::of(&lead.profile), &IdentityKeys::of(&after.profile));
            let claimed = after.profile.external_ids.into_iter();
            new.external = claimed.filter(|(system, id)| lead.profile.external_ids.get(system) != Some(id)).collect();
            tx.leads().lock_keys(&new).await?;
        }
        Ok(())
    }

    fn patched(&self, lead: &Lead, config: &Configuration) -> Result<(Lead, Vec<ChangedField>), Refusal> {
        let rules = rules(config, Mode::Strict, Occasion::Change);
        let parsed = leadwright_domain::leads::parse(&complete_patch(&lead.profile, &self.patch), &rules);
        let (profile, mut changes) = apply_patch(&lead.profile, &parsed);
        let mut faults = parsed.faults.clone();
        faults.extend(missing_after_patch(&profile, &parsed, &config.custom_fields));
        let mut after = Lead { profile, ..lead.clone() };
        if let Some(given) = &parsed.command.bant {
            match merge_bant(&lead.bant, given, "#/bant", &rules) {
                Ok(bant) => after.bant = bant,
                Err(found) => faults.extend(found),
            }
        }
        set_source(&parsed, config, &mut after, &mut faults);
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults));
        }
        if after.source_id != lead.source_id {
            let code = |id| Value::from(config.source_code(id));
            changes.push(ChangedField { field: "source", before: code(lead.source_id), after: code(after.source_id) });
        }
        Ok((after, changes))
    }
}

fn set_source(parsed: &Parsed, config: &Configuration, after: &mut Lead, faults: &mut Vec<Fault>) {
    if let Some(written) = &parsed.command.source {
        match known_source(written, config) {
            Ok(source) => after.source_id = source.id,
            Err(fault) => faults.push(fault),
        }
    }
}

/// The keys that a change brings.
fn new_keys(before: &IdentityKeys, after: &IdentityKeys) -> Keys {
    let new = |before: &Option<String>, after: &Option<String>| {
        if before == after { vec![] } else { after.iter().cloned().collect() }
    };
    Keys {
        emails: new(&before.email_key, &after.email_key),
        phones: new(&before.phone_key, &after.phone_key),
        persons: new(&before.person_key, &after.person_key),
        external: vec![],
    }
}

/// Other leads that the changed one now resembles, as far as the caller sees them, and how many it resembles in all.
async fn suspected(tx: &Tx, before: &Lead, after: &Lead) -> Result<Option<Value>, CommandError> {
    let keys = IdentityKeys::of(&after.profile);
    let new = new_keys(&IdentityKeys::of(&before.profile), &keys);
    if new.emails.is_empty() && new.phones.is_empty() && new.persons.is_empty() {
        return Ok(None);
    }
    let found = tx.leads().find_matches(&new).await?;
    let others: Vec<Candidate> = found
        .into_iter()
        .filter(|one| one.id != after.id && one.merged_into != Some(after.id))
        .map(|one| Candidate {
            id: one.id,
            keys: IdentityKeys { email_key: one.email_key, phone_key: one.phone_key, person_key: one.person_key },
            external_ids: BTreeMap::new(),
            created_at: one.created_at,
            archived: one.archived,
            merged_into: one.merged_into,
            status: Status::parse(&one.status).unwrap_or(Status::New),
        })
        .collect();
    let matched = duplicates::decide(&keys, &BTreeMap::new(), &others, Policy::Flag);
    let telling = matched.matches.iter().any(|one| one.by != MatchKind::ExternalId);
    Ok(telling.then(|| json!({"matches": matched.matches, "reasons": matched.reasons})))
}

fn tell(tx: &Tx, before: &Lead, lead: &Lead, changes: &[ChangedField], suspected: Option<Value>) {
    if !changes.is_empty() {
        let fields: Vec<&str> = changes.iter().map(|change| change.field).collect();
        let score = json!({"before": before.score.total, "after": lead.score.total});
        let channel =
            if tx.scope().leads == LeadVisibility::All && tx.scope().user().is_none() { "api" } else { "user" };
        let data = json!({"fields": fields, "channel": channel, "score": score});
        tx.append(NewEvent::of_lead(EventKind::LeadUpdated, lead.id, data).with_diff(changes_json(changes)));
    }
    if before.bant != lead.bant {
        let diff = json!({"bant": [before.bant, lead.bant]});
        let data = json!({"completeness": lead.bant.completeness()});
        tx.append(NewEvent::of_lead(EventKind::LeadBantChanged, lead.id, data).with_diff(diff));
    }
    if let Some(suspected) = suspected {
        tx.append(NewEvent::of_lead(EventKind::LeadDuplicateSuspected, lead.id, suspected));
    }
}
