//! A model made ready for many leads at one moment.

use std::collections::HashMap;

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::model::{Component, Model, Rule, RuleKind};
use crate::{
    condition::{Condition, Day, Frame, Moment, Operand, Resolved, Subject, Value},
    interactions::InteractionKind,
    time::Instant,
};

/// A model made ready: every condition made plain, every group numbered.
#[derive(Clone, Debug)]
pub struct Ready<'m> {
    pub(super) model: &'m Model,
    pub(super) rules: Vec<ReadyRule<'m>>,
    pub(super) groups: usize,
    pub(super) timezone: Tz,
}

#[derive(Clone, Debug)]
pub(super) struct ReadyRule<'m> {
    pub(super) rule: &'m Rule,
    /// The number of its group.
    pub(super) group: Option<usize>,
    pub(super) kind: ReadyKind,
}

#[derive(Clone, Debug)]
pub(super) enum ReadyKind {
    Attribute(Attribute),
    /// With the `where` of the interactions.
    Behaviour(Option<Resolved>),
}

/// A condition made plain, and how time alone can turn its answer.
#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) when: Resolved,
    windows: Vec<(InteractionKind, i64)>,
    compares_with_now: bool,
}

impl Model {
    /// Makes the model ready. Once per batch is enough.
    pub fn ready(&self, frame: &Frame<'_>) -> Ready<'_> {
        let mut groups: HashMap<(Component, &str), usize> = HashMap::new();
        let rules = self.rules.iter().map(|rule| {
            let group = rule.group.as_deref().map(|group| {
                let next = groups.len();
                *groups.entry((rule.component, group)).or_insert(next)
            });
            let kind = match &rule.kind {
                RuleKind::Attribute { when } => ReadyKind::Attribute(Attribute::new(when, frame)),
                RuleKind::Behaviour(behaviour) => {
                    ReadyKind::Behaviour(behaviour.filter.as_ref().map(|filter| filter.resolve(frame)))
                }
            };
            ReadyRule { rule, group, kind }
        });
        let rules: Vec<_> = rules.collect();
        Ready { model: self, rules, groups: groups.len(), timezone: frame.organization.timezone }
    }
}

impl Attribute {
    fn new(when: &Condition, frame: &Frame<'_>) -> Self {
        let mut attribute = Self { when: when.resolve(frame), windows: Vec::new(), compares_with_now: false };
        attribute.find_windows(when);
        when.each_field_test(&mut |test| {
            let values: &[Value] = match &test.operand {
                Operand::One(value) => std::slice::from_ref(value),
                Operand::Many(values) => values,
                Operand::Between(from, to) => {
                    attribute.compares_with_now |= is_relative(from) || is_relative(to);
                    &[]
                }
                Operand::Exists(_) | Operand::Near(_) => &[],
            };
            attribute.compares_with_now |= values.iter().any(is_relative);
        });
        attribute
    }

    fn find_windows(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.find_windows(part)),
            Condition::Not(part) => self.find_windows(part),
            Condition::Interaction(test) => self.windows.extend(test.within_days.map(|days| (test.kind, days))),
            Condition::Field(_) => {}
        }
    }

    /// When time alone can turn the answer: when an interaction leaves a window of days, at the latest a day from now where
    /// a field is compared with now.
    pub(super) fn turns_at(&self, subject: &Subject<'_>) -> Option<Instant> {
        let leaves = self.windows.iter().flat_map(|(kind, days)| {
            let window = TimeDelta::try_days(*days).and_then(|window| window.checked_add(&TimeDelta::microseconds(1)));
            let of_kind = subject.interactions.iter().filter(|interaction| interaction.kind == *kind);
            of_kind.filter_map(move |interaction| interaction.occurred_at.checked_add_signed(window?))
        });
        let in_a_day = self.compares_with_now.then_some(subject.now + TimeDelta::days(1));
        leaves.filter(|at| *at > subject.now).chain(in_a_day).min()
    }
}

const fn is_relative(value: &Value) -> bool {
    matches!(value, Value::Day(Day::DaysAgo(_)) | Value::Moment(Moment::DaysAgo(_)))
}
