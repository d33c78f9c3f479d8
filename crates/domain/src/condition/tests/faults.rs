//! What is wrong with a condition is said at the node, all at once.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    condition::{Catalogue, Condition, arbitrary::custom_fields},
    fault::{At, Fault},
};

fn faults(json: &Value) -> Vec<Fault> {
    Condition::parse(json, &Catalogue::new(&custom_fields())).expect_err("faults")
}

/// Pointers and codes.
fn places(json: &Value) -> Vec<(String, String)> {
    let place = |fault: Fault| match fault.at {
        At::Pointer(pointer) => (pointer, fault.code),
        at => panic!("{at:?}"),
    };
    faults(json).into_iter().map(place).collect()
}

fn only(json: &Value) -> (String, String) {
    let mut places = places(json);
    assert_eq!(places.len(), 1, "{json}: {places:?}");
    places.remove(0)
}

fn at(pointer: &str, code: &str) -> (String, String) {
    (pointer.into(), code.into())
}

#[test]
fn all_faults_come_at_once_and_point_at_their_nodes() {
    let json = json!({ "all": [
        { "field": "contry", "op": "eq", "value": "US" },
        { "field": "score", "op": "contains", "value": 5 },
        { "any": [{ "field": "status", "op": "in", "value": ["new", "contactd"], "case": true }] },
        { "interaction": "page_view", "where": { "field": "interaction.url", "op": "eq", "value": 1 },
          "count": { "gte": -1 }, "within_days": 0 },
        { "not": 5 },
    ] });
    assert_eq!(
        places(&json),
        [
            at("#/all/0/field", "unknown_field"),
            at("#/all/1/op", "operator_does_not_fit"),
            at("#/all/2/any/0/case", "unknown_member"),
            at("#/all/2/any/0/value/1", "unknown_option"),
            at("#/all/3/interaction", "unknown_option"),
            at("#/all/3/where/value", "invalid_value"),
            at("#/all/3/count/gte", "invalid_value"),
            at("#/all/3/within_days", "invalid_value"),
            at("#/all/4/not", "not_a_condition"),
        ]
    );
}

#[test]
fn what_was_meant_is_suggested() {
    for (json, meant) in [
        (json!({ "field": "contry", "op": "eq", "value": "US" }), "country"),
        (json!({ "field": "utm_source", "op": "eq", "value": "x" }), "first_touch.utm_source"),
        (json!({ "field": "custom.nmber", "op": "eq", "value": 1 }), "custom.number"),
        (json!({ "field": "score", "op": "between_", "value": [1, 2] }), "between"),
        (json!({ "field": "status", "op": "eq", "value": "qualifed" }), "qualified"),
        (json!({ "field": "country", "op": "eq", "value": "Germany" }), "DE"),
        (json!({ "field": "country", "op": "eq", "value": "usa" }), "US"),
        (json!({ "interaction": "page_viewd" }), "page_viewed"),
        (json!({ "interaction": "page_viewed", "within_day": 3 }), "within_days"),
        (json!({ "al": [] }), "all"),
    ] {
        assert_eq!(faults(&json)[0].suggestion, Some(json!(meant)), "{json}");
    }
}

#[test]
fn a_misfitting_operator_names_those_that_fit() {
    let faults = faults(&json!({ "field": "first_name", "op": "lt", "value": "m" }));
    assert_eq!(
        faults[0].detail,
        "lt does not fit first_name, a text; eq, ne, in, not_in, contains, starts_with, exists do"
    );
}

#[test]
fn values_fit_their_types() {
    let value = |field: &str, op: &str, value: Value| only(&json!({ "field": field, "op": op, "value": value }));
    for (field, op, wrong, code) in [
        ("score", "eq", json!(1.5), "invalid_value"),
        ("score", "eq", json!("5"), "invalid_value"),
        ("score", "lt", json!(i64::MIN), "invalid_value"),
        ("growth_rate", "eq", json!(1e300), "invalid_value"),
        ("first_name", "eq", json!(null), "invalid_value"),
        ("first_name", "eq", json!(" \u{301}\n"), "blank_value"),
        ("first_name", "eq", json!("x".repeat(1_001)), "text_too_long"),
        ("owner_id", "eq", json!("me"), "invalid_id"),
        ("custom.boolean", "eq", json!(1), "invalid_value"),
        ("birth_date", "eq", json!("2026-02-30"), "invalid_date"),
        ("birth_date", "eq", json!("2026-01-31T09:30:00Z"), "invalid_date"),
        ("birth_date", "eq", json!({ "days_ago": -1 }), "invalid_value"),
        ("created_at", "eq", json!("2026-01-31T09:30:00"), "invalid_datetime"),
        ("created_at", "lte", json!("9999-12-31"), "invalid_datetime"),
        ("created_at", "lte", json!("0001-01-01T00:00:00+14:00"), "invalid_datetime"),
        ("created_at", "gte", json!({ "days_ago": 1, "days_ahead": 1 }), "invalid_value"),
        ("annual_revenue", "gte", json!({ "amount": 5, "currency": "dollars" }), "invalid_value"),
        ("annual_revenue", "gte", json!({ "amount": 5, "currency": "USD", "x": 1 }), "invalid_value"),
        ("tags", "in", json!("hot"), "invalid_value"),
        ("tags", "in", json!([]), "invalid_value"),
        ("tags", "exists", json!("yes"), "invalid_value"),
        ("score", "between", json!([1]), "invalid_value"),
        ("score", "between", json!([2, 1]), "range_runs_backwards"),
        ("created_at", "between", json!([{ "days_ago": 1 }, { "days_ago": 2 }]), "range_runs_backwards"),
        ("location", "within_km", json!(5), "invalid_value"),
    ] {
        assert_eq!(value(field, op, wrong.clone()), at("#/value", code), "{field} {op} {wrong}");
    }
    assert_eq!(only(&json!({ "field": "tags", "op": "eq" })), at("#", "missing_value"));
    let near = json!({ "of": { "latitude": 91, "longitude": 0, "x": 1 }, "km": 0 });
    assert_eq!(
        places(&json!({ "field": "location", "op": "within_km", "value": near })),
        [
            at("#/value/of/x", "unknown_member"),
            at("#/value/of/latitude", "invalid_value"),
            at("#/value/km", "invalid_value"),
        ]
    );
}

#[test]
fn fields_stay_in_their_place() {
    let about_lead = json!({ "field": "country", "op": "eq", "value": "US" });
    let about_visit = json!({ "field": "interaction.url", "op": "exists" });
    assert_eq!(only(&json!({ "interaction": "call", "where": about_lead })), at("#/where/field", "field_out_of_place"));
    assert_eq!(only(&about_visit), at("#/field", "field_out_of_place"));
    let nested = json!({ "interaction": "call", "where": { "not": { "interaction": "call" } } });
    assert_eq!(only(&nested), at("#/where/not", "nested_interaction"));
}

#[test]
fn a_field_that_a_caller_may_not_see_does_not_exist() {
    let masked = Catalogue::new(&[]).without(|field| field.name == "annual_revenue");
    let json = json!({ "field": "annual_revenue", "op": "gte", "value": 1 });
    assert_eq!(Condition::parse(&json, &masked).unwrap_err()[0].code, "unknown_field");
}

fn nested(depth: usize) -> Value {
    (1..depth).fold(json!({ "all": [] }), |inner, _| json!({ "not": inner }))
}

#[test]
fn conditions_stay_small() {
    let catalogue = Catalogue::new(&[]);
    let reads = |json: &Value| Condition::parse(json, &catalogue).is_ok();
    let test = json!({ "field": "tags", "op": "exists" });

    assert!(reads(&nested(8)));
    assert_eq!(only(&nested(9)), at("#/not/not/not/not/not/not/not/not", "condition_too_deep"));

    assert!(reads(&json!({ "all": vec![test.clone(); 99] })));
    assert_eq!(only(&json!({ "all": vec![test; 300] })), at("#/all/99", "condition_too_large"));

    let list = |many: usize| json!({ "field": "score", "op": "in", "value": vec![1; many] });
    assert!(reads(&json!({ "all": [list(400), list(600)] })));
    assert_eq!(only(&json!({ "all": [list(400), list(601), list(5)] })), at("#/all/1/value", "condition_too_large"));

    let calls = |many: usize| json!({ "any": vec![json!({ "interaction": "call" }); many] });
    assert!(reads(&calls(5)));
    assert_eq!(only(&calls(6)), at("#/any/5", "condition_too_large"));
}

#[test]
fn a_node_is_one_thing() {
    assert_eq!(only(&json!({})), at("#", "not_a_condition"));
    assert_eq!(only(&json!([])), at("#", "not_a_condition"));
    assert_eq!(only(&json!({ "all": [], "any": [] })), at("#", "ambiguous_condition"));
    assert_eq!(only(&json!({ "all": {} })), at("#/all", "not_a_list"));
    assert_eq!(only(&json!({ "all": [], "a/b~c": 1 })), at("#/a~1b~0c", "unknown_member"));
}

/// JSON that is nearly a condition.
fn nearly() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "all",
        "any",
        "not",
        "field",
        "op",
        "value",
        "interaction",
        "where",
        "count",
        "within_days",
        "eq",
        "in",
        "between",
        "within_km",
        "score",
        "tags",
        "created_at",
        "location",
        "call",
        "days_ago",
        "of",
        "km",
        "é\u{0}",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

/// A value where some test of a field has one.
fn misplaced() -> impl Strategy<Value = Value> {
    let catalogue = Catalogue::new(&custom_fields());
    let tests = catalogue.fields().iter().flat_map(|f| f.kind.operators().iter().map(|op| (f.name.clone(), *op)));
    (prop::sample::select(tests.collect::<Vec<_>>()), nearly())
        .prop_map(|((field, op), value)| json!({ "field": field, "op": op, "value": value }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn nothing_that_comes_in_panics_and_what_is_refused_says_why(json in prop_oneof![nearly(), misplaced()]) {
        let catalogue = Catalogue::new(&custom_fields());
        match Condition::parse(&json, &catalogue) {
            Ok(read) => prop_assert_eq!(Condition::parse(&read.to_json(), &catalogue), Ok(read)),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
