#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Component, Draft, RuleKind, testing::Case};
use crate::{condition::Catalogue, fault::At, sample::organization};

fn parse(json: &Value) -> Result<Draft, Vec<(String, String)>> {
    Draft::parse(json, &Catalogue::new(&[])).map_err(|faults| {
        let place = |at| match at {
            At::Pointer(pointer) => pointer,
            At::Parameter(name) | At::Header(name) => name,
        };
        faults.into_iter().map(|fault| (place(fault.at), fault.code)).collect()
    })
}

#[test]
fn a_model_reads_back_as_it_was_written() {
    let mut case = Case::new();
    case.organization.settings.profile_technologies = vec!["Salesforce".into()];
    let draft = super::default_model(&organization(), &Catalogue::new(&[])).unwrap();
    assert_eq!(parse(&draft.to_json()).unwrap(), draft);
}

#[test]
fn an_interaction_rule_needs_little() {
    let json = json!({ "rules": [{ "name": "Call", "interaction": "call", "points": 3 }] });
    let rule = parse(&json).unwrap().rules.remove(0);
    assert_eq!((rule.component, rule.points), (Component::Behavioral, 3));
    let RuleKind::Behaviour(behaviour) = rule.kind else { unreachable!() };
    assert_eq!((behaviour.max_count, behaviour.half_life_days, behaviour.filter), (None, None, None));
}

#[test]
fn all_faults_come_at_once_each_at_its_place() {
    let json = json!({ "rulez": [], "thresholds": { "warm_from": 90 }, "rules": [
        { "name": "A", "component": "demografic", "points": 1.5, "when": { "field": "cuntry", "op": "eq", "value": "US" } },
        { "component": "adjustment", "points": 0 },
        { "name": "A", "interaction": "page_viewed", "points": 101, "max_count": 0, "half_life_days": -1,
          "where": { "field": "country", "op": "eq", "value": "US" }, "when": {} },
        7,
    ] });
    let faults = parse(&json).unwrap_err();
    let places: Vec<&str> = faults.iter().map(|(place, _)| place.as_str()).collect();
    for place in [
        "#/rulez",
        "#/thresholds/hot_from",
        "#/rules/0/component",
        "#/rules/0/points",
        "#/rules/0/when/field",
        "#/rules/1/name",
        "#/rules/1/component",
        "#/rules/1/points",
        "#/rules/1/when",
        "#/rules/2/when",
        "#/rules/2/points",
        "#/rules/2/max_count",
        "#/rules/2/half_life_days",
        "#/rules/3",
    ] {
        assert!(places.contains(&place), "{place} is not in {places:?}");
    }
    assert!(places.iter().any(|place| place.starts_with("#/rules/2/where")), "{places:?}");
}

#[test]
fn two_rules_of_one_name_are_a_fault() {
    let rule = json!({ "name": "Call", "interaction": "call", "points": 3 });
    let faults = parse(&json!({ "rules": [rule, rule] })).unwrap_err();
    assert_eq!(faults, [("#/rules/1/name".to_owned(), "duplicate".to_owned())]);
}

#[test]
fn a_misspelt_word_comes_with_its_repair() {
    let json = json!({ "rules": [{ "name": "Mail", "interaction": "email_open", "points": 3 }] });
    let faults = Draft::parse(&json, &Catalogue::new(&[])).unwrap_err();
    assert_eq!(faults[0].suggestion, Some(json!("email_opened")));
}

fn any_json() -> impl Strategy<Value = Value> {
    let words =
        prop::sample::select(vec!["rules", "name", "when", "interaction", "points", "where", "thresholds", "all"]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        words.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((words.clone(), inner), 0..6)
                .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    /// Whatever comes from outside is read or refused with reasons.
    #[test]
    fn nothing_panics_and_a_refusal_has_faults(json in any_json()) {
        if let Err(faults) = parse(&json) {
            prop_assert!(!faults.is_empty());
        }
        if let Err(faults) = parse(&json!({ "rules": [json] })) {
            prop_assert!(!faults.is_empty());
        }
    }
}
