//! Reading an interaction test.

use serde_json::{Map, Value as Json};

use super::{Place, Reader, Wrong, moments::MAX_DAYS};
use crate::{
    condition::{Condition, Count, InteractionTest, Of, Op},
    fault::nearest,
    interactions::InteractionKind,
};

/// How often something may be asked to have happened.
const MAX_COUNT: i64 = 1_000_000;
const COUNT_OPS: [&str; 6] = ["eq", "lt", "lte", "gt", "gte", "between"];

impl Reader<'_> {
    pub(super) fn interaction_test(&mut self, members: &Map<String, Json>, place: &Place) -> Option<InteractionTest> {
        if place.of == Of::Interaction {
            let detail = "The where of an interaction test can't hold another; put it beside the test";
            return self.wrong(&place.pointer, Wrong::new("nested_interaction", detail));
        }
        self.only(&["interaction", "where", "count", "within_days"], members, &place.pointer);
        self.one_more_interaction_test(place)?;
        let kind = self.kind(members.get("interaction"), place);
        let filter = match members.get("where") {
            Some(json) => self.filter(json, place).map(Some),
            None => Some(None),
        };
        let count = members.get("count").map_or(Some(Count::ONCE), |json| self.count(json, &place.at("count")));
        let within_days = match members.get("within_days") {
            Some(json) => self.within_days(json, place).map(Some),
            None => Some(None),
        };
        Some(InteractionTest { kind: kind?, filter: filter?, count: count?, within_days: within_days? })
    }

    fn kind(&mut self, written: Option<&Json>, place: &Place) -> Option<InteractionKind> {
        let word = written.and_then(Json::as_str).unwrap_or_default();
        InteractionKind::parse(word).or_else(|| {
            let meant = nearest(word, InteractionKind::WORDS.iter().copied());
            let detail = format!("Give one of {}", InteractionKind::WORDS.join(", "));
            self.wrong(place.at("interaction"), Wrong::new("unknown_option", detail).suggesting(meant))
        })
    }

    fn filter(&mut self, json: &Json, place: &Place) -> Option<Box<Condition>> {
        let below = Place { of: Of::Interaction, ..place.below(place.at("where")) };
        self.node(json, &below).map(Box::new)
    }

    fn within_days(&mut self, json: &Json, place: &Place) -> Option<i64> {
        json.as_i64().filter(|days| (1..=MAX_DAYS).contains(days)).or_else(|| {
            let detail = format!("Give a whole number of days from 1 to {MAX_DAYS}");
            self.wrong(place.at("within_days"), Wrong::new("invalid_value", detail))
        })
    }

    fn count(&mut self, json: &Json, at: &str) -> Option<Count> {
        let members = json.as_object().filter(|members| members.len() == 1);
        let Some((word, value)) = members.and_then(|members| members.iter().next()) else {
            let detail = format!(r#"Give one comparison, such as {{"gte": 2}}; known are {}"#, COUNT_OPS.join(", "));
            return self.wrong(at, Wrong::new("invalid_value", detail));
        };
        let Some(op) = Op::parse(word).filter(|op| COUNT_OPS.contains(&op.as_str())) else {
            let meant = nearest(word, COUNT_OPS);
            let detail = format!("A count is compared with one of {}", COUNT_OPS.join(", "));
            return self.wrong(at, Wrong::new("unknown_operator", detail).suggesting(meant));
        };
        self.more_values(1, at)?;
        match range(op, value) {
            Ok(count) => Some(count),
            Err(wrong) => self.wrong(format!("{at}/{op}"), wrong),
        }
    }
}

fn range(op: Op, json: &Json) -> Result<Count, Wrong> {
    let times = |json: &Json| json.as_i64().filter(|times| (0..=MAX_COUNT).contains(times));
    let wrong = || Wrong::new("invalid_value", format!("Give a whole number from 0 to {MAX_COUNT}"));
    if op == Op::Between {
        let both = json.as_array().filter(|both| both.len() == 2);
        let [min, max] = [0, 1].map(|at| both.and_then(|both| times(&both[at])));
        let range = min.zip(max).filter(|(min, max)| min <= max);
        let detail = "between takes a list of two whole numbers, the lesser first";
        return range
            .map(|(min, max)| Count { min, max: Some(max) })
            .ok_or_else(|| Wrong::new("invalid_value", detail));
    }
    let times = times(json).ok_or_else(wrong)?;
    match op {
        Op::Lt if times == 0 => Err(Wrong::new("invalid_value", "Nothing happens less than 0 times")),
        Op::Lt => Ok(Count { min: 0, max: Some(times - 1) }),
        Op::Lte => Ok(Count { min: 0, max: Some(times) }),
        Op::Gt if times == MAX_COUNT => Err(wrong()),
        Op::Gt => Ok(Count { min: times + 1, max: None }),
        Op::Gte => Ok(Count { min: times, max: None }),
        _ => Ok(Count { min: times, max: Some(times) }),
    }
}
