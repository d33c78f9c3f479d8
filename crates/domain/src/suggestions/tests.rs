use chrono::DateTime;
use serde_json::json;

use super::{Filing, MOST_OPEN, Suggestion, SuggestionState, file};
use crate::{
    access::Actor,
    ids::{Id, LeadId, SuggestionId},
    leads::{FieldValue, Profile},
    precedence::{Refused, Writer, Written},
    time::Instant,
};

fn at(second: i64) -> Instant {
    DateTime::from_timestamp(second, 0).unwrap()
}

fn id<T>(number: u128) -> Id<T> {
    Id::from_uuid(uuid::Uuid::from_u128(number))
}

fn in_bonn() -> Profile {
    let mut profile = Profile::default();
    profile.put("city", FieldValue::Text("Bonn".to_owned()));
    profile
}

fn said(by: Writer, city: &str, second: i64) -> (Written, Refused) {
    (Written::new(by, at(second)), Refused { field: "city".to_owned(), value: json!(city) })
}

/// Files with ids that count from the second.
fn filed(known: &[Suggestion], refused: &[(Written, Refused)], second: i64) -> Filing {
    let mut number = u128::from(second.unsigned_abs()) * 100;
    let mut next = || -> SuggestionId {
        number += 1;
        id(number)
    };
    let lead: LeadId = id(1);
    file(lead, &in_bonn(), known, refused, at(second), &mut next)
}

#[test]
fn the_same_again_is_one_suggestion() {
    let first = filed(&[], &[said(Writer::Form, "Ulm", 1), said(Writer::Form, "ULM", 1)], 1);
    assert_eq!(first.keep.len(), 1, "{first:?}");
    let again = filed(&first.keep, &[said(Writer::Form, "Ulm", 2)], 2);
    assert_eq!((again.keep[0].id, again.keep[0].updated_at), (first.keep[0].id, at(2)));
    let other = filed(&again.keep, &[said(Writer::Sync, "Ulm", 3), said(Writer::Form, "bonn", 3)], 3);
    assert_eq!((other.keep.len(), other.keep[0].from.by, other.forget.len()), (1, Writer::Sync, 0));
}

#[test]
fn what_was_dismissed_does_not_come_back() {
    let first = filed(&[], &[said(Writer::Form, "Ulm", 1)], 1).keep.remove(0);
    let dismissed = first.clone().decided(SuggestionState::Dismissed, Actor::System, at(2));
    assert_eq!(filed(&[dismissed], &[said(Writer::Form, "Ulm", 3)], 3), Filing::default());
    // What was accepted and then overwritten is a question again.
    let accepted = first.decided(SuggestionState::Accepted, Actor::System, at(2));
    let again = filed(&[accepted], &[said(Writer::Form, "Ulm", 3)], 3);
    assert_eq!((again.keep[0].state, again.keep[0].decided_at), (SuggestionState::Open, None));
}

#[test]
fn what_the_lead_holds_by_now_is_none() {
    let known = filed(&[], &[said(Writer::Form, "Ulm", 1)], 1).keep.remove(0);
    let held = Suggestion { value: json!("Bonn"), ..known };
    assert_eq!(filed(std::slice::from_ref(&held), &[], 2), Filing { keep: vec![], forget: vec![held.id] });
}

#[test]
fn the_oldest_go_where_there_are_too_many() {
    let all: Vec<_> = (0..30).map(|number| said(Writer::Form, &format!("City {number}"), 1)).collect();
    let filing = filed(&[], &all, 1);
    assert_eq!((filing.keep.len(), filing.forget.len()), (MOST_OPEN, 0));
    let one_more = filed(&filing.keep, &[said(Writer::Form, "Ulm", 2)], 2);
    assert_eq!((one_more.keep.len(), one_more.forget.len()), (1, 1), "{one_more:?}");
    assert!(filing.keep.iter().any(|one| one.id == one_more.forget[0]));
}
