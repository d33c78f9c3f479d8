//! Leads that the person was part of for a while, until the merge was taken back: what was written there meanwhile may be
//! theirs.

use std::collections::BTreeSet;

use leadwright_domain::{
    events::Event,
    ids::{LeadId, SubmissionId},
    leads::parts::Bant,
    privacy::{Stay, texts_of_post},
};
use leadwright_persistence::{DbError, Reader, erasures::Erasures};

use super::{person::Person, sweep::Swept};

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

/// All that the person posted: to their leads, to none, and to leads that they were part of then.
pub(super) async fn posts(
    erasures: Erasures<'_>,
    person: &Person,
    swept: Option<&Swept>,
) -> Result<Vec<SubmissionId>, DbError> {
    let mut posts = erasures.posts_of(&person.ids()).await?;
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

/// Takes out of what happened to a person what others brought along who were part of their leads for a while: it is not theirs
/// to know.
pub(super) async fn without_others(
    reader: &Reader,
    person: &Person,
    events: &mut [(LeadId, Event)],
) -> Result<(), DbError> {
    let own = person.ids();
    for stay in reader.erasures().stays_in(&own).await?.into_iter().filter(|stay| !own.contains(&stay.lead)) {
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
