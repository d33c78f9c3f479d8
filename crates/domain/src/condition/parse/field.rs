//! Reading a field test.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::{Place, Reader, Wrong, near, values};
use crate::{
    condition::{Day, Field, FieldTest, FieldType, Moment, Of, Op, Operand, Value},
    fault::nearest,
};

impl Reader<'_> {
    pub(super) fn field_test(&mut self, members: &Map<String, Json>, place: &Place) -> Option<FieldTest> {
        self.only(&["field", "op", "value"], members, &place.pointer);
        let field = self.field(members.get("field"), place);
        let op = self.op(members.get("op"), field.as_deref(), place);
        let (field, op) = (field?, op?);
        let operand = self.operand(members.get("value"), &field, op, &place.at("value"), &place.pointer)?;
        Some(FieldTest { field, op, operand })
    }

    fn field(&mut self, written: Option<&Json>, place: &Place) -> Option<Arc<Field>> {
        let pointer = place.at("field");
        let Some(name) = written.and_then(Json::as_str) else {
            return self.wrong(pointer, Wrong::new("invalid_value", "field takes the name of a field"));
        };
        match self.catalogue.get(name) {
            Some(field) if field.of == place.of => Some(field.clone()),
            Some(_) => {
                let detail = match place.of {
                    Of::Lead => format!("{name} can only be tested in the where of an interaction test"),
                    Of::Interaction => {
                        format!("{name} belongs to the lead; where tests interaction fields. Put it beside the test")
                    }
                };
                self.wrong(pointer, Wrong::new("field_out_of_place", detail))
            }
            None => {
                let meant = self.catalogue.nearest(name, place.of).map(str::to_owned);
                let detail = "There is no field of this name; GET /conditions/fields lists all";
                self.wrong(pointer, Wrong::new("unknown_field", detail).suggesting(meant))
            }
        }
    }

    fn op(&mut self, written: Option<&Json>, field: Option<&Field>, place: &Place) -> Option<Op> {
        let fitting = field.map_or(Op::ALL, |field| field.kind.operators());
        let words: Vec<&str> = fitting.iter().map(|op| op.as_str()).collect();
        let pointer = place.at("op");
        let Some(word) = written.and_then(Json::as_str) else {
            let detail = format!("op takes one of {}", words.join(", "));
            return self.wrong(pointer, Wrong::new("invalid_value", detail));
        };
        match Op::parse(word) {
            Some(op) if fitting.contains(&op) => Some(op),
            Some(_) => {
                let (name, kind) = field.map_or(("it", "this"), |field| (&field.name, field.kind.name()));
                let detail = format!("{word} does not fit {name}, a {kind}; {} do", words.join(", "));
                self.wrong(pointer, Wrong::new("operator_does_not_fit", detail))
            }
            None => {
                let meant = nearest(word, words.iter().copied());
                let detail = format!("There is no operator of this name; use one of {}", words.join(", "));
                self.wrong(pointer, Wrong::new("unknown_operator", detail).suggesting(meant))
            }
        }
    }

    fn operand(&mut self, json: Option<&Json>, field: &Field, op: Op, at: &str, node: &str) -> Option<Operand> {
        let Some(json) = json else {
            // `exists` speaks for itself.
            if op == Op::Exists {
                return Some(Operand::Exists(true));
            }
            return self.wrong(node, Wrong::new("missing_value", format!("{op} needs a value")));
        };
        match op {
            Op::Exists => match json.as_bool() {
                Some(known) => Some(Operand::Exists(known)),
                None => self.wrong(at, Wrong::new("invalid_value", "exists takes true or false")),
            },
            Op::WithinKm => self.near(json, at),
            Op::In | Op::NotIn => self.many(json, field, op, at).map(Operand::Many),
            Op::Between => self.between(json, field, at),
            _ => {
                self.more_values(1, at)?;
                self.one(json, field, op, at).map(Operand::One)
            }
        }
    }

    fn near(&mut self, json: &Json, at: &str) -> Option<Operand> {
        self.more_values(1, at)?;
        match near::near(json) {
            Ok(near) => Some(Operand::Near(near)),
            Err(wrongs) => {
                for (below, wrong) in wrongs {
                    let _: Option<()> = self.wrong(format!("{at}{below}"), wrong);
                }
                None
            }
        }
    }

    fn one(&mut self, json: &Json, field: &Field, op: Op, at: &str) -> Option<Value> {
        match values::read(json, &field.kind, op) {
            Ok(value) => Some(value),
            Err(wrong) => self.wrong(at, wrong),
        }
    }

    fn many(&mut self, json: &Json, field: &Field, op: Op, at: &str) -> Option<Vec<Value>> {
        let list = json.as_array().filter(|list| !list.is_empty());
        let Some(list) = list else {
            return self.wrong(at, Wrong::new("invalid_value", format!("{op} takes a list of at least one value")));
        };
        self.more_values(list.len(), at)?;
        let read: Vec<Option<Value>> =
            list.iter().enumerate().map(|(n, json)| self.one(json, field, op, &format!("{at}/{n}"))).collect();
        read.into_iter().collect()
    }

    fn between(&mut self, json: &Json, field: &Field, at: &str) -> Option<Operand> {
        let Some([from, to]) = json.as_array().map(Vec::as_slice) else {
            return self.wrong(at, Wrong::new("invalid_value", "between takes a list of two values: from and to"));
        };
        self.more_values(2, at)?;
        let from = self.one(from, field, Op::Between, &format!("{at}/0"));
        let to = self.one(to, field, Op::Between, &format!("{at}/1"));
        let (from, to) = (from?, to?);
        match misfit(&from, &to, &field.kind) {
            Some(wrong) => self.wrong(at, wrong),
            None => Some(Operand::Between(from, to)),
        }
    }
}

/// Why two values do not make a range. What depends on now is not judged: such a range may be empty.
fn misfit(from: &Value, to: &Value, kind: &FieldType) -> Option<Wrong> {
    let backwards = match (from, to) {
        (Value::Whole(from), Value::Whole(to)) => from > to,
        (Value::Decimal(from), Value::Decimal(to)) => from > to,
        (Value::Money { amount, currency }, Value::Money { amount: most, currency: other }) => {
            if currency != other {
                return Some(Wrong::new("currencies_differ", "Both amounts of a range are in one currency"));
            }
            amount > most
        }
        (Value::Day(Day::On(from)), Value::Day(Day::On(to))) => from > to,
        (Value::Moment(Moment::At(from)), Value::Moment(Moment::At(to))) => from > to,
        (Value::Moment(Moment::On(from)), Value::Moment(Moment::On(to))) => from > to,
        (Value::Day(Day::DaysAgo(from)), Value::Day(Day::DaysAgo(to)))
        | (Value::Moment(Moment::DaysAgo(from)), Value::Moment(Moment::DaysAgo(to))) => from < to,
        _ => false,
    };
    let detail = format!("The range of this {} runs backwards; give the lesser value first", kind.name());
    backwards.then(|| Wrong::new("range_runs_backwards", detail))
}
