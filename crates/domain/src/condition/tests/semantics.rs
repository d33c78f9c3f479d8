//! What field tests mean.

use serde_json::{Value, json};

use super::{blank, holds, now, parse};
use crate::{
    condition::{Catalogue, Check, Frame, Resolved, arbitrary::organization},
    leads::{Profile, Status},
    quantity::{Decimal, Money, WholeRange},
};

fn test(field: &str, op: &str, value: Value) -> Value {
    json!({ "field": field, "op": op, "value": value })
}

fn of_profile(json: &Value, profile: Profile) -> bool {
    let mut sample = blank();
    sample.lead.profile = profile;
    holds(json, &sample)
}

#[test]
fn all_of_nothing_is_everybody_and_any_of_nothing_is_nobody() {
    assert!(holds(&json!({ "all": [] }), &blank()));
    assert!(!holds(&json!({ "any": [] }), &blank()));
    assert!(holds(&json!({ "not": { "any": [] } }), &blank()));
}

#[test]
fn a_missing_value_fails_every_test_but_the_negations() {
    let whole = |op| (op, json!(5));
    for (op, value) in [
        whole("eq"),
        whole("lt"),
        whole("lte"),
        whole("gt"),
        whole("gte"),
        ("in", json!([5])),
        ("between", json!([0, 9])),
        ("exists", json!(true)),
    ] {
        assert!(!holds(&test("grade", op, value.clone()), &blank()), "{op}");
        assert!(holds(&json!({ "not": test("grade", op, value) }), &blank()), "not {op}");
    }
    for (op, value) in [("ne", json!(5)), ("not_in", json!([5])), ("exists", json!(false))] {
        assert!(holds(&test("grade", op, value), &blank()), "{op}");
    }
    for op in ["contains", "starts_with"] {
        assert!(!holds(&test("city", op, json!("a")), &blank()), "{op}");
    }
    assert!(!holds(&test("location", "within_km", json!({ "of": "organization", "km": 20_100 })), &blank()));
}

#[test]
fn text_compares_without_case_accents_and_extra_spaces() {
    let city = |op: &str, value: Value, city: &str| {
        of_profile(&test("city", op, value), Profile { city: Some(city.into()), ..Profile::default() })
    };
    assert!(city("eq", json!("ECOLE  normale"), "École Normale"));
    assert!(city("contains", json!("STRASSE"), "Lange Straße 5"));
    assert!(city("starts_with", json!("são"), "Sao Paulo"));
    assert!(!city("starts_with", json!("paulo"), "Sao Paulo"));
    assert!(city("in", json!(["x", "müNCHEN"]), "Munchen"));
    assert!(!city("contains", json!("%"), "no wildcards"));
    assert!(city("contains", json!("100%_\\'\""), "100%_\\'\""));
    let label = Profile { industry: Some("Public Relations".into()), ..Profile::default() };
    assert!(of_profile(&test("industry", "eq", json!("public_relations")), label));
}

#[test]
fn of_several_values_any_may_fit() {
    let tagged = || Profile { tags: vec!["Hot".into(), "école".into()], ..Profile::default() };
    for (op, value, expected) in [
        ("eq", json!("hot"), true),
        ("ne", json!("hot"), false),
        ("ne", json!("cold"), true),
        ("in", json!(["x", "ECOLE"]), true),
        ("not_in", json!(["x", "ECOLE"]), false),
        ("contains", json!("col"), true),
        ("starts_with", json!("col"), false),
        ("exists", json!(true), true),
    ] {
        assert_eq!(of_profile(&test("tags", op, value.clone()), tagged()), expected, "{op} {value}");
    }
}

#[test]
fn numbers_keep_six_places_and_ranges_test_their_least() {
    let growth = |op: &str, value: Value| {
        let growth_rate = Decimal::from_f64(20.000_001);
        of_profile(&test("growth_rate", op, value), Profile { growth_rate, ..Profile::default() })
    };
    assert!(growth("gt", json!(20)) && growth("eq", json!(20.000001)) && growth("lte", json!(20.000001)));
    assert!(!growth("lt", json!(20.000001)) && growth("in", json!([1, 20.000001])));
    let sized = || Profile { company_size: WholeRange::parse("50-100"), ..Profile::default() };
    assert!(of_profile(&test("company_size", "between", json!([50, 60])), sized()));
    assert!(!of_profile(&test("company_size", "gt", json!(50)), sized()));
}

#[test]
fn money_compares_in_one_currency_only() {
    let rich = |currency: &str| Profile {
        annual_revenue: Some(Money { amount: 1_000, max_amount: None, currency: currency.into() }),
        ..Profile::default()
    };
    let at_least = |value: Value| test("annual_revenue", "gte", value);
    assert!(of_profile(&at_least(json!(1_000)), rich("USD")));
    assert!(of_profile(&at_least(json!({ "amount": 1_000, "currency": "usd" })), rich("USD")));
    assert!(!of_profile(&at_least(json!(1)), rich("EUR")), "nobody converts it");
    let euros = json!({ "amount": 1_000, "currency": "EUR" });
    assert!(!of_profile(&at_least(euros.clone()), rich("USD")));
    assert!(of_profile(&test("annual_revenue", "ne", euros.clone()), rich("USD")));
    assert!(of_profile(&test("annual_revenue", "in", json!([euros, 1_000])), rich("USD")));
}

#[test]
fn a_day_against_a_moment_is_the_whole_local_day() {
    // New York, where clocks jump on this day: it lasts 23 hours.
    let (first, last) = ("2026-03-08T05:00:00Z", "2026-03-09T03:59:59.999999Z");
    let created = |at: &str, op: &str, value: Value| {
        let mut sample = blank();
        sample.lead.created_at = at.parse().unwrap();
        holds(&test("created_at", op, value), &sample)
    };
    let (before, after) = ("2026-03-08T04:59:59.999999Z", "2026-03-09T04:00:00Z");
    let day = json!("2026-03-08");
    for (op, expected) in [
        ("eq", [false, true, true, false]),
        ("ne", [true, false, false, true]),
        ("lt", [true, false, false, false]),
        ("lte", [true, true, true, false]),
        ("gt", [false, false, false, true]),
        ("gte", [false, true, true, true]),
    ] {
        assert_eq!([before, first, last, after].map(|at| created(at, op, day.clone())), expected, "{op}");
    }
    let two = json!(["2026-03-07", "2026-03-08"]);
    assert_eq!([first, last, after].map(|at| created(at, "between", two.clone())), [true, true, false]);
}

#[test]
fn days_ago_are_counted_from_now() {
    let mut sample = blank();
    sample.lead.created_at = now() - chrono::TimeDelta::days(30);
    assert!(holds(&test("created_at", "gte", json!({ "days_ago": 30 })), &sample));
    sample.lead.created_at -= chrono::TimeDelta::microseconds(1);
    assert!(!holds(&test("created_at", "gte", json!({ "days_ago": 30 })), &sample));
    let born = Profile { birth_date: "2026-03-15".parse().ok(), ..Profile::default() };
    assert!(of_profile(&test("birth_date", "eq", json!({ "days_ago": 0 })), born.clone()));
    assert!(of_profile(&test("birth_date", "lt", json!({ "days_ahead": 1 })), born));
}

#[test]
fn near_is_near_the_organization_or_a_point() {
    let newark = || Profile {
        latitude: Decimal::from_f64(40.7357),
        longitude: Decimal::from_f64(-74.1724),
        ..Profile::default()
    };
    let within =
        |of: Value, km: f64| of_profile(&test("location", "within_km", json!({ "of": of, "km": km })), newark());
    assert!(within(json!("organization"), 14.3) && !within(json!("organization"), 14.1));
    assert!(within(json!({ "latitude": 40.7357, "longitude": -74.1724 }), 0.001));
    let nowhere = crate::organization::Organization { latitude: None, ..organization() };
    let near = parse(&test("location", "within_km", json!({ "of": "organization", "km": 1 })));
    let resolved = near.resolve(&Frame { now: now(), organization: &nowhere });
    assert!(matches!(resolved, Resolved::Field(_, Check::Constant(false))));
}

#[test]
fn words_are_understood_as_people_write_them() {
    let mut sample = blank();
    sample.lead.status = Status::Nurture;
    assert!(holds(&test("status", "eq", json!("Nurture")), &sample));
    let written = parse(&test("stage", "eq", json!("Marketing qualified"))).to_json();
    assert_eq!(written, test("stage", "eq", json!("marketing_qualified")));
}

#[test]
fn a_blank_lead_still_has_its_states() {
    assert!(holds(&test("bant.budget.state", "eq", json!("unknown")), &blank()));
    assert!(holds(&test("bant.completeness", "eq", json!(0)), &blank()));
    assert!(holds(&test("consent.email", "eq", json!("unknown")), &blank()));
    assert!(holds(&test("purchases.count", "eq", json!(0)), &blank()));
    assert!(holds(&test("priority", "eq", json!("medium")), &blank()));
}

#[test]
fn every_operator_of_every_field_is_offered_with_a_description() {
    for field in Catalogue::new(&[]).fields() {
        assert!(!field.kind.operators().is_empty() && !field.label.is_empty(), "{}", field.name);
        assert!(field.description.ends_with(['.', '?']), "{}: {}", field.name, field.description);
    }
}
