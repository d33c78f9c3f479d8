use std::{collections::BTreeMap, sync::Arc};

use leadwright_domain::{
    access::{Actor, LeadVisibility},
    duplicates::{self, Candidate, IdentityKeys, MatchKind, Policy},
    events::{EventKind, NewEvent},
    fault::{Fault, Refusal},
    ids::{LeadId, SuggestionId},
    leads::{
        ChangedField, Lead, Mode, Occasion, Parsed, RawLead, Status, apply_patch, changes_json, complete_patch, diff,
        merge_bant, missing_after_patch,
    },
    precedence::{Precedence, Refused, Writer, Written, settle},
    time::Instant,
};
use leadwright_persistence::{
    Command, CommandError, Reader, Tx,
    leads::{Keys, Leads},
};
use serde_json::{Value, json};

use super::{
    bant_changed,
    held::{Held, external_id_taken, score_change},
};
use crate::{
    Configuration, Configurations,
    intake::{Settler, known_source, rules},
    privacy::found,
    suggestions, version,
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
    /// The suggestion that is taken over with it: somebody decided, so nobody's precedence is asked.
    pub accepting: Option<SuggestionId>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

/// A lead after a patch.
#[derive(Clone, Debug)]
pub struct Updated {
    /// The lead as it is now.
    pub lead: Lead,
    /// The names of the fields that changed.
    pub changed: Vec<&'static str>,
    /// The names of the fields of which a suggestion was kept instead.
    pub suggested: Vec<String>,
    /// The settings by which it was read.
    pub configuration: Arc<Configuration>,
}

/// What a patch comes to.
struct Change {
    after: Lead,
    fields: Vec<ChangedField>,
    refused: Vec<Refused>,
    suspected: Option<Value>,
}

/// A lead after a patch.
pub(crate) struct Patched {
    pub(crate) after: Lead,
    /// The fields that changed.
    pub(crate) changes: Vec<ChangedField>,
    /// What the writer was too weak for.
    pub(crate) refused: Vec<Refused>,
}

#[async_trait::async_trait]
impl Command for UpdateLead {
    type Out = Updated;

    async fn run(&self, tx: &Tx) -> Result<Updated, CommandError> {
        let configuration = self.configurations.for_tx(tx).await?;
        self.hold_keys(tx, &configuration).await?;
        let mut held = Held::lock_active(tx, self.id, self.expected).await?;
        let before = held.lead.clone();
        let written = self.written(tx.scope().actor, tx.now());
        let Some(change) = self.decide(tx.leads(), &before, &configuration, written).await? else {
            return Ok(Updated { lead: before, changed: vec![], suggested: vec![], configuration });
        };
        let (changed, suggested) = (change.names(&before), change.suggested());
        let refused = change.refused.iter().map(|one| (written, one.clone())).collect();
        let of = |lead: &Lead| BTreeMap::from([(lead.id, lead.profile.clone())]);
        if change.after == before {
            suggestions::file(tx, &of(&before), &BTreeMap::from([(self.id, refused)])).await?;
            return Ok(Updated { lead: before, changed, suggested, configuration });
        }
        held.lead = change.after.clone();
        let lead = held.write(tx, &configuration).await?;
        suggestions::file(tx, &of(&lead), &BTreeMap::from([(self.id, refused)])).await?;
        tell(tx, &before, &lead, change, self.accepting);
        Ok(Updated { lead, changed, suggested, configuration })
    }
}

impl UpdateLead {
    /// The lead as it would be; nothing is kept.
    ///
    /// # Errors
    /// As the command.
    pub async fn preview(&self, reader: &Reader) -> Result<Updated, CommandError> {
        let configuration = self.configurations.for_reader(reader).await?;
        let lead = found(reader.erasures(), self.id, reader.leads().get(self.id).await?).await?;
        version::expect(lead.version, self.expected)?;
        let before = Held::writable(lead)?;
        let written = self.written(reader.scope().actor, reader.now());
        let Some(change) = self.decide(reader.leads(), &before, &configuration, written).await? else {
            return Ok(Updated { lead: before, changed: vec![], suggested: vec![], configuration });
        };
        let (changed, suggested) = (change.names(&before), change.suggested());
        let mut lead = change.after;
        let needs = configuration.model.needs(reader.now());
        let interactions = reader.interactions().of_leads(&[lead.id], &needs).await?;
        Settler::new(&configuration, reader.now()).settle(&mut lead, &interactions);
        Ok(Updated { lead, changed, suggested, configuration })
    }

    /// What the patch does to a lead; `None` for nothing.
    async fn decide(
        &self,
        leads: Leads<'_>,
        before: &Lead,
        config: &Configuration,
        written: Written,
    ) -> Result<Option<Change>, CommandError> {
        let Patched { after, changes, refused } = self.patched(before, config, written)?;
        if changes.is_empty() && refused.is_empty() && after == *before {
            return Ok(None);
        }
        let suspected = suspected(leads, before, &after).await?;
        Ok(Some(Change { after, fields: changes, refused, suspected }))
    }

    /// Locks the identity keys that the patch will give the lead, before the lead itself: the one lock order.
    async fn hold_keys(&self, tx: &Tx, config: &Configuration) -> Result<(), CommandError> {
        let Some(lead) = tx.leads().get(self.id).await? else { return Ok(()) };
        let written = self.written(tx.scope().actor, tx.now());
        Ok(tx.leads().lock_keys(&self.new_keys(&lead, config, written)).await?)
    }

    /// The keys that the patch gives a lead; none for a patch that is not valid.
    pub(super) fn new_keys(&self, lead: &Lead, config: &Configuration, written: Written) -> Keys {
        let patched = self.patched(lead, config, written);
        patched.map_or_else(|_| Keys::default(), |patched| new_keys(lead, &patched.after))
    }

    /// As whom it is written.
    pub(super) fn written(&self, actor: Actor, now: Instant) -> Written {
        Written::new(Writer::of(actor), now)
    }

    fn patched(&self, lead: &Lead, config: &Configuration, written: Written) -> Result<Patched, Refusal> {
        let precedence = &config.organization.settings.precedence;
        patched(&self.patch, lead, config, written, Some(precedence).filter(|_| self.accepting.is_none()))
    }
}

/// A lead after a patch. Without a precedence whoever writes it may overwrite everything.
pub(crate) fn patched(
    patch: &RawLead,
    lead: &Lead,
    config: &Configuration,
    written: Written,
    precedence: Option<&Precedence>,
) -> Result<Patched, Refusal> {
    let rules = rules(config, Mode::Strict, Occasion::Change);
    let parsed = leadwright_domain::leads::parse(&complete_patch(&lead.profile, patch), &rules);
    let (mut profile, _) = apply_patch(&lead.profile, &parsed);
    let of_all = Precedence::equal();
    let refused = settle(&lead.profile, &mut profile, written, precedence.unwrap_or(&of_all));
    let mut changes = diff(&lead.profile, &profile);
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
    Ok(Patched { after, changes, refused })
}

fn set_source(parsed: &Parsed, config: &Configuration, after: &mut Lead, faults: &mut Vec<Fault>) {
    if let Some(written) = &parsed.command.source {
        match known_source(written, config) {
            Ok(source) => after.source_id = source.id,
            Err(fault) => faults.push(fault),
        }
    }
}

impl Change {
    /// The names of the fields of which a suggestion is kept.
    fn suggested(&self) -> Vec<String> {
        self.refused.iter().map(|one| one.field.clone()).collect()
    }

    /// The names of the fields that changed.
    fn names(&self, before: &Lead) -> Vec<&'static str> {
        let bant = (before.bant != self.after.bant).then_some("bant");
        self.fields.iter().map(|change| change.field).chain(bant).collect()
    }
}

/// The keys that a change brings.
fn new_keys(before: &Lead, after: &Lead) -> Keys {
    let new = |before: Option<String>, after: Option<String>| {
        if before == after { vec![] } else { after.into_iter().collect() }
    };
    let (was, is) = (IdentityKeys::of(&before.profile), IdentityKeys::of(&after.profile));
    let known = &before.profile.external_ids;
    let external = after.profile.external_ids.iter().filter(|(system, id)| known.get(*system) != Some(*id));
    Keys {
        emails: new(was.email_key, is.email_key),
        phones: new(was.phone_key, is.phone_key),
        persons: new(was.person_key, is.person_key),
        external: external.map(|(system, id)| (system.clone(), id.clone())).collect(),
    }
}

/// Other leads that the changed one now resembles, as far as the caller sees them, and how many it resembles in all.
async fn suspected(leads: Leads<'_>, before: &Lead, after: &Lead) -> Result<Option<Value>, CommandError> {
    let new = new_keys(before, after);
    if new.emails.is_empty() && new.phones.is_empty() && new.persons.is_empty() && new.external.is_empty() {
        return Ok(None);
    }
    let found = leads.find_matches(&new).await?;
    if found.iter().any(|one| one.id != after.id && !one.external.is_empty()) {
        return Err(external_id_taken().into());
    }
    let others: Vec<Candidate> = found
        .into_iter()
        .filter(|one| one.id != after.id && one.merged_into != Some(after.id))
        .map(|one| Candidate {
            id: one.id,
            keys: IdentityKeys::kept(one.email_key, one.phone_key, one.person_key, one.name.as_deref()),
            external_ids: BTreeMap::new(),
            created_at: one.created_at,
            archived: one.archived,
            merged_into: one.merged_into,
            status: Status::parse(&one.status).unwrap_or(Status::New),
        })
        .collect();
    let keys = IdentityKeys::of(&after.profile);
    let matched = duplicates::decide(&keys, &BTreeMap::new(), &others, Policy::Flag);
    let telling = matched.matches.iter().any(|one| one.by != MatchKind::ExternalId);
    Ok(telling.then(|| json!({"matches": matched.matches, "reasons": matched.reasons})))
}

/// What the log keeps of changed fields.
pub(crate) fn told(tx: &Tx, changes: &[ChangedField], before: &Lead, lead: &Lead) -> NewEvent {
    let fields: Vec<&str> = changes.iter().map(|change| change.field).collect();
    let channel = if tx.scope().leads == LeadVisibility::All && tx.scope().user().is_none() { "api" } else { "user" };
    let data = json!({"fields": fields, "channel": channel, "score": score_change(before, lead)});
    NewEvent::of_lead(EventKind::LeadUpdated, lead.id, data).with_diff(changes_json(changes))
}

fn tell(tx: &Tx, before: &Lead, lead: &Lead, change: Change, accepting: Option<SuggestionId>) {
    if !change.fields.is_empty() {
        let mut event = told(tx, &change.fields, before, lead);
        if let Some(suggestion) = accepting {
            event.data.put("suggestion_id", json!(suggestion));
        }
        tx.append(event);
    }
    if before.bant != lead.bant {
        tx.append(bant_changed(before, lead));
    }
    if let Some(suspected) = change.suspected {
        tx.append(NewEvent::of_lead(EventKind::LeadDuplicateSuspected, lead.id, suspected));
    }
}
