//! Asking a condition of one lead, in memory.

use std::borrow::Cow;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    Check, Condition, Field, FieldType, Frame, Resolved, ResolvedInteraction, Storage, columns, interaction_facts,
};
use crate::{interactions::Interaction, leads::Lead, organization::Organization, time::Instant};

/// The lead that a condition is asked of, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The lead.
    pub lead: &'a Lead,
    /// Its [facts](super::facts).
    pub facts: &'a Map<String, Value>,
    /// Its interactions: at least those that [`Condition::needs`] names.
    pub interactions: &'a [Interaction],
    /// Now.
    pub now: Instant,
    /// Whose it is.
    pub organization: &'a Organization,
}

impl Condition {
    /// Whether the lead is meant. For many leads [resolve](Self::resolve) first and ask that.
    pub fn matches(&self, subject: &Subject) -> bool {
        self.resolve(&Frame { now: subject.now, organization: subject.organization }).matches(subject)
    }
}

impl Resolved {
    /// Whether the lead is meant.
    pub fn matches(&self, subject: &Subject) -> bool {
        self.holds(&Asked::Lead(subject))
    }

    /// Whether an interaction is meant; for the `where` of an interaction test. Takes its [facts](interaction_facts).
    pub fn matches_interaction(&self, interaction: &Interaction, facts: &Map<String, Value>) -> bool {
        self.holds(&Asked::Interaction(interaction, facts))
    }

    fn holds(&self, asked: &Asked) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(asked)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(asked)),
            Self::Not(part) => !part.holds(asked),
            Self::Field(field, check) => check.holds(&asked.known(field)),
            Self::Interaction(test) => test.count.takes(test.times(asked.interactions())),
        }
    }
}

impl ResolvedInteraction {
    /// How often it happened.
    fn times(&self, interactions: &[Interaction]) -> i64 {
        let counts = |interaction: &&Interaction| {
            interaction.kind == self.kind
                && !interaction.machine
                && self.within.is_none_or(|(from, to)| (from..=to).contains(&interaction.occurred_at))
                && self.filter.as_ref().is_none_or(|filter| {
                    filter.holds(&Asked::Interaction(interaction, &interaction_facts(interaction)))
                })
        };
        i64::try_from(interactions.iter().filter(counts).count()).unwrap_or(i64::MAX)
    }
}

/// Whose fields are looked at.
enum Asked<'a> {
    Lead(&'a Subject<'a>),
    Interaction(&'a Interaction, &'a Map<String, Value>),
}

impl Asked<'_> {
    fn known(&self, field: &Field) -> Known<'_> {
        match (self, &field.storage) {
            (Self::Lead(subject), Storage::Column(column)) => columns::of_lead(subject.lead, column),
            (Self::Lead(subject), Storage::Facts(key)) => Known::from_facts(subject.facts, key, &field.kind),
            (Self::Interaction(interaction, _), Storage::Column(column)) => {
                columns::of_interaction(interaction, column)
            }
            (Self::Interaction(_, facts), Storage::Facts(key)) => Known::from_facts(facts, key, &field.kind),
        }
    }

    /// An interaction has no interactions of its own.
    const fn interactions(&self) -> &[Interaction] {
        match self {
            Self::Lead(subject) => subject.interactions,
            Self::Interaction(..) => &[],
        }
    }
}

impl Field {
    /// Whether a lead's value is missing.
    pub fn is_missing(&self, subject: &Subject) -> bool {
        matches!(Asked::Lead(subject).known(self), Known::Missing)
    }
}

/// What is known of a field, ready to compare.
pub(super) enum Known<'a> {
    Missing,
    Text(Cow<'a, str>),
    Several(&'a [Value]),
    Number(i64),
    Id(Uuid),
    Point([i64; 3]),
}

impl<'a> Known<'a> {
    fn from_facts(facts: &'a Map<String, Value>, key: &str, kind: &FieldType) -> Self {
        if *kind == FieldType::Place {
            let axis = |axis: &str| facts.get(&format!("{key}.{axis}")).and_then(Value::as_i64);
            let point = axis("x").zip(axis("y")).zip(axis("z"));
            return point.map_or(Self::Missing, |((x, y), z)| Self::Point([x, y, z]));
        }
        match facts.get(key) {
            Some(Value::String(text)) => Self::Text(text.as_str().into()),
            Some(Value::Array(texts)) => Self::Several(texts),
            Some(Value::Number(number)) => number.as_i64().map_or(Self::Missing, Self::Number),
            _ => Self::Missing,
        }
    }

    fn any_text(&self, is: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Text(text) => is(text),
            Self::Several(texts) => texts.iter().filter_map(Value::as_str).any(is),
            _ => false,
        }
    }

    fn number_is(&self, is: impl Fn(i64) -> bool) -> bool {
        matches!(self, Self::Number(number) if is(*number))
    }
}

impl Check {
    fn holds(&self, known: &Known) -> bool {
        match self {
            Self::Constant(answer) => *answer,
            Self::Exists(wanted) => *wanted != matches!(known, Known::Missing),
            Self::Texts { any_of, negated } => known.any_text(|text| any_of.iter().any(|one| one == text)) != *negated,
            Self::Ids { any_of, negated } => matches!(known, Known::Id(id) if any_of.contains(id)) != *negated,
            Self::Numbers { any_of, negated } => known.number_is(|number| any_of.contains(&number)) != *negated,
            Self::Range { min, max, negated } => {
                let inside = |number| min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max);
                known.number_is(inside) != *negated
            }
            Self::Contains(part) => known.any_text(|text| text.contains(part.as_str())),
            Self::StartsWith(start) => known.any_text(|text| text.starts_with(start.as_str())),
            Self::Near(around) => matches!(known, Known::Point(point) if around.holds(*point)),
        }
    }
}
