//! Which interactions count (spec CAP-7): what a machine did does not, what was repeated counts once, and views make visits.

use std::{
    cell::OnceCell,
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use serde_json::{Map, Value};

use crate::{
    condition::interaction_facts,
    interactions::{Interaction, InteractionKind},
    time::Instant,
};

/// Views of one visitor that are this far apart belong to two visits.
const VISIT_ENDS_AFTER: TimeDelta = TimeDelta::minutes(30);

/// The interactions of one lead as they count: newest first, without machines, each view with its visit.
#[derive(Clone, Debug)]
pub struct Counting<'a> {
    newest_first: Vec<Seen<'a>>,
    timezone: Tz,
}

/// An interaction that may count.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    /// What was done.
    pub interaction: &'a Interaction,
    facts: OnceCell<Map<String, Value>>,
    /// The visit, for a view.
    visit: Option<usize>,
}

/// What makes two interactions one.
#[derive(PartialEq, Eq, Hash)]
enum Same<'a> {
    Message(&'a str),
    ItemAndDay(&'a str, NaiveDate),
    Visit(usize),
}

impl<'a> Counting<'a> {
    /// Prepares the interactions of one lead; days are those of the organization.
    pub fn new(interactions: &'a [Interaction], timezone: Tz) -> Self {
        let mut newest_first: Vec<_> = interactions
            .iter()
            .filter(|interaction| !interaction.machine)
            .map(|interaction| Seen { interaction, facts: OnceCell::new(), visit: None })
            .collect();
        newest_first.sort_unstable_by_key(|seen| Reverse((seen.interaction.occurred_at, seen.interaction.id)));
        newest_first.dedup_by_key(|seen| seen.interaction.id);
        number_visits(&mut newest_first);
        Self { newest_first, timezone }
    }

    /// The interactions of a kind that count, newest first, among those that `matches` accepts.
    ///
    /// Of one message an open and a click count once, of one item a download once a day, of one visit a view of the pages
    /// that are looked for once; each at its newest. What does not say which message or item it belongs to counts by
    /// itself. A visit is counted from its views as well as from a `site_visited` that was reported, never twice. Views
    /// of any page (`named` is false) are not reduced.
    pub fn counted(
        &self,
        kind: InteractionKind,
        named: bool,
        mut matches: impl FnMut(&Seen<'a>) -> bool,
    ) -> impl Iterator<Item = &'a Interaction> {
        let mut taken = HashSet::new();
        let timezone = self.timezone;
        self.newest_first.iter().filter_map(move |seen| {
            let interaction = seen.interaction;
            let wanted = match kind {
                InteractionKind::SiteVisited => is_view(interaction),
                kind => interaction.kind == kind,
            };
            if !wanted || !matches(seen) {
                return None;
            }
            let fresh = seen.same(kind, named, timezone).is_none_or(|same| taken.insert(same));
            fresh.then_some(interaction)
        })
    }
}

impl<'a> Seen<'a> {
    /// Its texts in the form in which conditions compare them.
    pub fn facts(&self) -> &Map<String, Value> {
        self.facts.get_or_init(|| interaction_facts(self.interaction))
    }

    fn same(&self, kind: InteractionKind, named: bool, timezone: Tz) -> Option<Same<'a>> {
        let interaction = self.interaction;
        match kind {
            InteractionKind::EmailOpened | InteractionKind::EmailClicked => {
                interaction.message_id.as_deref().map(Same::Message)
            }
            InteractionKind::ContentDownloaded => {
                let item = interaction.item.as_deref().or(interaction.url.as_deref());
                let day = local_day(interaction.occurred_at, timezone);
                item.map(|item| Same::ItemAndDay(item, day))
            }
            InteractionKind::SiteVisited => self.visit.map(Same::Visit),
            InteractionKind::PageViewed if named => self.visit.map(Same::Visit),
            _ => None,
        }
    }
}

fn local_day(at: Instant, timezone: Tz) -> NaiveDate {
    at.with_timezone(&timezone).date_naive()
}

fn is_view(interaction: &Interaction) -> bool {
    matches!(interaction.kind, InteractionKind::PageViewed | InteractionKind::SiteVisited)
}

/// Gives each view the number of its visit. Views without a visitor are those of one unnamed visitor.
fn number_visits(newest_first: &mut [Seen<'_>]) {
    let mut visits = 0;
    let mut open: HashMap<Option<&str>, (Instant, usize)> = HashMap::new();
    for seen in newest_first.iter_mut().filter(|seen| is_view(seen.interaction)) {
        let at = seen.interaction.occurred_at;
        let visit = match open.get(&seen.interaction.visitor_id.as_deref()) {
            Some((earliest, visit)) if *earliest - at < VISIT_ENDS_AFTER => *visit,
            _ => {
                visits += 1;
                visits
            }
        };
        open.insert(seen.interaction.visitor_id.as_deref(), (at, visit));
        seen.visit = Some(visit);
    }
}
