//! What happens to every lead, in the order in which it happens.

use chrono::TimeDelta;
use leadwright_domain::{
    interactions::NewInteraction,
    leads::{RawLead, Status},
    qualification::{StageMove, Transition},
    time::Instant,
};

use super::{
    chance::Chance,
    people::{Person, people},
    plot::Plot,
};

/// How far back it goes, in days.
pub(super) const DAYS: i64 = 120;

/// Every so many leads, one is somebody who is there already, under another address.
const A_TWIN_EVERY: usize = 44;

/// Where a lead stands in the end, and how often.
const ENDS: &[(Status, i64)] = &[
    (Status::New, 25),
    (Status::Contacted, 27),
    (Status::Qualified, 13),
    (Status::Nurture, 14),
    (Status::Unqualified, 10),
    (Status::Converted, 11),
];

/// By which door somebody comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// The form at this place.
    Form(usize),
    /// A colleague of sales writes them down.
    Colleague,
    /// A program of ours.
    Program,
    /// A file that marketing takes in.
    File,
}

/// Something that happens to a lead.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// It comes in, or comes back.
    Arrive(Door, RawLead),
    /// It does something.
    Behave(Vec<NewInteraction>),
    /// Its owner learns what money, power, need and time there are.
    Ask(RawLead),
    /// Its owner writes something down.
    Note(RawLead),
    /// Marketing completes the record.
    Complete(RawLead),
    /// Its owner moves it.
    Move(Transition),
    /// Marketing or its owner moves the hand-off.
    HandOff(StageMove),
    /// A manager gives it to somebody else.
    Reassign,
    /// Its owner puts it away.
    Archive,
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// When.
    pub(super) at: Instant,
    /// To which lead.
    pub(super) lead: usize,
    /// What.
    pub(super) act: Act,
}

impl Step {
    /// Whether it is a row of a file.
    pub(super) const fn is_of_a_file(&self) -> bool {
        matches!(self.act, Act::Arrive(Door::File, _))
    }
}

/// The story of so many leads up to now. The same moment gives the same story; another moment the same one, moved.
pub(super) fn story(now: Instant, leads: usize) -> Vec<Step> {
    let people = people(leads);
    let mut steps: Vec<Step> = (0..leads).flat_map(|number| of_one(number, &people, now)).collect();
    steps.sort_by_key(|step| (step.at, step.lead));
    steps
}

fn of_one(number: usize, people: &[Person], now: Instant) -> Vec<Step> {
    let mut chance = Chance::of(3, number);
    if number % A_TWIN_EVERY == A_TWIN_EVERY - 1 {
        let twin = people[number - A_TWIN_EVERY / 2].twin();
        return Plot::new(number, &twin, chance, now).of(Status::New);
    }
    let end = *chance.weighed(ENDS);
    Plot::new(number, &people[number], chance, now).of(end)
}

/// So many days before now.
pub(super) fn days_before(now: Instant, days: i64) -> Instant {
    now - TimeDelta::days(days)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_same_moment_gives_the_same_story_and_another_moment_the_same_one_moved() {
        let (now, later): (Instant, Instant) =
            ("2026-03-02T10:00:00Z".parse().unwrap(), "2027-07-09T23:11:00Z".parse().unwrap());
        let (first, again, moved) = (story(now, 120), story(now, 120), story(later, 120));
        assert_eq!(format!("{first:?}"), format!("{again:?}"));
        let when = |steps: &[Step], now: Instant| -> Vec<(TimeDelta, usize)> {
            steps.iter().map(|step| (now - step.at, step.lead)).collect()
        };
        assert_eq!(when(&first, now), when(&moved, later));
    }

    #[test]
    fn nothing_happens_in_the_future_or_before_somebody_came() {
        let now: Instant = "2026-03-02T10:00:00Z".parse().unwrap();
        let mut came = std::collections::HashSet::new();
        for step in story(now, 300) {
            assert!(step.at <= now && step.at > days_before(now, DAYS), "{step:?}");
            assert!(came.contains(&step.lead) || matches!(step.act, Act::Arrive(..)), "{step:?}");
            came.insert(step.lead);
        }
        assert_eq!(came.len(), 300);
    }
}
