//! Random conditions: every operator on every type that it fits, alone and combined.

use serde_json::{Value, json};

use super::{
    Dice,
    pools::{
        AMOUNTS, COUNTRIES, DAYS, DECIMALS, KILOMETRES, LABEL_PARTS, LABELS, MOMENTS, OWNERS, PARTS, PLACES, RELATIVE,
        TEAMS, TEXTS, WHOLES,
    },
};
use crate::{
    condition::{Catalogue, Field, FieldType, MAX_INTERACTION_TESTS, Of, Op},
    interactions::InteractionKind,
};

/// Fields that may be missing, of types of which most fields never are.
const OFTEN_MISSING: [&str; 8] = [
    "seniority",
    "relationship",
    "custom.single_select",
    "grade",
    "company_size",
    "bant.budget.level",
    "industry",
    "status_reason",
];

/// An operator on a type, and the fields of this type.
pub(super) struct Choice<'a> {
    pub(super) kind: &'static str,
    pub(super) op: Op,
    fields: Vec<&'a Field>,
}

/// Makes random conditions over a catalogue. Each operator on each type comes up as often as any other.
pub struct Conditions<'a> {
    on_leads: Vec<Choice<'a>>,
    on_interactions: Vec<Choice<'a>>,
}

impl<'a> Conditions<'a> {
    /// Over all fields of a catalogue that has at least one field of leads and one of interactions.
    pub fn over(catalogue: &'a Catalogue) -> Self {
        Self { on_leads: choices(catalogue, Of::Lead), on_interactions: choices(catalogue, Of::Interaction) }
    }

    /// A random condition as JSON; reading it with the same catalogue finds no fault.
    pub fn json(&self, roll: &mut impl FnMut() -> u64) -> Value {
        Tree { dice: Dice(roll), over: self, interaction_tests: MAX_INTERACTION_TESTS }.node(Of::Lead, 3)
    }
}

/// Every operator on every type that it fits.
pub(super) fn choices(catalogue: &Catalogue, of: Of) -> Vec<Choice<'_>> {
    let mut choices: Vec<Choice> = Vec::new();
    for field in catalogue.fields().iter().filter(|field| field.of == of) {
        // Those that may be missing weigh more.
        let weight = if OFTEN_MISSING.contains(&field.name.as_str()) { 12 } else { 1 };
        for op in field.kind.operators() {
            let kind = field.kind.name();
            let fields = std::iter::repeat_n(field.as_ref(), weight);
            match choices.iter_mut().find(|choice| choice.kind == kind && choice.op == *op) {
                Some(choice) => choice.fields.extend(fields),
                None => choices.push(Choice { kind, op: *op, fields: fields.collect() }),
            }
        }
    }
    choices
}

/// Grows a condition; knows how many interaction tests it may still have.
struct Tree<'a> {
    dice: Dice<'a>,
    over: &'a Conditions<'a>,
    interaction_tests: usize,
}

impl Tree<'_> {
    fn node(&mut self, of: Of, depth: usize) -> Value {
        match self.dice.below(if depth == 0 { 5 } else { 16 }) {
            0 if of == Of::Lead && self.interaction_tests > 0 => self.interaction_test(depth),
            0..=4 => self.field_test(of),
            5 | 6 => json!({ "not": self.node(of, depth - 1) }),
            7..=11 => json!({ "all": self.nodes(of, depth - 1) }),
            _ => json!({ "any": self.nodes(of, depth - 1) }),
        }
    }

    fn nodes(&mut self, of: Of, depth: usize) -> Vec<Value> {
        // An empty list now and then: all of nothing, any of nothing.
        let many = if self.dice.one_in(20) { 0 } else { 2 + self.dice.below(2) };
        (0..many).map(|_| self.node(of, depth)).collect()
    }

    fn field_test(&mut self, of: Of) -> Value {
        let choice = self.dice.pick(match of {
            Of::Lead => &self.over.on_leads,
            Of::Interaction => &self.over.on_interactions,
        });
        let field = *self.dice.pick(&choice.fields);
        json!({ "field": field.name, "op": choice.op, "value": self.dice.operand(field, choice.op) })
    }

    fn interaction_test(&mut self, depth: usize) -> Value {
        self.interaction_tests -= 1;
        let mut test = json!({ "interaction": self.dice.pick(&InteractionKind::ALL[..4]) });
        if self.dice.one_in(2) {
            test["where"] = self.node(Of::Interaction, depth.min(1));
        }
        if self.dice.one_in(2) {
            test["count"] = self.dice.count();
        }
        if self.dice.one_in(2) {
            test["within_days"] = json!(self.dice.pick(&RELATIVE[1..]));
        }
        test
    }
}

impl Dice<'_> {
    fn operand(&mut self, field: &Field, op: Op) -> Value {
        match op {
            Op::Exists => json!(self.one_in(2)),
            Op::In | Op::NotIn => (0..1 + self.below(4)).map(|_| self.value(field)).collect(),
            Op::Between => self.range(field),
            Op::Contains | Op::StartsWith => match field.kind {
                FieldType::Label | FieldType::Labels => json!(self.pick(&LABEL_PARTS)),
                _ => json!(self.pick(&PARTS)),
            },
            Op::WithinKm => {
                let (latitude, longitude) = *self.pick(&PLACES);
                let point = json!({ "latitude": latitude, "longitude": longitude });
                let of = if self.one_in(2) { json!("organization") } else { point };
                json!({ "of": of, "km": self.pick(&KILOMETRES) })
            }
            _ => self.value(field),
        }
    }

    fn value(&mut self, field: &Field) -> Value {
        match &field.kind {
            FieldType::Text | FieldType::Texts => json!(self.pick(&TEXTS)),
            FieldType::Label | FieldType::Labels => json!(self.pick(&LABELS)),
            FieldType::Country => json!(self.pick(&COUNTRIES)),
            FieldType::Choice(options) | FieldType::Choices(options) => json!(self.pick(options)),
            FieldType::Id if field.name == "team_id" => json!(self.pick(&TEAMS)),
            FieldType::Id => json!(self.pick(&OWNERS)),
            FieldType::Whole => json!(self.pick(&WHOLES)),
            FieldType::Decimal => json!(self.pick(&DECIMALS)),
            FieldType::Money => {
                let amount = self.pick(&AMOUNTS);
                match self.below(6) {
                    0 => json!({ "amount": amount, "currency": "EUR" }),
                    1 => json!({ "amount": amount, "currency": "USD" }),
                    _ => json!(amount),
                }
            }
            FieldType::Boolean => json!(self.one_in(2)),
            FieldType::Date if self.one_in(4) => self.relative(),
            FieldType::Date => json!(self.pick(&DAYS)),
            FieldType::Instant => match self.below(3) {
                0 => json!(self.pick(&MOMENTS)),
                1 => json!(self.pick(&DAYS)),
                _ => self.relative(),
            },
            FieldType::Place => Value::Null,
        }
    }

    fn relative(&mut self) -> Value {
        let days = self.pick(&RELATIVE);
        if self.one_in(4) { json!({ "days_ahead": days }) } else { json!({ "days_ago": days }) }
    }

    /// Two values of one pool in its order, which is ascending.
    fn range(&mut self, field: &Field) -> Value {
        fn pair<T: Clone>(dice: &mut Dice, pool: &[T]) -> (T, T) {
            let (a, b) = (dice.below(pool.len()), dice.below(pool.len()));
            (pool[a.min(b)].clone(), pool[a.max(b)].clone())
        }
        match &field.kind {
            FieldType::Whole => json!(pair(self, &WHOLES)),
            FieldType::Decimal => json!(pair(self, &DECIMALS)),
            FieldType::Money => json!(pair(self, &AMOUNTS)),
            FieldType::Instant if self.one_in(3) => {
                let (later, earlier) = pair(self, &RELATIVE);
                json!([{ "days_ago": earlier }, { "days_ago": later }])
            }
            FieldType::Instant if self.one_in(2) => json!(pair(self, &MOMENTS)),
            _ => json!(pair(self, &DAYS)),
        }
    }

    fn count(&mut self) -> Value {
        match self.below(6) {
            0 => json!({ "eq": self.below(3) }),
            1 => json!({ "lt": 1 + self.below(2) }),
            2 => json!({ "lte": self.below(2) }),
            3 => json!({ "gt": self.below(2) }),
            4 => json!({ "gte": self.below(3) }),
            _ => json!({ "between": [self.below(2), 1 + self.below(2)] }),
        }
    }
}
