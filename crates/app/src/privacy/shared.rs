//! Posts to leads that were several people's for a while, until a merge was taken back: whose they are. Like all that takes
//! long it is settled beside the work of others; within a transaction only what came since then is read.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use leadwright_domain::{
    ids::{LeadId, SubmissionId},
    privacy::{Stay, Told, Traces},
    time::Instant,
};
use leadwright_persistence::{
    DbError,
    erasures::{Erasures, HeldPost},
};

use super::{
    person::{Finder, Person},
    stays::{others, stays},
    sweep::Swept,
};

/// How many posts are read at once.
const PAGE: i64 = 100;
/// How much earlier a post may have come that is written now.
const MARGIN: TimeDelta = TimeDelta::hours(1);

/// Whose posts are that went to leads which the person shared with others.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    /// By what the person was looked for.
    traces: Traces,
    /// When the search began.
    at: Instant,
    /// When the person was part of other leads.
    pub(super) stays: Vec<Stay>,
    /// Who else was part of the person's leads, when, and by what traces they are found.
    pub(super) others: Vec<(Stay, Traces)>,
    /// What the person posted while they were part of other leads.
    theirs: BTreeSet<SubmissionId>,
    /// What others posted while they were part of the person's leads: what tells of them, and not of the person. It went to
    /// the lead that both were, and stays with it.
    pub(super) of_others: BTreeSet<SubmissionId>,
}

impl Shared {
    /// Looks through all of these posts, or through those that are new since an earlier search for the same.
    pub(super) async fn look(
        finder: Finder<'_>,
        person: &Person,
        now: Instant,
        earlier: Option<&Self>,
    ) -> Result<Self, DbError> {
        let stays = stays(finder.erasures, person).await?;
        let known = earlier.map_or(&[][..], |earlier| &earlier.others);
        let others = others(finder, &person.ids(), known).await?;
        let is_same = |one: &&Self| one.traces == person.traces && one.stays == stays && one.others == others;
        let earlier = earlier.filter(is_same);
        let since = earlier.map(|earlier| earlier.at - MARGIN);
        let mut shared = match earlier {
            Some(earlier) => earlier.clone(),
            None => Self {
                traces: person.traces.clone(),
                at: now,
                stays,
                others,
                theirs: BTreeSet::new(),
                of_others: BTreeSet::new(),
            },
        };
        shared.look_for_theirs(finder.erasures, since).await?;
        shared.look_for_those_of_others(finder.erasures, since).await?;
        Ok(shared)
    }

    async fn look_for_theirs(&mut self, erasures: Erasures<'_>, since: Option<Instant>) -> Result<(), DbError> {
        let mut found = Vec::new();
        let (stays, traces) = (&self.stays, &self.traces);
        each_post(erasures, stays, since, |lead, post| {
            let meanwhile = stays.iter().any(|stay| stay.covers(lead, post.received_at, post.taken_in_at));
            if meanwhile && (traces.are_told(&Told::of_post(&post.body)) || traces.are_in_json(&post.outcome)) {
                found.push(post.id);
            }
        })
        .await?;
        self.theirs.extend(found);
        Ok(())
    }

    async fn look_for_those_of_others(
        &mut self,
        erasures: Erasures<'_>,
        since: Option<Instant>,
    ) -> Result<(), DbError> {
        let mut found = Vec::new();
        let stays: Vec<Stay> = self.others.iter().map(|(stay, _)| *stay).collect();
        let (others, own) = (&self.others, &self.traces);
        each_post(erasures, &stays, since, |lead, post| {
            // The rest of what came of it names the lead that both were.
            let told = [Told::of_post(&post.body), Told::of_json(&post.outcome["adapter"])];
            let tells_of = |traces: &Traces| told.iter().any(|told| traces.are_told(told));
            let mut meanwhile = others.iter().filter(|(stay, _)| stay.covers(lead, post.received_at, post.taken_in_at));
            if meanwhile.any(|(_, other)| tells_of(other)) && !tells_of(own) {
                found.push(post.id);
            }
        })
        .await?;
        self.of_others.extend(found);
        Ok(())
    }
}

/// All that the person posted: to their leads, unless it was somebody else who was part of them then, to none, and to leads
/// that they were part of then.
pub(super) async fn posts(
    erasures: Erasures<'_>,
    person: &Person,
    shared: &Shared,
    swept: Option<&Swept>,
) -> Result<Vec<SubmissionId>, DbError> {
    let mut posts = erasures.posts_of(&person.ids()).await?;
    posts.retain(|post| !shared.of_others.contains(post));
    posts.extend(swept.iter().flat_map(|swept| &swept.posts));
    posts.extend(&shared.theirs);
    posts.sort_unstable();
    posts.dedup();
    Ok(posts)
}

/// Reads what was posted to leads between the first and the last of the times in which somebody was part of them, each post
/// once for all of these, a page at a time.
async fn each_post(
    erasures: Erasures<'_>,
    stays: &[Stay],
    since: Option<Instant>,
    mut look: impl FnMut(LeadId, &HeldPost),
) -> Result<(), DbError> {
    let mut times: BTreeMap<LeadId, (Instant, Instant)> = BTreeMap::new();
    for stay in stays {
        let (from, until) = times.entry(stay.master).or_insert((stay.from, stay.until));
        (*from, *until) = ((*from).min(stay.from), (*until).max(stay.until));
    }
    for (lead, (from, until)) in times {
        let from = since.map_or(from, |since| since.max(from));
        if until < from {
            continue;
        }
        let mut after = None;
        loop {
            let page = erasures.posts_between(lead, (from, until), after, PAGE).await?;
            page.iter().for_each(|post| look(lead, post));
            match page.last() {
                Some(last) => after = Some(last.id),
                None => break,
            }
        }
    }
    Ok(())
}
