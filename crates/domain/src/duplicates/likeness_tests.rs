//! When two leads resemble each other, and what holds for every two.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::leads::Profile;

fn traits(raw: Value) -> Traits {
    let text = |name: &str| raw[name].as_str().map(ToOwned::to_owned);
    let profile = Profile {
        contact_name: text("name"),
        company_name: text("company"),
        email: text("email"),
        phone: text("phone"),
        website: text("website"),
        ..Profile::default()
    };
    Traits::of(&profile, true)
}

fn codes(found: &Likeness) -> Vec<&str> {
    found.reasons.iter().map(|reason| reason.code.as_str()).collect()
}

fn compared(one: Value, other: Value) -> Likeness {
    let (one, other) = (traits(one), traits(other));
    let shared = |(a, b): (Option<i64>, Option<i64>)| a.is_some() && a == b;
    let found = MatchKeys::of(&one).all().into_iter().zip(MatchKeys::of(&other).all()).any(shared);
    let likeness = likeness(&one, &other);
    assert!(found || likeness.tier == Tier::Exact || likeness.similarity < 75, "{likeness:?} would not be found");
    likeness
}

#[test]
fn the_same_person_written_otherwise_is_alike() {
    let jane = json!({"name": "Robert Smith", "company": "Acme Inc.", "email": "robert.smith@acme.example"});
    for (other, code) in [
        (json!({"name": "Bob Smith", "company": "ACME"}), "nickname"),
        (json!({"name": "Smith Robert", "company": "Acme Ltd"}), "swapped_name"),
        (json!({"name": "R. Smith", "company": "Acme"}), "initial"),
        (json!({"name": "Robert Smyth", "company": "Acme"}), "similar_name"),
        (json!({"name": "Robert Smith", "company": "Acmee"}), "similar_company"),
        (json!({"name": "Robert Smith", "website": "https://www.acme.example/"}), "same_domain"),
        (json!({"name": "Robert Smith", "email": "robertsmith+news@acme.example"}), "same_mailbox"),
        (json!({"name": "Robert Smith", "email": "robert.smith@gmail.com"}), "same_mailbox_elsewhere"),
    ] {
        let found = compared(jane.clone(), other.clone());
        assert!(found.similarity >= 75 && found.similarity < 100, "{other}: {found:?}");
        assert!(codes(&found).contains(&code), "{other}: {found:?}");
    }
}

#[test]
fn different_people_are_not() {
    let jane = json!({"name": "Jane Doe", "company": "Acme", "email": "jane@acme.example", "phone": "+14155552671"});
    for other in [
        json!({"name": "John Miller", "company": "Acme", "email": "john@acme.example"}),
        json!({"name": "Jane Doe", "company": "Globex", "email": "jane.d@gmail.com"}),
        json!({"name": "Max Doe", "company": "Acme"}),
        json!({"name": "Kate Doe", "company": "Acme"}),
        json!({"name": "Jane Doe", "company": "Acme 2"}),
        json!({"name": "Jane Doe"}),
        json!({}),
    ] {
        let found = compared(jane.clone(), other.clone());
        assert!(!found.is_worth_a_look(75), "{other}: {found:?}");
    }
}

#[test]
fn what_is_exact_is_always_shown() {
    let one = json!({"name": "Jane Doe", "phone": "+14155552671"});
    let found = compared(one, json!({"name": "Max Roe", "phone": "+14155552671"}));
    assert_eq!((found.tier, codes(&found)), (Tier::Exact, vec!["same_phone", "different_name"]));
    assert!(found.similarity < 75 && found.is_worth_a_look(100));
    let one = json!({"name": "Jane Doe", "company": "Acme Inc."});
    assert_eq!(compared(one, json!({"name": "DOE, Jane", "company": "acme"})).tier, Tier::Exact);
}

#[test]
fn a_phone_number_without_its_country_is_recognized() {
    let one = json!({"name": "Jane Doe", "phone": "+14155552671"});
    let found = compared(one, json!({"name": "Jane Doe", "phone": "+494155552671"}));
    assert!(found.similarity >= 75 && codes(&found).contains(&"same_end_of_phone"), "{found:?}");
}

fn anybody() -> impl Strategy<Value = Value> {
    let text = |options: &'static [&'static str]| proptest::option::of(proptest::sample::select(options));
    (
        text(&["Jane Doe", "Doe Jane", "J. Doe", "Bob Smith", "Robert Smyth", "Cher", "山田 太郎"]),
        text(&["Acme", "Acmee", "Acme Retail", "Globex"]),
        text(&["jane.doe@acme.example", "janedoe@acme.example", "jane.doe@gmail.com", "bob@globex.example"]),
        text(&["+14155552671", "+494155552671", "+4930901820"]),
        text(&["https://acme.example/", "https://globex.example/"]),
    )
        .prop_map(|(name, company, email, phone, website)| {
            json!({"name": name, "company": company, "email": email, "phone": phone, "website": website})
        })
}

proptest! {
    #[test]
    fn likeness_goes_both_ways_and_stays_within_bounds(one in anybody(), other in anybody()) {
        let (one, other) = (traits(one), traits(other));
        let found = likeness(&one, &other);
        prop_assert_eq!(&found, &likeness(&other, &one));
        prop_assert!((0..=100).contains(&found.similarity));
        prop_assert_eq!(found.similarity == 100, one == other && one.tells_who());
    }

    #[test]
    fn whoever_says_the_same_is_wholly_alike(one in anybody()) {
        let one = traits(one);
        prop_assume!(one.tells_who());
        prop_assert_eq!(likeness(&one, &one).similarity, 100);
    }

    #[test]
    fn one_more_thing_in_common_never_makes_less_alike(one in anybody(), other in anybody(), what in 0..3_usize) {
        let (name, value) =
            [("email", "same@acme.example"), ("phone", "+442079460958"), ("company", "Initech")][what];
        let with = |lead: &Value| { let mut lead = lead.clone(); lead[name] = json!(value); lead };
        let without = |lead: &Value| { let mut lead = lead.clone(); lead[name] = json!(null); lead };
        let less = likeness(&traits(without(&one)), &traits(without(&other)));
        let more = likeness(&traits(with(&one)), &traits(with(&other)));
        prop_assert!(more.similarity >= less.similarity || less.similarity == 100, "{:?} {:?}", less, more);
    }
}
