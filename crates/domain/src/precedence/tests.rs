use chrono::DateTime;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::{
    Precedence, Provenance, Refused, Said, Writer, Written, keep_newer, of_profile, passed_over, settle, value,
};
use crate::{
    ids::SubmissionId,
    leads::{FieldValue, Profile},
};

const FIELDS: [&str; 4] = ["contact_name", "company_name", "city", "custom.size"];

fn written(by: Writer, second: i64) -> Written {
    Written::new(by, DateTime::from_timestamp(second, 0).unwrap())
}

/// What is known of somebody: texts by field, empty ones for nothing.
fn profile(texts: &[(&str, &str)]) -> Profile {
    let mut profile = Profile::default();
    for (field, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        match field.strip_prefix("custom.") {
            Some(key) => drop(profile.custom.insert(key.to_owned(), json!(text))),
            None => drop(profile.put(field, FieldValue::Text((*text).to_owned()))),
        }
    }
    profile
}

fn change(before: &Profile, texts: &[(&str, &str)], by: Written) -> (Profile, Vec<Refused>) {
    let mut after = Profile { written: before.written.clone(), ..profile(texts) };
    let refused = settle(before, &mut after, by, &Precedence::default());
    (after, refused)
}

#[test]
fn a_weaker_writer_fills_blanks_and_overwrites_nothing() {
    let person = written(Writer::Person, 1);
    let known = Profile { written: Provenance::all_by(person), ..profile(&[("city", "Bonn")]) };
    let form = written(Writer::Form, 2);
    let (after, refused) = change(&known, &[("city", "Köln"), ("company_name", "Acme")], form);
    assert_eq!((value(&after, "city"), value(&after, "company_name")), (json!("Bonn"), json!("Acme")));
    assert_eq!(refused, [Refused { field: "city".to_owned(), value: json!("Köln") }]);
    assert_eq!((after.written.of("city"), after.written.of("company_name")), (Some(person), Some(form)));
    // Another way of writing the same is no other value.
    assert_eq!(change(&after, &[("city", "BONN"), ("company_name", "Acme")], form), (after.clone(), vec![]));
    // Of equals the newer wins, and what was the form's is anybody's who is stronger.
    let sync = written(Writer::Sync, 3);
    let (after, refused) = change(&after, &[("city", "Bonn"), ("company_name", "Ajax")], sync);
    assert_eq!((value(&after, "company_name"), refused.len()), (json!("Ajax"), 0));
}

#[test]
fn what_a_stronger_writer_emptied_stays_empty() {
    let known = Profile { written: Provenance::all_by(written(Writer::Form, 1)), ..profile(&[("city", "Bonn")]) };
    let (emptied, _) = change(&known, &[], written(Writer::Person, 2));
    let (after, refused) = change(&emptied, &[("city", "Bonn"), ("company_name", "Acme")], written(Writer::Sync, 3));
    assert_eq!((value(&after, "city"), value(&after, "company_name")), (json!(null), json!("Acme")));
    assert_eq!(refused, [Refused { field: "city".to_owned(), value: json!("Bonn") }]);
    // A weaker writer can't empty either.
    let (filled, _) = change(&emptied, &[("city", "Ulm")], written(Writer::Person, 4));
    let (after, refused) = change(&filled, &[], written(Writer::Sync, 5));
    assert_eq!((value(&after, "city"), &refused[0].value), (json!("Ulm"), &json!(null)));
}

#[test]
fn nobody_knows_who_wrote_leads_of_old() {
    let known = profile(&[("city", "Bonn")]);
    let (after, refused) = change(&known, &[("city", "Ulm")], written(Writer::Enrichment, 1));
    assert_eq!((value(&after, "city"), refused.len()), (json!("Ulm"), 0));
    assert_eq!(after.written.by, None);
}

#[test]
fn what_was_said_long_ago_fills_blanks_and_mends_its_own() {
    let submission = |number: u128| SubmissionId::from_uuid(Uuid::from_u128(number));
    let by = |number: u128| Written { submission_id: Some(submission(number)), ..written(Writer::Form, 10) };
    let mut known =
        Profile { written: Provenance::all_by(by(2)), ..profile(&[("city", "Ulm"), ("company_name", "New")]) };
    let said = |number: u128| Said { by: Writer::Form, at: written(Writer::Form, 5).at, with: submission(number) };
    let after = |known: &Profile, number: u128| {
        let mut after =
            Profile { written: known.written.clone(), ..profile(&[("city", "Bonn"), ("contact_name", "Jane Doe")]) };
        after.company_name = Some("Old".to_owned());
        keep_newer(known, &mut after, &said(number));
        ["city", "company_name", "contact_name"].map(|field| value(&after, field))
    };
    assert_eq!(after(&known, 1), [json!("Ulm"), json!("New"), json!("Jane Doe")]);
    for same_or_newer in [2, 3] {
        assert_eq!(after(&known, same_or_newer), [json!("Bonn"), json!("Old"), json!("Jane Doe")]);
    }
    // Whoever is weaker or stronger is settled elsewhere; a file of the same kind counts by its time.
    known.written.note("city", Some(written(Writer::Enrichment, 10)), false);
    known.written.note("company_name", Some(written(Writer::Form, 10)), false);
    assert_eq!(after(&known, 3), [json!("Bonn"), json!("New"), json!("Jane Doe")]);
    known.written.note("company_name", Some(written(Writer::Form, 4)), false);
    assert_eq!(after(&known, 1), [json!("Bonn"), json!("Old"), json!("Jane Doe")]);
}

#[test]
fn a_part_says_nothing_against_the_whole() {
    let mut known = profile(&[("contact_name", "Jane Doe")]);
    known.derive(&["contact_name"].into());
    let mut incoming = profile(&[("contact_name", "Jane"), ("city", "Ulm")]);
    incoming.derive(&["contact_name"].into());
    assert_eq!(passed_over(&known, &incoming), []);
    incoming = profile(&[("contact_name", "Joan Roe")]);
    incoming.derive(&["contact_name"].into());
    let passed = passed_over(&known, &incoming);
    assert_eq!(passed, [Refused { field: "contact_name".to_owned(), value: json!("Joan Roe") }]);
}

#[test]
fn orders_are_checked() {
    let mut precedence = Precedence::default();
    assert_eq!(precedence.faults(&[]), []);
    precedence.order.pop();
    precedence.fields.insert("phone".to_owned(), Writer::ALL.to_vec());
    precedence.fields.insert("contct_name".to_owned(), Writer::ALL.to_vec());
    precedence.fields.insert("tags".to_owned(), Writer::ALL.to_vec());
    let faults = precedence.faults(&[]);
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_ref()).collect();
    assert_eq!(codes, ["wrong_order", "unknown_field", "unknown_field"], "{faults:?}");
    assert_eq!(faults[1].suggestion, Some(json!("contact_name")));
}

fn texts() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    proptest::collection::vec(prop_oneof![Just(String::new()), "[a-c]{1,2}".prop_map(String::from)], FIELDS.len())
        .prop_map(|texts| FIELDS.into_iter().zip(texts).collect())
}

fn borrowed<'a>(texts: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    texts.iter().map(|(field, text)| (*field, text.as_str())).collect()
}

proptest! {
    /// Whoever writes in whatever order: a value is never lost against somebody weaker, nothing is refused that is not
    /// someone stronger's, and every field is noted as by whoever wrote it.
    #[test]
    fn nothing_falls_to_a_weaker_writer(
        steps in proptest::collection::vec((0..Writer::ALL.len(), texts()), 1..6),
        order in Just(Writer::ALL.to_vec()).prop_shuffle(),
    ) {
        let precedence = Precedence { order, ..Precedence::default() };
        let mut known = Profile::default();
        for (second, (writer, texts)) in (0_i64..).zip(&steps) {
            let by = written(Writer::ALL[*writer], second);
            let mut after = Profile { written: known.written.clone(), ..profile(&borrowed(texts)) };
            let wish = after.clone();
            let refused = settle(&known, &mut after, by, &precedence);
            for field in of_profile(&[&known, &wish]) {
                let (had, wished, has) = (value(&known, &field), value(&wish, &field), value(&after, &field));
                let owner = known.written.of(&field);
                let stronger = owner.is_some_and(|owner| !precedence.may(&field, by.by, owner.by));
                prop_assert_eq!(&has, if stronger { &had } else { &wished }, "{}", field);
                let is_refused = refused.iter().any(|one| one.field == field && one.value == wished);
                prop_assert_eq!(is_refused, stronger && had != wished);
                if had != has {
                    prop_assert_eq!(after.written.of(&field), Some(by));
                }
            }
            known = after;
        }
    }

    /// A profile that was put together knows for each value who wrote it where it came from.
    #[test]
    fn values_bring_their_writers(first in texts(), second in texts()) {
        let mut parts = [profile(&borrowed(&first)), profile(&borrowed(&second))];
        parts[0].written = Provenance::all_by(written(Writer::Form, 1));
        parts[1].written = Provenance::all_by(written(Writer::Person, 2));
        let mut whole = parts[0].clone();
        for field in of_profile(&[&parts[1]]) {
            if value(&whole, &field).is_null() {
                super::units::take(&mut whole, &parts[1], &field);
            }
        }
        Provenance::follow(&mut whole, &[&parts[0], &parts[1]]);
        for field in of_profile(&[&whole]).into_iter().filter(|field| !value(&whole, field).is_null()) {
            let from = usize::from(value(&parts[0], &field).is_null());
            prop_assert_eq!(whole.written.of(&field), parts[from].written.by, "{}", field);
        }
        Provenance::follow(&mut whole, &[&parts[1]]);
        prop_assert_eq!(&whole.written, &parts[1].written);
    }
}
