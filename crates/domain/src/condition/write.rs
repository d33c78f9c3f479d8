//! A condition as canonical JSON, which reads back as the same condition.

use serde_json::{Map, Value as Json, json};

use super::{Centre, Condition, Count, Day, FieldTest, InteractionTest, Moment, Near, Operand, Value};
use crate::{quantity::Decimal, time::to_rfc3339};

impl Condition {
    /// The condition as JSON.
    pub fn to_json(&self) -> Json {
        let list = |parts: &[Self]| Json::Array(parts.iter().map(Self::to_json).collect());
        match self {
            Self::All(parts) => json!({ "all": list(parts) }),
            Self::Any(parts) => json!({ "any": list(parts) }),
            Self::Not(part) => json!({ "not": part.to_json() }),
            Self::Field(test) => test.to_json(),
            Self::Interaction(test) => test.to_json(),
        }
    }
}

impl FieldTest {
    fn to_json(&self) -> Json {
        let value = match &self.operand {
            Operand::Exists(known) => json!(known),
            Operand::One(value) => value.to_json(),
            Operand::Many(values) => values.iter().map(Value::to_json).collect(),
            Operand::Between(from, to) => json!([from.to_json(), to.to_json()]),
            Operand::Near(near) => near.to_json(),
        };
        json!({ "field": self.field.name, "op": self.op, "value": value })
    }
}

impl InteractionTest {
    fn to_json(&self) -> Json {
        let mut out = Map::new();
        out.insert("interaction".into(), json!(self.kind));
        if let Some(filter) = &self.filter {
            out.insert("where".into(), filter.to_json());
        }
        out.insert("count".into(), self.count.to_json());
        if let Some(days) = self.within_days {
            out.insert("within_days".into(), json!(days));
        }
        Json::Object(out)
    }
}

impl Count {
    fn to_json(self) -> Json {
        match (self.min, self.max) {
            (min, None) => json!({ "gte": min }),
            (min, Some(max)) if min == max => json!({ "eq": min }),
            (0, Some(max)) => json!({ "lte": max }),
            (min, Some(max)) => json!({ "between": [min, max] }),
        }
    }
}

impl Value {
    fn to_json(&self) -> Json {
        match self {
            Self::Text { given, .. } => json!(given),
            Self::Id(id) => json!(id),
            Self::Whole(number) => json!(number),
            Self::Decimal(number) => decimal(*number),
            Self::Money { amount, currency: None } => json!(amount),
            Self::Money { amount, currency: Some(currency) } => json!({ "amount": amount, "currency": currency }),
            Self::Boolean(yes) => json!(yes),
            Self::Day(Day::On(day)) | Self::Moment(Moment::On(day)) => json!(day),
            Self::Day(Day::DaysAgo(days)) | Self::Moment(Moment::DaysAgo(days)) => relative(*days),
            Self::Moment(Moment::At(at)) => json!(to_rfc3339(*at)),
        }
    }
}

impl Near {
    fn to_json(self) -> Json {
        let of = match self.of {
            Centre::Organization => json!("organization"),
            Centre::Point { latitude, longitude } => {
                json!({ "latitude": decimal(latitude), "longitude": decimal(longitude) })
            }
        };
        json!({ "of": of, "km": decimal(self.km) })
    }
}

fn relative(days_ago: i64) -> Json {
    if days_ago < 0 { json!({ "days_ahead": -days_ago }) } else { json!({ "days_ago": days_ago }) }
}

/// Whole numbers without a decimal point.
fn decimal(number: Decimal) -> Json {
    let micros = number.micros();
    if micros % Decimal::SCALE == 0 { json!(micros / Decimal::SCALE) } else { json!(number) }
}
