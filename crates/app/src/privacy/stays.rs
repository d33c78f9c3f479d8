//! Leads that the person was part of for a while, until the merge was taken back: what was written there meanwhile may be
//! theirs.

use std::collections::BTreeSet;

use leadwright_domain::{
    events::Event,
    ids::{LeadId, SubmissionId},
    leads::parts::Bant,
    privacy::{Stay, Traces, texts_of_post},
};
use leadwright_persistence::{DbError, Reader, erasures::Erasures};

use super::{
    person::{Finder, Person},
    sweep::Swept,
};

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

/// All that the person posted: to their leads, unless it was somebody else who was part of them then, to none, and to leads
/// that they were part of then.
pub(super) async fn posts(
    finder: Finder<'_>,
    person: &Person,
    swept: Option<&Swept>,
) -> Result<Vec<SubmissionId>, DbError> {
    let erasures = finder.erasures;
    let mut posts = erasures.posts_of(&person.ids()).await?;
    let not_theirs = posts_of_others(finder, person).await?;
    posts.retain(|post| !not_theirs.contains(post));
    posts.extend(swept.iter().flat_map(|swept| &swept.posts));
    for stay in stays(erasures, person).await? {
        for post in erasures.posts_during(&stay).await? {
            let said = texts_of_post(&post.body);
            if person.traces.are_in(said.iter().map(String::as_str)) || person.traces.are_in_json(&post.outcome) {
                posts.push(post.id);
            }
        }
    }
    posts.sort_unstable();
    posts.dedup();
    Ok(posts)
}

/// What others posted while they were part of the person's leads: what tells of them, and not of the person. It went to the
/// lead that both were, and stays with it.
pub(super) async fn posts_of_others(finder: Finder<'_>, person: &Person) -> Result<BTreeSet<SubmissionId>, DbError> {
    let mut posts = BTreeSet::new();
    for (stay, others) in others(finder, person).await? {
        for post in finder.erasures.posts_during(&stay).await? {
            let said = texts_of_post(&post.body);
            // The rest of what came of it names the lead that both were.
            let fetched = &post.outcome["adapter"];
            let tells_of =
                |traces: &Traces| traces.are_in(said.iter().map(String::as_str)) || traces.are_in_json(fetched);
            if tells_of(&others) && !tells_of(&person.traces) {
                posts.insert(post.id);
            }
        }
    }
    Ok(posts)
}

/// Who else was part of the person's leads, when, and by what traces they are found.
pub(super) async fn others(finder: Finder<'_>, person: &Person) -> Result<Vec<(Stay, Traces)>, DbError> {
    let mut others = Vec::new();
    for stay in stays_of_others(finder.erasures, &person.ids()).await? {
        others.push((stay, finder.traces_of(&stay).await?));
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
    for stay in stays_of_others(finder.erasures, own).await? {
        let replaced = replaced_during(&stay, &events);
        // Mostly nobody changes anything meanwhile.
        if replaced.is_empty() {
            continue;
        }
        let theirs = finder.ever_known_by(&stay).await?;
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

/// The address and number that a lead had until an event.
pub(super) fn replaced_by(event: &Event) -> impl Iterator<Item = (&'static str, &str)> {
    let was = |field| Some((field, event.diff.as_ref()?[field][0].as_str()?));
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
