//! When two leads are one person, and how they become one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{
    ids::LeadId,
    leads::{
        InputRules, LEAD_FIELDS, Mode, Occasion, Profile, Status, UNNAMED_SYSTEM, parse,
        parts::{Channel, ConsentState, Touch},
    },
};

fn id(n: u128) -> LeadId {
    LeadId::from_uuid(Uuid::from_u128(n))
}

fn profile(raw: Value) -> Profile {
    let rules = InputRules {
        mode: Mode::Strict,
        occasion: Occasion::Create,
        default_region: "US",
        country: None,
        base_currency: "USD",
        custom: &[],
    };
    let parsed = parse(raw.as_object().unwrap(), &rules);
    assert_eq!(parsed.faults, []);
    parsed.profile
}

fn candidate(n: u128, raw: Value) -> Candidate {
    let profile = profile(raw);
    Candidate {
        id: id(n),
        keys: IdentityKeys::of(&profile),
        external_ids: profile.external_ids,
        created_at: DateTime::<Utc>::from_timestamp(i64::try_from(n).unwrap(), 0).unwrap(),
        archived: false,
        merged_into: None,
        status: Status::New,
    }
}

fn decided(raw: Value, candidates: &[Candidate], policy: Policy) -> MatchDecision {
    let profile = profile(raw);
    decide(&IdentityKeys::of(&profile), &profile.external_ids, candidates, policy)
}

fn updates(n: u128) -> Action {
    Action::Update { lead: id(n), restore: false, fill_blanks: false }
}

const EMAIL: &str = "jane@example.com";
const PHONE: &str = "+14155552671";

#[test]
fn the_strongest_match_wins_and_of_equals_the_oldest() {
    let by_phone = candidate(1, json!({ "phone": PHONE }));
    let by_email = candidate(3, json!({ "email": EMAIL }));
    let older = candidate(2, json!({ "email": "JANE@example.com" }));
    let by_id = candidate(9, json!({ "external_ids": { "crm": "7" } }));
    let input = json!({ "email": EMAIL, "phone": PHONE, "external_ids": { "crm": "7" } });
    let all = [by_phone, by_email, older, by_id];
    let decision = decided(input.clone(), &all, Policy::Update);
    assert_eq!(decision.action, updates(9));
    assert_eq!(decision.matches.iter().map(|found| found.lead).collect::<Vec<_>>(), [id(9), id(2), id(3), id(1)]);
    assert_eq!(decided(input, &all[..3], Policy::Update).action, updates(2));
}

#[test]
fn every_policy_does_what_it_says() {
    let known = [candidate(1, json!({ "email": EMAIL }))];
    let with = |policy| decided(json!({ "email": EMAIL }), &known, policy).action;
    let lead = id(1);
    assert_eq!(with(Policy::Reject), Action::Reject { lead });
    assert_eq!(with(Policy::Update), updates(1));
    assert_eq!(with(Policy::FillBlanks), Action::Update { lead, restore: false, fill_blanks: true });
    assert_eq!(with(Policy::Flag), Action::Create { flagged: true });
    assert_eq!(with(Policy::Create), Action::Create { flagged: false });
    assert_eq!(with(Policy::Skip), Action::Skip { lead });
    assert_eq!(with(Policy::Fail), Action::Fail { lead });
    let stranger = decided(json!({ "email": "john@example.com" }), &known, Policy::Reject);
    assert_eq!((stranger.action, stranger.matches.len()), (Action::Create { flagged: false }, 0));
}

#[test]
fn company_and_name_alone_only_flag() {
    let known = [candidate(1, json!({ "contact_name": "Jane Doe", "company_name": "Acme Inc" }))];
    for policy in [Policy::Reject, Policy::Update, Policy::FillBlanks, Policy::Flag, Policy::Skip, Policy::Fail] {
        let decision = decided(json!({ "contact_name": "Doe, Jane", "company_name": "ACME" }), &known, policy);
        assert_eq!(decision.action, Action::Create { flagged: true }, "{policy}");
        assert_eq!(decision.matches, [Matched { lead: id(1), by: MatchKind::Person }]);
    }
}

#[test]
fn archived_ones_come_back_merged_ones_follow_and_converted_ones_are_told() {
    let mut master = candidate(1, json!({ "email": "old@example.com" }));
    let mut merged = candidate(2, json!({ "email": EMAIL }));
    merged.merged_into = Some(id(1));
    merged.archived = true;
    master.archived = true;
    master.status = Status::Converted;
    let decision = decided(json!({ "email": EMAIL }), &[merged, master], Policy::Update);
    assert_eq!(decision.action, Action::Update { lead: id(1), restore: true, fill_blanks: false });
    let codes: Vec<&str> = decision.reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(codes, ["same_email", "followed_merge", "restored_from_archive", "kept_converted"]);
}

#[test]
fn a_circle_of_merges_ends() {
    let mut a = candidate(1, json!({ "email": EMAIL }));
    let mut b = candidate(2, json!({ "email": EMAIL }));
    (a.merged_into, b.merged_into) = (Some(id(2)), Some(id(1)));
    assert!(matches!(decided(json!({ "email": EMAIL }), &[a, b], Policy::Update).action, Action::Update { .. }));
}

#[test]
fn an_external_id_belongs_to_one_lead() {
    let by_id = candidate(1, json!({ "external_ids": { "crm": "7" } }));
    let by_erp = candidate(2, json!({ "external_ids": { "erp": "8" } }));
    let input = json!({ "external_ids": { "crm": "7", "erp": "8" } });
    let decision = decided(input.clone(), &[by_id.clone(), by_erp], Policy::Update);
    assert_eq!((decision.action, decision.contested), (updates(1), vec![("erp".to_owned(), "8".to_owned())]));
    assert_eq!(decided(input, &[by_id], Policy::Create).action, Action::Reject { lead: id(1) });
}

#[test]
fn an_id_of_an_unnamed_system_is_no_proof() {
    let ids = json!({ UNNAMED_SYSTEM: "9001" });
    let known = candidate(1, json!({ "contact_name": "Ann One", "email": "ann@example.com", "external_ids": ids }));
    let other = json!({ "contact_name": "Bob Two", "email": "bob@example.net", "external_ids": ids });
    for policy in [Policy::Update, Policy::Skip, Policy::Fail] {
        let decision = decided(other.clone(), std::slice::from_ref(&known), policy);
        assert_eq!(decision.action, Action::Create { flagged: false }, "{policy}");
        assert_eq!(decision.contested, [(UNNAMED_SYSTEM.to_owned(), "9001".to_owned())]);
        assert!(decision.reasons.iter().any(|reason| reason.code == "external_id_taken"));
    }
    let unlike = json!({ "contact_name": "Bob Two", "phone": PHONE, "external_ids": ids });
    assert_eq!(decided(unlike, std::slice::from_ref(&known), Policy::Update).action, Action::Create { flagged: false });
    for same in [
        json!({ "external_ids": ids }),
        json!({ "email": "ANN@example.com", "external_ids": ids }),
        json!({ "contact_name": "One, Ann", "phone": PHONE, "external_ids": ids }),
    ] {
        assert_eq!(decided(same, std::slice::from_ref(&known), Policy::Update).action, updates(1));
    }
}

#[test]
fn colleagues_behind_one_number_stay_apart() {
    let person = |name: &str, email: &str| json!({ "contact_name": name, "company_name": "Acme", "email": email, "phone": PHONE });
    let ann = candidate(1, person("Ann One", "ann@example.com"));
    for policy in [Policy::Reject, Policy::Update, Policy::FillBlanks, Policy::Flag, Policy::Skip, Policy::Fail] {
        let bob = decided(person("Bob Two", "bob@example.com"), std::slice::from_ref(&ann), policy);
        assert_eq!(bob.action, Action::Create { flagged: true }, "{policy}");
        assert_eq!(bob.matches, [Matched { lead: id(1), by: MatchKind::Phone }]);
    }
    let bob = candidate(2, person("Bob Two", "bob@example.com"));
    let all = [ann.clone(), bob];
    assert_eq!(decided(person("Two, Bob", "bob@example.net"), &all, Policy::Update).action, updates(2));
    for same in [
        person("A. One", "ann.one@example.net"),
        json!({ "contact_name": "Somebody", "phone": PHONE }),
        json!({ "contact_name": "Ann", "company_name": "Acme", "phone": PHONE }),
        json!({ "contact_name": "Somebody Else", "company_name": "Another", "phone": PHONE }),
        json!({ "contact_name": "Somebody Else", "company_name": "Unknown", "phone": PHONE }),
    ] {
        assert_eq!(decided(same, std::slice::from_ref(&ann), Policy::Update).action, updates(1));
    }
    // One employer is enough, or two addresses.
    for other in [
        json!({ "contact_name": "Somebody Else", "company_name": "Acme", "phone": PHONE }),
        json!({ "contact_name": "Bob Two", "email": "bob@example.com", "phone": PHONE }),
    ] {
        assert_eq!(decided(other, std::slice::from_ref(&ann), Policy::Update).action, Action::Create { flagged: true });
    }
}

#[test]
fn a_family_behind_one_number_stays_apart() {
    let by = |name: &str, email: Option<&str>| json!({ "contact_name": name, "email": email, "phone": PHONE });
    let action = |one: &str, other: &str, email: Option<&str>| {
        let known = [candidate(1, by(one, email.map(|_| "one@example.com")))];
        let there = decided(by(other, email), &known, Policy::Update).action;
        let known = [candidate(1, by(other, email))];
        assert_eq!(
            there,
            decided(by(one, email.map(|_| "one@example.com")), &known, Policy::Update).action,
            "{one} {other}"
        );
        there
    };
    for email in [None, Some("two@example.com")] {
        for (one, other) in [
            ("John Smith", "Mary Smith"),
            ("Wei Li", "Mei Li"),
            ("Maria Garcia", "José Garcia Lopez"),
            ("S. Smith", "John Smith"),
            ("Smith, John", "Dr. Mary Smith"),
            ("李 伟", "李 梅"),
        ] {
            assert_eq!(action(one, other, email), Action::Create { flagged: true }, "{one} {other}");
        }
        for (one, other) in [
            ("John Smith", "J. Smith"),
            ("John Smith", "Smith"),
            ("John Smith", "Smith, John"),
            ("Robert Smith", "Bob Smith"),
            ("James Robert Smith", "Bob Smith"),
            ("John Robert Smith", "J.R. Smith"),
            ("Max Meier", "Maximilian Meier"),
            ("Jane Doe", "Janet Doe"),
            ("Mary Jane Watson", "Mary Watson"),
            ("Mary Jane Watson", "Jane Watson"),
            ("Anna Maria Kim", "Anna Lena Kim"),
            ("王 伟", "王伟"),
        ] {
            assert_eq!(action(one, other, email), updates(1), "{one} {other}");
        }
    }
    for (one, other) in [("Maria Garcia", "Mario Garcia"), ("Anna Kim", "Hanna Kim"), ("Jon Roe", "John Roe")] {
        for email in [None, Some("two@example.com")] {
            assert_eq!(action(one, other, email), updates(1), "{one} {other}: a slip of the pen");
        }
    }
    let wei = [candidate(1, by("Wei Li", Some("li@example.com")))];
    assert_eq!(
        decided(by("Mei Li", Some("li@example.com")), &wei, Policy::Update).action,
        updates(1),
        "one address is one lead"
    );
}

#[test]
fn what_comes_in_wins_and_nothing_is_lost() {
    let known = profile(json!({
        "contact_name": "Jane Doe", "email": EMAIL, "city": "Berlin", "notes": "one", "tags": ["A"], "external_ids": { "crm": "1" },
        "first_touch": { "utm_source": "x" }, "last_touch": { "utm_source": "x" }, "job_title": "CEO",
    }));
    let new = profile(json!({
        "contact_name": "Jane", "email": EMAIL, "city": "Bonn", "notes": "two", "tags": ["a", "B"], "external_ids": { "erp": "2" },
        "first_touch": { "utm_source": "y" }, "last_touch": { "utm_source": "y" }, "phone": PHONE,
    }));
    let (after, changes) = merge_into(&known, &new, Policy::Update);
    assert_eq!((after.contact_name.as_deref(), after.city.as_deref()), (Some("Jane Doe"), Some("Bonn")));
    assert_eq!(after.notes.as_deref(), Some("one\n\ntwo"));
    assert_eq!(after.tags, ["A", "B"]);
    assert_eq!(after.external_ids, BTreeMap::from([("crm".into(), "1".into()), ("erp".into(), "2".into())]));
    assert_eq!(after.first_touch, known.first_touch);
    assert_eq!(after.last_touch, new.last_touch);
    assert_eq!((after.seniority, after.phone.as_deref()), (known.seniority, Some(PHONE)));
    assert!(changes.iter().any(|change| change.field == "city" && change.before == "Berlin" && change.after == "Bonn"));
    let (filled, _) = merge_into(&known, &new, Policy::FillBlanks);
    assert_eq!((filled.city.as_deref(), filled.phone.as_deref()), (Some("Berlin"), Some(PHONE)));
}

#[test]
fn a_last_name_alone_leaves_the_first() {
    for (known, told, expected) in [
        (json!({ "contact_name": "Ann Lee" }), json!({ "last_name": "Lee" }), ["Ann Lee", "Ann", "Lee"]),
        (json!({ "contact_name": "Ann Lee" }), json!({ "last_name": "Moss" }), ["Ann Moss", "Ann", "Moss"]),
        (
            json!({ "contact_name": "Lee, Ann", "first_name": "Ann", "last_name": "Lee" }),
            json!({ "last_name": "Moss" }),
            ["Moss, Ann", "Ann", "Moss"],
        ),
        (json!({ "contact_name": "Ann" }), json!({ "last_name": "Lee" }), ["Ann Lee", "Ann", "Lee"]),
        (json!({ "contact_name": "Ann Lee" }), json!({ "first_name": "Eve" }), ["Ann Lee", "Ann", "Lee"]),
        (json!({ "contact_name": "Ann Lee" }), json!({ "contact_name": "Eve Moss" }), ["Eve Moss", "Eve", "Moss"]),
    ] {
        let (after, _) = merge_into(&profile(known.clone()), &profile(told.clone()), Policy::Update);
        let found = [after.contact_name, after.first_name, after.last_name];
        assert_eq!(found, expected.map(|name| Some(name.to_owned())), "{known} {told}");
    }
}

#[test]
fn touches_are_first_and_last_by_their_time() {
    let at = |hour: u32| format!("2026-03-01T{hour:02}:00:00Z");
    let touched = |touch: Value| profile(json!({ "first_touch": touch, "last_touch": touch }));
    let by_form = |hour: u32| touched(json!({ "utm_source": hour.to_string(), "at": at(hour) }));
    let sources = |profile: &Profile| {
        let source = |touch: &Touch| touch.utm_source.clone().unwrap();
        let all: Vec<String> = profile.touches().into_iter().map(source).collect();
        (profile.first_touch.as_ref().map(source), profile.last_touch.as_ref().map(source), all.join(" "))
    };
    let told = |first: &str, last: &str, all: &str| (Some(first.to_owned()), Some(last.to_owned()), all.to_owned());
    for policy in [Policy::Update, Policy::FillBlanks] {
        let add = |known: &Profile, new: &Profile| merge_into(known, new, policy).0;
        // Whoever was known without any has the one that comes as the first and the last.
        let once = add(&profile(json!({ "email": EMAIL })), &by_form(5));
        assert_eq!(sources(&once), told("5", "5", "5"));
        let older = add(&once, &by_form(3));
        assert_eq!(sources(&older), told("3", "5", "3 5"));
        let oldest = add(&older, &by_form(1));
        assert_eq!(sources(&oldest), told("1", "5", "1 3 5"));
        assert_eq!(sources(&add(&add(&oldest, &by_form(7)), &by_form(4))), told("1", "7", "1 3 4 5 7"));
        // Programs may name one end alone.
        let last = Profile { first_touch: None, ..by_form(5) };
        assert_eq!(sources(&add(&last, &by_form(7))), told("5", "7", "5 7"));
        assert_eq!(sources(&add(&last, &by_form(3))), told("3", "5", "3 5"));
        let first = Profile { last_touch: None, ..by_form(5) };
        assert_eq!(sources(&add(&first, &by_form(3))), told("3", "5", "3 5"));
        // Of one without a time nobody knows whether it was earlier.
        let undated = touched(json!({ "utm_source": "0" }));
        assert_eq!(sources(&add(&undated, &by_form(3))), told("0", "3", "0 3"));
    }
}

#[test]
fn a_withdrawal_outlives_what_is_older_or_undated() {
    let consent =
        |state: &str, at: Option<&str>| profile(json!({ "consent": { "email": { "state": state, "at": at } } }));
    let state =
        |known: &Profile, new: &Profile| merge_into(known, new, Policy::Update).0.consent[&Channel::Email].state;
    let (early, late) = (Some("2024-01-01T00:00:00Z"), Some("2025-01-01T00:00:00Z"));
    assert_eq!(state(&consent("withdrawn", late), &consent("granted", early)), ConsentState::Withdrawn);
    assert_eq!(state(&consent("withdrawn", late), &consent("granted", None)), ConsentState::Withdrawn);
    assert_eq!(state(&consent("withdrawn", early), &consent("granted", late)), ConsentState::Granted);
    assert_eq!(state(&consent("granted", late), &consent("withdrawn", early)), ConsentState::Granted);
    assert_eq!(state(&consent("granted", late), &consent("withdrawn", None)), ConsentState::Withdrawn);
    assert_eq!(state(&consent("granted", None), &consent("unknown", late)), ConsentState::Granted);
}

fn any_profile() -> impl Strategy<Value = Profile> {
    let text = |options: &'static [&'static str]| proptest::option::of(proptest::sample::select(options));
    let who = (
        text(&["Jane", "Jane Doe", "John Roe"]),
        text(&[EMAIL, "john@example.com"]),
        text(&[PHONE, "+4930901820"]),
        text(&["CEO", "Intern"]),
        text(&["vp"]),
    );
    let what = (
        text(&["one", "two\n\nthree", "two"]),
        proptest::collection::vec("[ab]", 0..3),
        text(&["granted", "withdrawn"]),
        text(&["2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"]),
        text(&["1", "2"]),
        text(&["Berlin", "Bonn"]),
    );
    (who, what).prop_map(|((name, email, phone, title, seniority), (notes, tags, consent, at, crm, city))| {
        profile(json!({
            "contact_name": name, "email": email, "phone": phone, "job_title": title, "seniority": seniority, "notes": notes,
            "tags": tags, "consent": { "email": consent.map(|state| json!({ "state": state, "at": at })) }, "city": city,
            "external_ids": { "crm": crm }, "last_touch": { "utm_source": city, "at": at },
            "purchases": tags.iter().map(|product| json!({ "product": product })).collect::<Vec<_>>(),
        }))
    })
}

proptest! {
    #[test]
    fn uniting_twice_is_uniting_once(known in any_profile(), new in any_profile()) {
        for policy in [Policy::Update, Policy::FillBlanks] {
            let (once, _) = merge_into(&known, &new, policy);
            let (twice, changes) = merge_into(&once, &new, policy);
            prop_assert_eq!(&twice, &once);
            prop_assert_eq!(changes, vec![]);
        }
    }

    #[test]
    fn uniting_with_itself_or_with_nothing_changes_nothing(known in any_profile()) {
        for policy in [Policy::Update, Policy::FillBlanks] {
            prop_assert_eq!(merge_into(&known, &known, policy), (known.clone(), vec![]));
            prop_assert_eq!(merge_into(&known, &Profile::default(), policy), (known.clone(), vec![]));
        }
    }

    #[test]
    fn nothing_that_was_known_becomes_blank(known in any_profile(), new in any_profile()) {
        for policy in [Policy::Update, Policy::FillBlanks] {
            let (after, _) = merge_into(&known, &new, policy);
            for field in LEAD_FIELDS {
                prop_assert!(known.is_blank(field.name) || !after.is_blank(field.name), "{}", field.name);
            }
        }
    }

    #[test]
    fn filling_blanks_leaves_what_was_there(known in any_profile(), new in any_profile()) {
        let (after, _) = merge_into(&known, &new, Policy::FillBlanks);
        for name in ["contact_name", "first_name", "last_name", "email", "phone", "job_title", "city"] {
            prop_assert!(known.is_blank(name) || after.json(name) == known.json(name), "{}", name);
        }
    }
}
