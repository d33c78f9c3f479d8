//! What several leads become, and that it can be taken back.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{
    ids::LeadId,
    leads::{InputRules, Lead, Mode, Occasion, parse},
    sample,
    time::Instant,
};

pub(super) fn at(hours: i64) -> Instant {
    Instant::from_timestamp(1_800_000_000 + hours * 3_600, 0).unwrap()
}

/// A lead of this number, the later the newer.
pub(super) fn lead(number: u8, raw: &Value) -> Lead {
    let rules = InputRules {
        mode: Mode::Lenient,
        occasion: Occasion::Create,
        default_region: "US",
        country: None,
        base_currency: "USD",
        custom: &[],
    };
    let mut lead = sample::lead();
    lead.id = LeadId::from_uuid(Uuid::from_u128(u128::from(number) + 1));
    lead.profile = parse(raw.as_object().unwrap(), &rules).profile;
    if let Some(custom) = raw.get("own").and_then(Value::as_object) {
        lead.profile.custom = custom.clone();
    }
    lead.bant = serde_json::from_value(raw.get("judged").cloned().unwrap_or_else(|| json!({}))).unwrap_or_default();
    lead.updated_at = at(i64::from(number));
    lead
}

fn merged(master: &Lead, others: &[Lead], choices: &[(&str, u8)]) -> MergePlan {
    let id = |number: u8| LeadId::from_uuid(Uuid::from_u128(u128::from(number) + 1));
    let choices = choices.iter().map(|(field, number)| ((*field).to_owned(), id(*number))).collect();
    merge(master, others, &choices, at(100)).unwrap()
}

/// The master with all of them, and without one.
fn with_and_without(master: &Lead, others: &[Lead], leaving: usize) -> (Standing, Standing) {
    let without: Vec<Lead> =
        others.iter().enumerate().filter(|(at, _)| *at != leaving).map(|(_, lead)| lead.clone()).collect();
    (merged(master, others, &[]).after, merged(master, &without, &[]).after)
}

#[test]
fn the_master_keeps_its_own_and_lacks_nothing() {
    let master =
        lead(0, &json!({"contact_name": "Jane Doe", "email": "jane@acme.example", "tags": ["a"], "notes": "one"}));
    let old = lead(1, &json!({"contact_name": "J. Doe", "email": "old@acme.example", "city": "Rome", "tags": ["b"]}));
    let new = lead(2, &json!({"email": "new@acme.example", "city": "Oslo", "phone": "+14155552671", "notes": "two"}));
    let plan = merged(&master, &[old.clone(), new.clone()], &[]);
    let after = &plan.after.profile;
    assert_eq!((after.email.as_deref(), after.city.as_deref()), (Some("jane@acme.example"), Some("Oslo")));
    assert_eq!(
        (after.tags.as_slice(), after.notes.as_deref()),
        (&["a".to_owned(), "b".to_owned()][..], Some("one\n\ntwo"))
    );
    assert_eq!(plan.origins["city"], [new.id]);
    assert_eq!(plan.origins["tags"], [master.id, old.id]);
    let lost: Vec<(&str, LeadId)> = plan.lost.iter().map(|lost| (lost.field.as_str(), lost.lead_id)).collect();
    for expected in [("email", old.id), ("email", new.id), ("city", old.id), ("contact_name", old.id)] {
        assert!(lost.contains(&expected), "{lost:?}");
    }
    assert!(!lost.iter().any(|(field, _)| matches!(*field, "tags" | "notes" | "phone")), "{lost:?}");
}

#[test]
fn an_id_that_the_master_has_otherwise_is_lost() {
    let with =
        |number, ids: Value| lead(number, &json!({"email": format!("{number}@acme.example"), "external_ids": ids}));
    let master = with(0, json!({"crm": "c-1"}));
    let others = [with(1, json!({"crm": "c-2", "erp": "e-2"})), with(2, json!({"crm": "c-1", "shop": "s-3"}))];
    let lost = merged(&master, &others, &[]).lost;
    let ids: Vec<_> = lost.iter().filter(|lost| lost.field.starts_with("external_ids")).collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert_eq!(
        (ids[0].field.as_str(), ids[0].lead_id, &ids[0].value),
        ("external_ids.crm", others[0].id, &json!("c-2"))
    );
}

#[test]
fn a_choice_wins() {
    let master = lead(0, &json!({"contact_name": "Jane Doe", "email": "jane@acme.example", "own": {"seats": 1}}));
    let other = lead(1, &json!({"contact_name": "Joan Roe", "email": "joan@acme.example", "own": {"seats": 2}}));
    let plan = merged(&master, std::slice::from_ref(&other), &[("contact_name", 1), ("custom.seats", 1)]);
    let after = &plan.after.profile;
    assert_eq!((after.last_name.as_deref(), &after.custom["seats"]), (Some("Roe"), &json!(2)));
    assert_eq!((after.email.as_deref(), &plan.origins["contact_name"]), (Some("jane@acme.example"), &vec![other.id]));
    assert!(plan.lost.iter().any(|lost| lost.field == "custom.seats" && lost.lead_id == master.id));
}

#[test]
fn a_choice_that_means_nothing_is_told() {
    let (master, other) = (lead(0, &json!({"email": "a@acme.example"})), lead(1, &json!({"email": "b@acme.example"})));
    let choices: Choices = [("emial", other.id), ("city", other.id), ("consent", other.id), ("first_name", other.id)]
        .map(|(field, id)| (field.to_owned(), id))
        .into();
    let faults = merge(&master, std::slice::from_ref(&other), &choices, at(0)).unwrap_err();
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
    assert_eq!(codes, ["blank", "united", "unknown_field", "not_by_itself"]);
    assert_eq!(faults[2].suggestion, Some(json!("email")));
    let stranger = [("email".to_owned(), LeadId::from_uuid(Uuid::from_u128(99)))].into();
    assert_eq!(merge(&master, &[other], &stranger, at(0)).unwrap_err()[0].code, "not_in_merge");
}

#[test]
fn what_changed_since_stays() {
    let master = lead(0, &json!({"contact_name": "Jane Doe", "notes": "one"}));
    let other = lead(1, &json!({"city": "Rome", "region": "Lazio", "notes": "two", "tags": ["b", "c"]}));
    let (after, without) = with_and_without(&master, &[other], 0);
    let mut now = after.clone();
    now.profile.city = Some("Oslo".to_owned());
    now.profile.notes = Some("one\n\ntwo\n\nthree".to_owned());
    now.profile.tags = vec!["c".to_owned(), "d".to_owned()];
    let undone = undo(&now, &after, &without);
    let profile = &undone.standing.profile;
    assert_eq!((profile.city.as_deref(), profile.region.as_deref()), (Some("Oslo"), None));
    assert_eq!((profile.notes.as_deref(), profile.tags.as_slice()), (Some("one\n\nthree"), &["d".to_owned()][..]));
    assert_eq!(undone.kept, ["city"]);
}

pub(super) fn anybody() -> impl Strategy<Value = Value> {
    let text = |options: &'static [&'static str]| proptest::option::of(proptest::sample::select(options));
    let who = (
        text(&["Jane", "Jane Doe", "John Roe"]),
        text(&["jane@acme.example", "john@acme.example"]),
        text(&["+14155552671", "+4930901820", "12 of nothing"]),
        text(&["CEO", "Intern"]),
        text(&["vp", "manager"]),
    );
    let what = (
        text(&["one", "two\n\nthree", "two"]),
        proptest::collection::vec("[abAB]", 0..3),
        text(&["granted", "withdrawn"]),
        text(&["2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"]),
        text(&["1", "2"]),
        text(&["Berlin", "Bonn"]),
    );
    (who, what).prop_map(|((name, email, phone, title, seniority), (notes, tags, consent, at, crm, city))| {
        json!({
            "contact_name": name, "email": email, "phone": phone, "job_title": title, "seniority": seniority, "notes": notes,
            "tags": tags, "consent": { "email": consent.map(|state| json!({ "state": state, "at": at })) }, "city": city,
            "external_ids": { "crm": crm }, "last_touch": { "utm_source": city, "at": at },
            "purchases": tags.iter().map(|product| json!({ "product": product })).collect::<Vec<_>>(),
            "own": city.map_or_else(|| json!({}), |city| json!({"plan": city})),
            "judged": {"budget": {"level": notes.map(str::len)}},
        })
    })
}

proptest! {
    #[test]
    fn merging_and_taking_it_back_changes_nothing(one in anybody(), others in proptest::collection::vec(anybody(), 1..4), at in 0..3_usize) {
        let master = lead(0, &one);
        let others: Vec<Lead> = others.iter().zip(1..).map(|(raw, number)| lead(number, raw)).collect();
        let leaving = at % others.len();
        let (after, without) = with_and_without(&master, &others, leaving);
        let undone = undo(&after, &after, &without);
        prop_assert_eq!(&undone.standing, &without);
        prop_assert_eq!(undone.kept, Vec::<String>::new());
    }

    #[test]
    fn nothing_of_the_master_gets_blank(one in anybody(), other in anybody()) {
        let (master, other) = (lead(0, &one), lead(1, &other));
        let after = merged(&master, &[other], &[]).after.profile;
        for field in crate::leads::LEAD_FIELDS {
            prop_assert!(master.profile.is_blank(field.name) || !after.is_blank(field.name), "{}", field.name);
        }
    }

    #[test]
    fn merging_again_with_the_same_changes_nothing(one in anybody(), other in anybody()) {
        let (master, other) = (lead(0, &one), lead(1, &other));
        let once = merged(&master, std::slice::from_ref(&other), &[]).after;
        let mut again = master.clone();
        once.clone().apply(&mut again);
        prop_assert_eq!(merged(&again, &[other], &[]).after, once);
    }
}
