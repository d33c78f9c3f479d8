use serde_json::{Map, Value};

use super::Policy;
use crate::leads::parts::Bant;

/// Unites what is known of budget, authority, need and timeline with what comes in, member by member: with
/// [`Policy::Update`] what comes in wins where it says something, with every other policy only what is unknown is filled.
pub fn unite_bant(existing: &Bant, incoming: &Bant, policy: Policy) -> Bant {
    let (Ok(Value::Object(mut known)), Ok(Value::Object(told))) =
        (serde_json::to_value(existing), serde_json::to_value(incoming))
    else {
        return existing.clone();
    };
    for (part, told) in told {
        if let (Some(Value::Object(known)), Value::Object(told)) = (known.get_mut(&part), told) {
            take(known, told, policy == Policy::Update);
        }
    }
    serde_json::from_value(Value::Object(known)).unwrap_or_else(|_| existing.clone())
}

fn take(known: &mut Map<String, Value>, told: Map<String, Value>, wins: bool) {
    for (member, value) in told.into_iter().filter(|(_, value)| says(value)) {
        let blank = known.get(&member).is_none_or(|value| !says(value));
        if wins || blank {
            known.insert(member, value);
        }
    }
}

fn says(value: &Value) -> bool {
    !value.is_null() && value != "unknown"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    fn bant(value: Value) -> Bant {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn what_comes_in_wins_or_fills() {
        let known = bant(json!({"budget": {"state": "met", "level": 3}, "need": {"state": "not_met"}}));
        let told = bant(json!({"budget": {"level": 5, "controller": "contact"}, "need": {"state": "met"}}));
        let updated = unite_bant(&known, &told, Policy::Update);
        let wins = json!({"budget": {"state": "met", "level": 5, "controller": "contact"}, "need": {"state": "met"}});
        assert_eq!(updated, bant(wins));
        let filled = unite_bant(&known, &told, Policy::FillBlanks);
        let fills =
            json!({"budget": {"state": "met", "level": 3, "controller": "contact"}, "need": {"state": "not_met"}});
        assert_eq!(filled, bant(fills));
        assert_eq!(unite_bant(&known, &Bant::default(), Policy::Update), known);
    }
}
