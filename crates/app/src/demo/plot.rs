//! The life of one lead.

use chrono::TimeDelta;
use leadwright_domain::{
    access::Role,
    leads::{RawLead, Stage, Status},
    qualification::{Disposition, StageMove, StageMover, StatusReason, Transition},
    time::Instant,
};
use serde_json::json;

use super::{
    arrival,
    chance::Chance,
    conduct::{sitting, unsubscribed},
    people::Person,
    story::{Act, Door, Step, days_before},
    words,
};

const DAY: i64 = 24 * 60;

/// When marketing takes files in, in days before now.
const FILES: &[i64] = &[92, 61, 30, 6];

/// The life of a lead while it is thought out.
pub(super) struct Plot<'p> {
    number: usize,
    person: &'p Person,
    chance: Chance,
    now: Instant,
    /// How far the story is told.
    at: Instant,
    steps: Vec<Step>,
}

impl<'p> Plot<'p> {
    pub(super) fn new(number: usize, person: &'p Person, chance: Chance, now: Instant) -> Self {
        Self { number, person, chance, now, at: now, steps: Vec::new() }
    }

    /// The steps of a life with this end.
    pub(super) fn of(mut self, end: Status) -> Vec<Step> {
        let born = self.arrive(end);
        match end {
            Status::New => self.stays_new(),
            Status::Contacted => self.is_worked_on(),
            Status::Qualified => self.is_qualified(),
            Status::Nurture => self.is_kept_warm(),
            Status::Unqualified => self.is_set_aside(),
            Status::Converted => self.is_a_customer(),
        }
        self.comes_by(born, end);
        if end == Status::Unqualified && self.chance.percent(35) {
            let last = self.steps.iter().map(|step| step.at).max().unwrap_or(born);
            self.at = last + (self.now - last) / 2;
            self.step(Act::Archive);
        }
        self.steps
    }

    fn step(&mut self, act: Act) {
        self.steps.push(Step { at: self.at, lead: self.number, act });
    }

    /// Some minutes later, though never after now.
    fn later(&mut self, least: i64, most: i64) {
        let wanted = TimeDelta::minutes(self.chance.between(least, most));
        self.at += wanted.min((self.now - self.at) / 4);
    }

    fn minutes_before(&mut self, least: i64, most: i64) -> Instant {
        self.now - TimeDelta::minutes(self.chance.between(least, most))
    }

    fn arrive(&mut self, end: Status) -> Instant {
        self.at = match end {
            Status::New if self.chance.percent(60) => self.minutes_before(12, 5 * DAY),
            Status::New => self.minutes_before(4 * DAY, 38 * DAY),
            Status::Contacted => self.minutes_before(DAY, 60 * DAY),
            Status::Qualified => self.minutes_before(8 * DAY, 95 * DAY),
            Status::Nurture | Status::Unqualified => self.minutes_before(9 * DAY, 118 * DAY),
            Status::Converted => days_before(self.now, *self.chance.pick(FILES)),
        };
        let door = match end {
            Status::Converted => Door::File,
            _ => *self.chance.weighed(&[
                (Door::Form(0), 24),
                (Door::Form(1), 20),
                (Door::Form(2), 14),
                (Door::Colleague, 22),
                (Door::Program, 20),
            ]),
        };
        let mut told = arrival::told(&mut self.chance, self.person, door, self.at);
        if end == Status::Converted {
            arrival::history(&mut told, &mut self.chance, self.at);
        }
        self.step(Act::Arrive(door, told));
        let born = self.at;
        if matches!(door, Door::Form(_)) && self.chance.percent(72) {
            self.later(20, 3 * DAY);
            let known = arrival::completed(&mut self.chance, self.person);
            self.step(Act::Complete(known));
            if self.chance.percent(14) {
                self.later(DAY, 20 * DAY);
                let again = arrival::told(&mut self.chance, self.person, door, self.at);
                self.step(Act::Arrive(door, again));
                self.at = born;
            }
        }
        born
    }

    /// What they do on their own, at any time since they came.
    fn comes_by(&mut self, born: Instant, end: Status) {
        let keen = match end {
            Status::New => self.chance.between(0, 2),
            Status::Contacted => self.chance.between(0, 3),
            Status::Qualified | Status::Converted => self.chance.between(2, 3),
            Status::Nurture => self.chance.between(0, 1),
            Status::Unqualified => 0,
        };
        let least = i64::from(self.chance.percent(93));
        let sittings = self.chance.between(least, least + keen);
        let span = (self.now - born).num_minutes();
        for _ in 0..sittings {
            // More when they are new to us, and a little until today.
            let since = self.chance.between(1, span.max(1)).min(self.chance.between(1, span.max(1)));
            self.at = (born + TimeDelta::minutes(since)).min(self.now);
            let done = sitting(&mut self.chance, keen, self.at);
            self.step(Act::Behave(done));
        }
        if keen == 0 && self.chance.percent(12) {
            self.at = born + (self.now - born) / 2;
            self.step(Act::Behave(unsubscribed()));
        }
    }

    fn stays_new(&mut self) {
        if self.chance.percent(22) {
            self.later(60, 2 * DAY);
            self.hand_off(Stage::MarketingQualified, None);
        }
    }

    fn is_worked_on(&mut self) {
        if self.chance.percent(55) {
            self.is_handed_over();
        }
        self.is_called();
        if self.chance.percent(60) {
            self.later(DAY, 6 * DAY);
            let bant = words::bant(&mut self.chance, self.now, false);
            self.step(Act::Ask(bant));
        }
        self.plans();
    }

    fn is_qualified(&mut self) {
        if self.chance.percent(90) {
            self.is_handed_over();
        }
        self.is_called();
        self.later(DAY, 8 * DAY);
        let bant = words::bant(&mut self.chance, self.now, true);
        self.step(Act::Ask(bant));
        if self.chance.percent(20) {
            self.later(DAY, 4 * DAY);
            self.step(Act::Reassign);
        }
        self.later(60, 5 * DAY);
        let why = words::won(&mut self.chance);
        self.step(Act::Move(noted(Transition::to(Status::Qualified), why)));
        let handed =
            self.steps.iter().any(|step| matches!(&step.act, Act::HandOff(wish) if wish.to == Stage::SalesAccepted));
        if handed && self.chance.percent(85) {
            self.later(5, DAY);
            self.hand_off(Stage::SalesQualified, None);
        }
        self.plans();
    }

    fn is_kept_warm(&mut self) {
        let reason = *self.chance.pick(&[StatusReason::BadTiming, StatusReason::NoBudget, StatusReason::NoResponse]);
        if self.chance.percent(40) {
            self.later(60, 3 * DAY);
            self.hand_off(Stage::MarketingQualified, None);
            self.later(DAY, 4 * DAY);
            self.hand_off(Stage::SalesRejected, Some(reason));
            return;
        }
        self.is_called();
        self.later(3 * DAY, 15 * DAY);
        self.step(Act::Move(noted(Transition::to(Status::Nurture).because(reason), words::put_off(reason))));
        self.plans();
    }

    fn is_set_aside(&mut self) {
        let reasons =
            [StatusReason::NoNeed, StatusReason::Competitor, StatusReason::BadData, StatusReason::NoAuthority];
        let reason = *self.chance.pick(&reasons);
        if self.chance.percent(40) {
            self.is_handed_over();
            self.later(DAY, 9 * DAY);
            self.hand_off(Stage::SalesDisqualified, Some(reason));
            return;
        }
        if self.chance.percent(70) {
            self.is_called();
        }
        self.later(DAY, 9 * DAY);
        self.step(Act::Move(noted(Transition::to(Status::Unqualified).because(reason), words::put_off(reason))));
    }

    fn is_a_customer(&mut self) {
        if self.chance.percent(60) {
            self.later(60, 3 * DAY);
            let bought = words::bought(&mut self.chance, self.at);
            self.step(Act::Note(bought));
        }
    }

    fn is_handed_over(&mut self) {
        self.later(60, 3 * DAY);
        self.hand_off(Stage::MarketingQualified, None);
        self.later(30, 2 * DAY);
        self.hand_off(Stage::SalesAccepted, None);
    }

    fn is_called(&mut self) {
        self.later(15, 3 * DAY);
        let note = words::first_call(&mut self.chance);
        self.step(Act::Move(noted(Transition::to(Status::Contacted), note)));
    }

    /// Its owner writes down what comes next.
    fn plans(&mut self) {
        if self.chance.percent(70) {
            self.later(5, 2 * DAY);
            let plan = words::plan(&mut self.chance, self.now);
            self.step(Act::Note(plan));
        }
    }

    fn hand_off(&mut self, to: Stage, reason: Option<StatusReason>) {
        let by = StageMover::Person(if to == Stage::MarketingQualified { Role::Marketer } else { Role::Rep });
        let disposition = (to == Stage::SalesRejected).then_some(Disposition::Nurture);
        let note = reason.map(|reason| words::put_off(reason).to_owned());
        self.step(Act::HandOff(StageMove { to, reason, note, disposition, by }));
    }
}

fn noted(wish: Transition, note: &str) -> Transition {
    Transition { note: Some(note.to_owned()), ..wish }
}

/// A record of one member.
pub(super) fn with(name: &str, value: impl Into<serde_json::Value>) -> RawLead {
    let mut record = RawLead::new();
    record.insert(name.to_owned(), json!(value.into()));
    record
}
