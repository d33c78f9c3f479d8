//! Leads that the person was part of for a while, until the merge was taken back: what was written there meanwhile may be
//! theirs.

use std::collections::{BTreeMap, BTreeSet};

use leadwright_domain::{
    events::{Event, EventKind},
    ids::LeadId,
    leads::Lead,
    privacy::{OwnValues, Stay, Traces, add_rests},
    time::Instant,
};
use leadwright_persistence::{DbError, Reader, erasures::Erasures};

use super::person::{Finder, Person};

/// The fields of a lead by which it is recognized and that people change.
const ADDRESSES: [&str; 2] = ["email", "phone"];

/// When the person was part of other leads: by themselves, or as part of a lead that was.
pub(super) async fn stays(erasures: Erasures<'_>, person: &Person) -> Result<Vec<Stay>, DbError> {
    let own: BTreeSet<LeadId> = person.ids().into_iter().collect();
    let mut all = erasures.stays_of(&person.ids()).await?;
    all.retain(|stay| !own.contains(&stay.master));
    let mut next = all.clone();
    while !next.is_empty() {
        let leads: Vec<LeadId> = next.iter().map(|stay| stay.master).collect();
        let mut further = erasures.stays_of(&leads).await?;
        let meanwhile = |one: &Stay| {
            next.iter().any(|stay| stay.master == one.lead && stay.from <= one.from && one.from <= stay.until)
        };
        further.retain(|one| meanwhile(one) && !own.contains(&one.master) && !all.contains(one));
        all.extend(&further);
        next = further;
    }
    Ok(all)
}

/// Who else was part of these leads, when, and by what traces they are found. `known` is what was found out before.
pub(super) async fn others(
    finder: Finder<'_>,
    own: &[LeadId],
    known: &[(Stay, Traces)],
) -> Result<Vec<(Stay, Traces)>, DbError> {
    let mut others = Vec::new();
    for stay in finder.erasures.stays_in(own).await? {
        if let Some(known) = known.iter().find(|(one, _)| *one == stay) {
            others.push(known.clone());
            continue;
        }
        let party = finder.party_of(&stay, own).await?;
        if !party.is_empty() {
            others.push((stay, finder.traces_of(&party).await?));
        }
    }
    Ok(others)
}

/// The addresses and numbers that leads had before, as their events tell: `email` and `phone`. What others are or were known
/// by who were part of the leads then is theirs.
pub(super) async fn former(finder: Finder<'_>, own: &[LeadId]) -> Result<BTreeSet<(&'static str, String)>, DbError> {
    let events = finder.erasures.readdressed(own).await?;
    let mut of_others = BTreeSet::new();
    let stays = finder.erasures.stays_in(own).await?;
    for stay in &stays {
        let replaced = replaced_during(stay, stay.since(&stays), &events);
        // Mostly nobody changes anything meanwhile.
        if replaced.is_empty() {
            continue;
        }
        let theirs = finder.ever_known_by(&finder.party_of(stay, own).await?).await?;
        let theirs = replaced.into_iter().filter(|(_, _, was)| theirs.are_in([*was]));
        of_others.extend(theirs.map(|(event, field, _)| (event.id, field)));
    }
    let mut former = BTreeSet::new();
    for event in &events {
        let own = replaced_by(event).filter(|(field, _)| !of_others.contains(&(event.id, *field)));
        former.extend(own.map(|(field, was)| (field, was.to_owned())));
    }
    Ok(former)
}

/// The address and number that a lead had until an event. What it lost as a merge was taken back is somebody else's.
pub(super) fn replaced_by(event: &Event) -> impl Iterator<Item = (&'static str, &str)> {
    let is_own = event.kind != EventKind::LeadsUnmerged.as_str();
    let was = move |field| Some((field, event.diff.as_ref().filter(|_| is_own)?[field][0].as_str()?));
    ADDRESSES.into_iter().filter_map(was)
}

/// The addresses and numbers that a lead lost while another was part of it. What it had before anybody came is its own, as
/// far as its story tells.
fn replaced_during<'a>(stay: &Stay, since: Instant, events: &'a [Event]) -> Vec<(&'a Event, &'static str, &'a str)> {
    let had = stay.had_before(events, since);
    let is_own =
        |field: &str, was: &str| had.get(field).copied().flatten().is_some_and(|value| value.as_str() == Some(was));
    let within = |event: &&Event| stay.from <= event.occurred_at && event.occurred_at <= stay.until;
    let meanwhile = events.iter().filter(|event| event.lead_id == Some(stay.master)).filter(within);
    let replaced = meanwhile.flat_map(|event| replaced_by(event).map(move |(field, was)| (event, field, was)));
    replaced.filter(|(_, field, was)| !is_own(field, was)).collect()
}

/// What leads say and said of themselves.
async fn own_values(erasures: Erasures<'_>, leads: &[Lead]) -> Result<BTreeMap<LeadId, OwnValues>, DbError> {
    let mut values: BTreeMap<LeadId, OwnValues> = BTreeMap::new();
    for lead in leads {
        values.entry(lead.id).or_default().add(lead);
    }
    let ids: Vec<LeadId> = leads.iter().map(|lead| lead.id).collect();
    for event in erasures.changes_of(&ids).await? {
        if let Some(values) = event.lead_id.and_then(|lead| values.get_mut(&lead)) {
            values.add_changes(&event);
        }
    }
    Ok(values)
}

/// Takes out of what happened to a person what others brought along who were part of their leads for a while: it is not theirs
/// to know.
pub(super) async fn without_others(
    reader: &Reader,
    person: &Person,
    events: &mut [(LeadId, Event)],
) -> Result<(), DbError> {
    let ids = person.ids();
    let all = reader.erasures().stays_in(&ids).await?;
    let stays: Vec<Stay> = all.iter().filter(|stay| !ids.contains(&stay.lead)).copied().collect();
    if stays.is_empty() {
        return Ok(());
    }
    let left: BTreeSet<LeadId> = stays.iter().map(|stay| stay.lead).collect();
    let others = reader.leads().get_all(&Vec::from_iter(left)).await?;
    let of_others = own_values(reader.erasures(), &others).await?;
    let nothing = OwnValues::default();
    let mut own: BTreeMap<LeadId, (OwnValues, Vec<&Event>)> = BTreeMap::new();
    for lead in &person.leads {
        own.entry(lead.id).or_default().0.add(lead);
    }
    for (lead, event) in events.iter() {
        own.entry(*lead).or_default().1.push(event);
    }
    // What each of them left is told by the story as it is, before anything is taken out of it.
    let mut rests = BTreeMap::new();
    for stay in &stays {
        if let Some((own, events)) = own.get(&stay.master) {
            let theirs = of_others.get(&stay.lead).unwrap_or(&nothing);
            add_rests(&mut rests, stay.taken_out_of(events.iter().copied(), stay.since(&all), theirs, own));
        }
    }
    for (_, event) in events {
        if let Some(rest) = rests.remove(&event.id) {
            event.diff = rest;
        }
    }
    Ok(())
}
