//! Making a condition plain: relative moments, local days, the organization's place and currency.

use uuid::Uuid;

use super::{
    Around, Centre, Check, Condition, Day, FieldTest, FieldType, InteractionTest, Moment, Near, Op, Operand, Resolved,
    ResolvedInteraction, Value,
    local_day::{bounds_of, day_number, days_before, moments_before, today},
};
use crate::{organization::Organization, time::Instant};

/// When and for whom a condition is asked.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Now.
    pub now: Instant,
    /// Whose time zone, place and currency are meant.
    pub organization: &'a Organization,
}

impl Condition {
    /// Makes the condition plain. Once per batch is enough.
    pub fn resolve(&self, frame: &Frame) -> Resolved {
        let each = |parts: &[Self]| parts.iter().map(|part| part.resolve(frame)).collect();
        match self {
            Self::All(parts) => Resolved::All(each(parts)),
            Self::Any(parts) => Resolved::Any(each(parts)),
            Self::Not(part) => Resolved::Not(Box::new(part.resolve(frame))),
            Self::Field(test) => Resolved::Field(test.field.clone(), test.resolve(frame)),
            Self::Interaction(test) => Resolved::Interaction(test.resolve(frame)),
        }
    }
}

impl InteractionTest {
    fn resolve(&self, frame: &Frame) -> ResolvedInteraction {
        ResolvedInteraction {
            kind: self.kind,
            filter: self.filter.as_ref().map(|filter| Box::new(filter.resolve(frame))),
            count: self.count,
            within: self.within_days.map(|days| (moments_before(frame.now, days), frame.now)),
        }
    }
}

impl FieldTest {
    /// The test with operands that need only be bound.
    pub fn resolve(&self, frame: &Frame) -> Check {
        match &self.operand {
            Operand::Exists(known) => Check::Exists(*known),
            Operand::Near(near) => near.resolve(frame),
            Operand::One(Value::Text { folded, .. }) if self.op == Op::Contains => Check::Contains(folded.clone()),
            Operand::One(Value::Text { folded, .. }) if self.op == Op::StartsWith => Check::StartsWith(folded.clone()),
            Operand::One(value) if !is_listed(&self.field.kind) => compare(self.op, value, value, frame),
            Operand::One(value) => self.listed(std::slice::from_ref(value), frame),
            Operand::Many(values) => self.listed(values, frame),
            Operand::Between(from, to) => compare(Op::Between, from, to, frame),
        }
    }

    /// Is one of a list.
    fn listed(&self, values: &[Value], frame: &Frame) -> Check {
        let negated = self.op.is_negated();
        match self.field.kind {
            FieldType::Id => Check::Ids { any_of: values.iter().filter_map(id).collect(), negated },
            _ if is_listed(&self.field.kind) => {
                Check::Texts { any_of: values.iter().filter_map(folded).collect(), negated }
            }
            _ => {
                let any_of: Vec<i64> =
                    values.iter().filter_map(|value| bounds(value, frame)).map(|(first, _)| first).collect();
                if any_of.is_empty() { Check::Constant(negated) } else { Check::Numbers { any_of, negated } }
            }
        }
    }
}

/// Whether values of a type are told apart, but not ordered.
const fn is_listed(kind: &FieldType) -> bool {
    use FieldType::{Choice, Choices, Country, Id, Label, Labels, Text, Texts};
    matches!(kind, Text | Label | Country | Choice(_) | Texts | Labels | Choices(_) | Id)
}

fn folded(value: &Value) -> Option<String> {
    if let Value::Text { folded, .. } = value { Some(folded.clone()) } else { None }
}

fn id(value: &Value) -> Option<Uuid> {
    if let Value::Id(id) = value { Some(*id) } else { None }
}

/// Every order is a range of whole numbers.
fn compare(op: Op, from: &Value, to: &Value, frame: &Frame) -> Check {
    let (Some((first, from_last)), Some((_, last))) = (bounds(from, frame), bounds(to, frame)) else {
        return Check::Constant(op.is_negated());
    };
    let (min, max) = match op {
        Op::Lt => (None, Some(first.saturating_sub(1))),
        Op::Lte => (None, Some(last)),
        Op::Gt => (Some(from_last.saturating_add(1)), None),
        Op::Gte => (Some(first), None),
        _ => (Some(first), Some(last)),
    };
    Check::Range { min, max, negated: op.is_negated() }
}

/// The first and the last number that a value stands for; none where it can't be compared here.
fn bounds(value: &Value, frame: &Frame) -> Option<(i64, i64)> {
    let zone = frame.organization.timezone;
    let number = match value {
        Value::Whole(number) => *number,
        Value::Decimal(number) => number.micros(),
        Value::Money { amount, currency } => {
            let foreign = currency.as_ref().is_some_and(|currency| *currency != frame.organization.base_currency);
            return (!foreign).then_some((*amount, *amount));
        }
        Value::Boolean(yes) => i64::from(*yes),
        Value::Day(Day::On(day)) => day_number(*day),
        Value::Day(Day::DaysAgo(days)) => day_number(days_before(today(frame.now, zone), *days)),
        Value::Moment(Moment::At(at)) => at.timestamp_micros(),
        Value::Moment(Moment::DaysAgo(days)) => moments_before(frame.now, *days).timestamp_micros(),
        Value::Moment(Moment::On(day)) => return Some(bounds_of(*day, zone)),
        Value::Text { .. } | Value::Id(_) => return None,
    };
    Some((number, number))
}

impl Near {
    /// An organization that does not know where it is has nothing near it.
    fn resolve(self, frame: &Frame) -> Check {
        let centre = match self.of {
            Centre::Organization => frame.organization.latitude.zip(frame.organization.longitude),
            Centre::Point { latitude, longitude } => Some((latitude, longitude)),
        };
        centre.map_or(Check::Constant(false), |(latitude, longitude)| {
            Check::Near(Around::new(latitude, longitude, self.km))
        })
    }
}
