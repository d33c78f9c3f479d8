//! Leads that the person was part of for a while, until the merge was taken back: what was written there meanwhile may be
//! theirs.

use std::collections::BTreeSet;

use leadwright_domain::{
    events::{Event, EventKind},
    ids::LeadId,
    leads::parts::Bant,
    privacy::{Stay, Traces},
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

/// When others were part of these leads.
async fn stays_of_others(erasures: Erasures<'_>, own: &[LeadId]) -> Result<Vec<Stay>, DbError> {
    let mut stays = erasures.stays_in(own).await?;
    stays.retain(|stay| !own.contains(&stay.lead));
    Ok(stays)
}

/// The addresses and numbers that leads had before, as their events tell: `email` and `phone`. What others are or were known
/// by who were part of the leads then is theirs.
pub(super) async fn former(finder: Finder<'_>, own: &[LeadId]) -> Result<BTreeSet<(&'static str, String)>, DbError> {
    let events = finder.erasures.readdressed(own).await?;
    let mut of_others = BTreeSet::new();
    for stay in finder.erasures.stays_in(own).await? {
        let replaced = replaced_during(&stay, &events);
        // Mostly nobody changes anything meanwhile.
        if replaced.is_empty() {
            continue;
        }
        let theirs = finder.ever_known_by(&finder.party_of(&stay, own).await?).await?;
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

/// The addresses and numbers that a lead got and lost again while another was part of it. What it had when they were merged
/// is its own.
fn replaced_during<'a>(stay: &Stay, events: &'a [Event]) -> Vec<(&'a Event, &'static str, &'a str)> {
    let within = |event: &&Event| stay.from <= event.occurred_at && event.occurred_at <= stay.until;
    let meanwhile = || events.iter().filter(|event| event.lead_id == Some(stay.master)).filter(within);
    let changes = |field: &'static str| {
        let changed = move |event: &&Event| event.diff.as_ref().is_some_and(|diff| diff.get(field).is_some());
        meanwhile().filter(changed).skip(1).map(move |event| (event, field))
    };
    let was = |(event, field): (&'a Event, &'static str)| {
        replaced_by(event).find(|(of, _)| *of == field).map(|(_, was)| (event, field, was))
    };
    ADDRESSES.into_iter().flat_map(changes).filter_map(was).collect()
}

/// Takes out of what happened to a person what others brought along who were part of their leads for a while: it is not theirs
/// to know.
pub(super) async fn without_others(
    reader: &Reader,
    person: &Person,
    events: &mut [(LeadId, Event)],
) -> Result<(), DbError> {
    let own = person.ids();
    for stay in stays_of_others(reader.erasures(), &own).await? {
        let other = reader.leads().get_all(&[stay.lead]).await?;
        let was_judged = other.iter().any(|lead| lead.bant != Bant::default());
        let of_master = events.iter().filter(|(lead, _)| *lead == stay.master).map(|(_, event)| event.clone());
        let of_master: Vec<Event> = of_master.collect();
        for (event, rest) in stay.taken_out_of(&of_master, was_judged) {
            if let Some((_, told)) = events.iter_mut().find(|(_, told)| told.id == event.id) {
                told.diff = rest;
            }
        }
    }
    Ok(())
}
