//! Reading leads: one, a page of them, how many of each kind, what happened to one.

use std::collections::BTreeSet;

use leadwright_domain::{
    condition::{Condition, Frame},
    events::Event,
    fault::{Fault, Problem, Refusal},
    ids::LeadId,
    leads::Lead,
    time::Instant,
};
use leadwright_persistence::{
    CommandError, DbError, Reader,
    leads::{Count, Facet, FacetCount, Filter, ListQuery, Listed, Position, Sort, Wanted},
};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{Configuration, privacy::found};

/// Which leads a caller asks for.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The simple filters.
    pub filter: Filter,
    /// A condition that holds too.
    pub condition: Option<Condition>,
}

/// A page that a caller asks for.
#[derive(Clone, Debug)]
pub struct ListLeads {
    /// Which leads.
    pub selection: Selection,
    /// In which order.
    pub sort: Sort,
    /// Behind which lead to begin.
    pub after: Option<Position>,
    /// How many at most.
    pub limit: u64,
    /// Whether and how to count them all.
    pub count: Option<Count>,
}

/// A page of leads, and how many there are if that was asked.
#[derive(Clone, Debug)]
pub struct FoundLeads {
    /// The page.
    pub page: Listed,
    /// All that the caller sees of the selection.
    pub total: Option<u64>,
}

impl Selection {
    pub(crate) fn resolved(&self, now: Instant, config: &Configuration) -> Wanted {
        let frame = Frame { now, organization: &config.organization };
        let condition = self.condition.as_ref().map(|condition| condition.resolve(&frame));
        Wanted { filter: self.filter.clone(), condition }
    }
}

impl ListLeads {
    /// The page.
    ///
    /// # Errors
    /// The condition costs too much, or the database failed.
    pub async fn run(self, reader: &Reader, config: &Configuration) -> Result<FoundLeads, CommandError> {
        let wanted = self.selection.resolved(reader.now(), config);
        let leads = reader.leads();
        let total = match self.count {
            Some(how) => Some(leads.count(&wanted, how).await.map_err(too_costly)?),
            None => None,
        };
        let query = ListQuery { wanted, sort: self.sort, after: self.after, limit: self.limit };
        let page = leads.list(&query).await.map_err(|error| too_costly_sorted(error, &query))?;
        Ok(FoundLeads { page, total })
    }
}

/// How many leads of a selection there are of each kind.
///
/// # Errors
/// The condition costs too much, or the database failed.
pub async fn facets(
    reader: &Reader,
    config: &Configuration,
    selection: &Selection,
    by: &[Facet],
) -> Result<Vec<FacetCount>, CommandError> {
    let wanted = selection.resolved(reader.now(), config);
    reader.leads().facets(&wanted, by).await.map_err(too_costly)
}

/// One lead, archived or not.
///
/// # Errors
/// There is none of this id within the caller's sight, or the database failed.
pub async fn get(reader: &Reader, id: LeadId) -> Result<Lead, CommandError> {
    found(reader.erasures(), id, reader.leads().get(id).await?).await
}

/// Where a lead is now that was merged into another, at the end of a chain of merges; `None` for one that was not merged,
/// or that the caller does not see.
///
/// # Errors
/// The database failed.
pub async fn master_of(reader: &Reader, id: LeadId) -> Result<Option<LeadId>, DbError> {
    match reader.leads().masters_of(&[id]).await?.get(&id) {
        Some(master) if reader.leads().get(id).await?.is_some() => Ok(Some(*master)),
        _ => Ok(None),
    }
}

/// What happened to a lead, newest first, before an event if given.
///
/// # Errors
/// There is no such lead within the caller's sight, or the database failed.
pub async fn timeline(
    reader: &Reader,
    id: LeadId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Event>, CommandError> {
    get(reader, id).await?;
    let mut events = reader.events().of_lead(id, before, limit).await?;
    let mut named = Vec::new();
    events.iter_mut().flat_map(|event| likenesses(&mut event.data)).for_each(|likeness| name(likeness, &mut named));
    let seen: BTreeSet<LeadId> = reader.leads().get_all(&named).await?.into_iter().map(|lead| lead.id).collect();
    events.iter_mut().flat_map(|event| likenesses(&mut event.data)).for_each(|likeness| forget(likeness, &seen));
    Ok(events)
}

/// What an event says of the leads that this one resembles: the caller need not see them all.
fn likenesses(data: &mut Value) -> impl Iterator<Item = &mut Value> {
    let members = data.as_object_mut().into_iter().flatten();
    members.filter(|(name, _)| matches!(name.as_str(), "match" | "matches" | "reasons")).map(|(_, value)| value)
}

fn lead_named(members: &Map<String, Value>) -> Option<LeadId> {
    let id = members.get("lead").or_else(|| members.get("lead_id"))?;
    id.as_str()?.parse().ok()
}

/// Adds the leads that are named.
fn name(value: &Value, named: &mut Vec<LeadId>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| name(item, named)),
        Value::Object(members) => {
            named.extend(lead_named(members));
            members.values().for_each(|member| name(member, named));
        }
        _ => {}
    }
}

/// Leaves out which leads are meant that are not seen: whole items of lists, else their ids.
fn forget(value: &mut Value, seen: &BTreeSet<LeadId>) {
    match value {
        Value::Array(items) => {
            items.retain(|item| item["lead"].as_str().is_none_or(|id| id.parse().is_ok_and(|id| seen.contains(&id))));
            items.iter_mut().for_each(|item| forget(item, seen));
        }
        Value::Object(members) => {
            if lead_named(members).is_some_and(|id| !seen.contains(&id)) {
                members.retain(|name, _| !matches!(name.as_str(), "lead" | "lead_id"));
            }
            members.values_mut().for_each(|member| forget(member, seen));
        }
        _ => {}
    }
}

/// As [`too_costly`], of a list whose order may be what costs too much.
pub(crate) fn too_costly_sorted(error: DbError, query: &ListQuery) -> CommandError {
    if !matches!(error, DbError::TimedOut) || !query.sort.is_costly() {
        return too_costly(error);
    }
    let detail = format!(
        "Putting these leads in the order of `{}` takes too long; narrow them down, for instance by status or creation \
         time, or order them by `created_at` or `score`.",
        query.sort.key
    );
    Refusal::new(Problem::ConditionTooCostly, detail).into()
}

pub(crate) fn too_costly(error: DbError) -> CommandError {
    if !matches!(error, DbError::TimedOut) {
        return error.into();
    }
    let detail = "Finding these leads takes too long; narrow the condition, for instance by status or creation time.";
    let fault = Fault::at_pointer("#/where", "condition_too_costly", detail);
    Refusal { faults: vec![fault], ..Refusal::new(Problem::ConditionTooCostly, detail) }.into()
}
