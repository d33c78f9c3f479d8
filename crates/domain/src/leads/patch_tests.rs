//! The laws of the merge patch.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::leads::{
    InputRules, Mode, Occasion, Seniority, changes_json,
    input::tests::{read, rules},
    missing_after_patch, parse,
};

fn lead(raw: Value) -> Profile {
    let parsed = read(Mode::Strict, raw);
    assert_eq!(parsed.faults, []);
    parsed.profile
}

fn patched(current: &Profile, patch: Value) -> (Profile, Vec<ChangedField>, Parsed) {
    let Value::Object(patch) = patch else { panic!("an object") };
    let rules = InputRules { occasion: Occasion::Change, ..rules(Mode::Strict, &[]) };
    let parsed = parse(&complete_patch(current, &patch), &rules);
    assert_eq!(parsed.faults, []);
    let (after, changes) = apply_patch(current, &parsed);
    (after, changes, parsed)
}

fn jane() -> Profile {
    lead(json!({
        "contact_name": "Jane Doe", "email": "jane@example.com", "phone": "+14155552671", "company_name": "Acme",
        "priority": "low", "job_title": "CEO", "city": "Berlin", "next_action": { "text": "Call", "due_at": "2026-01-01T00:00:00Z" },
        "external_ids": { "crm": "1", "erp": "2" }, "consent": { "email": { "state": "granted", "how": "form" } },
        "annual_revenue": { "amount": 100, "currency": "EUR" },
    }))
}

#[test]
fn absent_keeps_null_clears_a_value_replaces() {
    let (after, changes, _) =
        patched(&jane(), json!({ "city": null, "job_title": "Sales Manager", "contact_name": "Jane Doe" }));
    assert_eq!((after.city, after.seniority), (None, Some(Seniority::Manager)));
    assert_eq!(after.email.as_deref(), Some("jane@example.com"));
    assert_eq!(
        changes_json(&changes),
        json!({
        "job_title": ["CEO", "Sales Manager"], "seniority": ["c_level", "manager"], "city": ["Berlin", null] })
    );
}

#[test]
fn the_name_and_its_parts_stay_together() {
    let (after, ..) = patched(&jane(), json!({ "last_name": "Roe" }));
    assert_eq!(after.contact_name.as_deref(), Some("Jane Roe"));
    let (after, ..) = patched(&jane(), json!({ "contact_name": "John van Dyke" }));
    assert_eq!((after.first_name.as_deref(), after.last_name.as_deref()), (Some("John"), Some("van Dyke")));
}

#[test]
fn objects_change_member_by_member() {
    let (after, ..) = patched(
        &jane(),
        json!({
            "next_action": { "due_at": null }, "external_ids": { "crm": null, "sap": "3" },
            "consent": { "email": { "state": "withdrawn" } }, "annual_revenue": { "amount": 200 },
        }),
    );
    assert_eq!(after.json("next_action"), json!({ "text": "Call", "due_at": null }));
    assert_eq!(after.json("external_ids"), json!({ "erp": "2", "sap": "3" }));
    assert_eq!(after.json("consent")["email"]["how"], "form");
    assert_eq!(after.json("consent")["email"]["state"], "withdrawn");
    assert_eq!(after.json("annual_revenue"), json!({ "amount": 200, "currency": "EUR" }));
}

#[test]
fn an_overridden_seniority_stays_until_it_is_cleared() {
    let (after, ..) = patched(&jane(), json!({ "seniority": "vp" }));
    let (after, ..) = patched(&after, json!({ "job_title": "Intern" }));
    assert_eq!(after.seniority, Some(Seniority::Vp));
    let (after, ..) = patched(&after, json!({ "seniority": null }));
    assert_eq!((after.seniority, after.seniority_given), (Some(Seniority::Intern), false));
}

#[test]
fn what_a_lead_must_have_can_not_be_taken_away() {
    let (after, _, parsed) =
        patched(&jane(), json!({ "email": null, "phone": null, "company_name": "", "contact_name": null }));
    let faults = missing_after_patch(&after, &parsed, &[]);
    assert_eq!(faults.iter().filter(|fault| fault.code == "required").count(), 3);
    let (after, _, parsed) = patched(&jane(), json!({ "email": null }));
    assert_eq!(missing_after_patch(&after, &parsed, &[]), []);
}

proptest! {
    #[test]
    fn a_patch_applied_twice_is_applied_once(city in proptest::option::of("[a-z]{0,5}"), tags in proptest::collection::vec("[a-c]", 0..4)) {
        let patch = json!({ "city": city, "tags": tags, "last_touch": { "utm_source": city } });
        let (once, ..) = patched(&jane(), patch.clone());
        let (twice, changes, _) = patched(&once, patch);
        prop_assert_eq!(once, twice);
        prop_assert_eq!(changes, vec![]);
    }

    #[test]
    fn an_empty_patch_changes_nothing(city in "[a-z]{1,5}") {
        let current = lead(json!({ "contact_name": "Jane", "city": city }));
        let (after, changes, _) = patched(&current, json!({}));
        prop_assert_eq!(after, current);
        prop_assert_eq!(changes, vec![]);
    }
}
