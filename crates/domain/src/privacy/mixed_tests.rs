#![allow(clippy::unwrap_used)]
use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{OwnValues, Stay, add_rests};
use crate::{
    access::Actor,
    events::{Event, EventKind},
    ids::LeadId,
    leads::{Profile, Seniority},
    sample::id,
    time::Instant,
};

fn values(profile: &Profile) -> OwnValues {
    let mut values = OwnValues::default();
    values.add_profile(profile);
    values
}

fn event(kind: EventKind, minute: i64, data: Value, diff: Value) -> Event {
    Event {
        id: Uuid::from_u128(minute.unsigned_abs().into()),
        pos: minute,
        kind: kind.as_str().to_owned(),
        lead_id: Some(id(1)),
        actor: Actor::System,
        occurred_at: Instant::default() + TimeDelta::minutes(minute),
        data,
        diff: Some(diff),
    }
}

#[test]
fn of_somebody_who_was_merged_for_a_while_nothing_is_left() {
    let (master, gone, other): (LeadId, LeadId, LeadId) = (id(1), id(2), id(3));
    let at = |minute| Instant::default() + TimeDelta::minutes(minute);
    let stay = Stay { master, lead: gone, from: at(2), until: at(6) };
    let origins = json!({"phone": [gone], "city": [other], "notes": [master, other, gone], "custom.plan": [gone]});
    let events = [
        event(EventKind::LeadUpdated, 1, json!({}), json!({"phone": [null, "1"]})),
        event(
            EventKind::LeadsMerged,
            2,
            json!({"merged": [gone, other], "origins": origins, "fields": ["phone", "city", "notes", "custom"]}),
            json!({"phone": ["1", "2"], "city": [null, "Rome"], "notes": ["a", "a b c"], "custom": [{}, {"plan": 1}]}),
        ),
        event(EventKind::LeadUpdated, 3, json!({}), json!({"notes": ["a b c", "a c"], "job_title": ["x", "y"]})),
        event(EventKind::LeadStatusChanged, 4, json!({}), json!({"note": [null, "was friendly"]})),
        event(EventKind::LeadBantChanged, 5, json!({}), json!({"bant": [{}, {}]})),
        event(EventKind::LeadsUnmerged, 6, json!({"lead_id": gone}), json!({"phone": ["2", "1"], "tags": [[], []]})),
        event(EventKind::LeadUpdated, 7, json!({}), json!({"phone": ["1", "3"]})),
    ];
    let nothing = OwnValues::default();
    let without: Vec<(i64, Option<Value>)> = stay
        .taken_out_of(&events, at(2), &nothing, &nothing)
        .into_iter()
        .map(|(event, rest)| (event.pos, rest))
        .collect();
    let merged = json!({"phone": ["1", null], "city": [null, "Rome"], "notes": ["a", null]});
    let expected = [(2, Some(merged)), (3, Some(json!({"job_title": ["x", "y"]}))), (6, None)];
    assert_eq!(without, expected);
    let mut judged = OwnValues::default();
    judged.add_changes(&event(EventKind::LeadBantChanged, 8, json!({}), json!({"bant": [{"need": 1}, {}]})));
    assert_eq!(stay.taken_out_of(&events, at(2), &judged, &nothing).len(), 4, "what was ever judged of them, too");
    let mut left = events.to_vec();
    left[4] = event(EventKind::LeadsUnmerged, 5, json!({"lead_id": other}), json!({"job_title": ["z", "y"]}));
    let theirs = values(&Profile { job_title: Some("y".to_owned()), ..Profile::default() });
    let without = stay.taken_out_of(&left, at(2), &theirs, &nothing);
    assert!(without.iter().all(|(_, rest)| rest.as_ref().is_none_or(|rest| rest["job_title"][1].is_null())));
    assert_eq!(without.len(), 4, "whoever left may have left theirs behind");
    let elsewhere = Stay { lead: other, ..stay };
    let covers = |first, last| stay.covers(master, at(first), at(last));
    assert!(covers(2, 2) && covers(6, 6) && covers(1, 3) && covers(5, 9) && covers(1, 9));
    assert!(!covers(0, 1) && !covers(7, 7) && !stay.covers(gone, at(3), at(3)));
    let rest = elsewhere.taken_out_of(&events, at(2), &nothing, &nothing)[0].1.clone().unwrap();
    assert!(rest.get("city").is_none() && rest.get("phone").is_some() && rest.get("custom").is_some(), "{rest}");
}

fn changed(minute: i64, fields: Value, diff: Value) -> Event {
    event(EventKind::LeadUpdated, minute, json!({"fields": fields}), diff)
}

/// A time in which a lead was part of the first.
fn stay(lead: u128, from: i64, until: i64) -> Stay {
    let at = |minute| Instant::default() + TimeDelta::minutes(minute);
    Stay { master: id(1), lead: id(lead), from: at(from), until: at(until) }
}

/// What is left of changes to a lead when the second leaves, who was part of it from the second minute to the ninth;
/// `others` were for a while, too.
fn left_of(events: &[Event], others: &[Stay], theirs: &Profile, masters: &Profile) -> Vec<Option<Value>> {
    let stay = stay(2, 2, 9);
    let mut rests = BTreeMap::new();
    let (theirs, masters) = (values(theirs), values(masters));
    // The newest first, as lists have them.
    add_rests(&mut rests, stay.taken_out_of(events.iter().rev(), stay.since(others), &theirs, &masters));
    events.iter().map(|event| rests.remove(&event.id).unwrap_or_else(|| event.diff.clone())).collect()
}

fn zu() -> Profile {
    Profile {
        email: Some("zu@v.example".to_owned()),
        city: Some("Rome".to_owned()),
        country: Some("DE".to_owned()),
        industry: Some("Velo".to_owned()),
        seniority: Some(Seniority::Manager),
        tags: vec!["cyclist".to_owned()],
        notes: Some("Zu plays".to_owned()),
        custom: Map::from_iter([("plan".to_owned(), json!("big"))]),
        ..Profile::default()
    }
}

#[test]
fn only_what_equals_the_values_of_the_one_who_left_is_theirs() {
    let (nobody, roman) = (Profile::default(), Profile { city: Some("Rome".to_owned()), ..Profile::default() });
    let whole = |diff: Value| (diff.clone(), diff);
    let cases = [
        (json!({"email": ["bob@x.example", "zu@v.example"]}), json!({"email": ["bob@x.example", null]})),
        (json!({"email": ["zu@v.example", "ann@x.example"]}), json!({"email": [null, "ann@x.example"]})),
        (json!({"email": ["zu@v.example", null], "city": ["Rome", "Rome"]}), Value::Null),
        whole(json!({"email": ["bob@x.example", "ann@x.example"]})),
        whole(json!({"city": ["Oslo", null]})),
        whole(json!({"city": [null, "Paris"]})),
        (json!({"tags": [["a"], ["a", "cyclist"]]}), json!({"tags": [["a"], null]})),
        whole(json!({"tags": [["a", "b"], ["a"]]})),
        (json!({"notes": ["a", "a\n\nZu plays\n\nb"]}), json!({"notes": ["a", null]})),
        whole(json!({"notes": ["a", "a\n\nb"]})),
        (json!({"custom": [{}, {"plan": "big", "size": 1}]}), Value::Null),
        whole(json!({"custom": [{}, {"plan": "small", "size": 1}]})),
        (json!({"city": [null, "Rome"]}), Value::Null),
        // Many have these, whoever they are.
        whole(json!({"country": [null, "DE"], "industry": ["Velo", "Food"], "seniority": ["manager", "vp"]})),
        whole(json!({"note": [null, "Zu plays"]})),
    ];
    for (diff, rest) in cases {
        let fields: Vec<&String> = diff.as_object().unwrap().keys().collect();
        // The first has what was there before, which is the master's own.
        let events = [changed(3, json!(fields), Value::Null), changed(4, json!(fields), diff.clone())];
        assert_eq!(left_of(&events, &[], &zu(), &nobody)[1].clone().unwrap_or_default(), rest, "{diff}");
        let own = [changed(1, json!(fields), diff.clone()), changed(10, json!(fields), diff)];
        assert!(left_of(&own, &[], &zu(), &nobody).iter().zip(&own).all(|(left, own)| *left == own.diff));
    }
    let own = [changed(3, json!(["city"]), json!({"city": [null, "Rome"]}))];
    assert!(left_of(&own, &[], &zu(), &roman)[0].is_some(), "the master has it, too");
    let lost =
        [changed(3, json!(["city"]), Value::Null), changed(4, json!(["city"]), json!({"city": ["Rome", "Oslo"]}))];
    let left = left_of(&lost, &[], &zu(), &nobody);
    assert_eq!(left[1], Some(json!({"city": [null, "Oslo"]})), "nobody knows what the master had");
}

#[test]
fn what_the_master_had_is_what_it_had_before_anybody_came() {
    let city = |minute, from: &str, to: &str| changed(minute, json!(["city"]), json!({"city": [from, to]}));
    let whole = |from: &str, to: &str| json!({"city": [from, to]});
    let (own, back) = (whole("Rome", "Paris"), whole("Oslo", "Rome"));
    let of_bob = [stay(3, 1, 4), stay(2, 2, 9), stay(3, 20, 30)];
    let (unreached, of_another) = ([stay(3, 0, 1)], [Stay { master: id(4), ..stay(3, 1, 4) }]);
    let through_another = [stay(4, 1, 2), stay(3, 0, 1), stay(2, 2, 9)];
    let bobs = || city(1, "Oslo", "Rome");
    let cases = [
        // Her own, though somebody else's covers it as the other comes.
        (vec![city(1, "Rome", "Oslo"), city(5, "Oslo", "Bonn"), city(6, "Rome", "Paris")], &of_bob[..], &own),
        (vec![city(3, "Rome", "Oslo"), city(4, "Oslo", "Rome")], &[], &back),
        // His, and the other's, too.
        (vec![bobs(), city(5, "Rome", "Paris")], &of_bob, &json!({"city": [null, "Paris"]})),
        (vec![city(0, "Oslo", "Rome"), city(5, "Rome", "Paris")], &through_another, &json!({"city": [null, "Paris"]})),
        // Hers: he was not part of her any more, or of somebody else.
        (vec![bobs(), city(5, "Rome", "Paris")], &unreached, &own),
        (vec![bobs(), city(5, "Rome", "Paris")], &of_another, &own),
        (vec![bobs(), city(5, "Rome", "Paris")], &[], &own),
    ];
    for (events, others, rest) in cases {
        let left = left_of(&events, others, &zu(), &Profile::default());
        assert_eq!(left.last().unwrap().as_ref(), Some(rest), "{others:?}");
    }
    // What she had stays also where the other's value took its place, whoever chose that.
    let merged = event(
        EventKind::LeadsMerged,
        2,
        json!({"merged": [stay(2, 2, 9).lead], "fields": ["email"]}),
        json!({"email": ["ann@x.example", "zu@v.example"]}),
    );
    let since = changed(5, json!(["email"]), json!({"email": ["zu@v.example", "ann2@x.example"]}));
    let left = left_of(&[merged, since], &[], &zu(), &Profile::default());
    assert_eq!(left, [Some(json!({"email": ["ann@x.example", null]})), None]);
}

#[test]
fn long_notes_that_both_had_are_read_through_quickly() {
    // Comparing each line with each would take minutes.
    let lines = |from: usize| (from..10_000).map(|line| line.to_string()).collect::<Vec<_>>().join("\n");
    let both = Profile { notes: Some(lines(0)), ..Profile::default() };
    let edits = (0..8).map(|edit| json!({"notes": [lines(edit), lines(edit + 1)]}));
    let events: Vec<Event> = (3..).zip(edits).map(|(minute, diff)| changed(minute, json!(["notes"]), diff)).collect();
    let left = left_of(&events, &[], &both, &Profile::default());
    assert!(left.iter().zip(&events).all(|(left, event)| *left == event.diff));
}

#[test]
fn of_two_who_left_neither_is_told() {
    let at = |minute| Instant::default() + TimeDelta::minutes(minute);
    let events =
        [changed(3, json!(["city", "email", "country"]), json!({"city": [1, 2], "email": [3, 4], "country": [5, 6]}))];
    let mut rests = BTreeMap::new();
    for keys in [["city", "country"], ["country", "email"]] {
        let rest =
            keys.into_iter().map(|key| (key.to_owned(), events[0].diff.as_ref().unwrap()[key].clone())).collect();
        add_rests(&mut rests, [(&events[0], Some(Value::Object(rest)))]);
    }
    assert_eq!(rests[&events[0].id], Some(json!({"country": [5, 6]})));
    for sides in [[json!(5), Value::Null], [Value::Null, json!(6)]] {
        let seen = rests[&events[0].id].clone();
        assert!(seen.is_some(), "each took one side");
        add_rests(&mut rests, [(&events[0], Some(json!({"country": sides})))]);
    }
    assert_eq!(rests[&events[0].id], None, "both sides went, each with another");
    add_rests(&mut rests, [(&events[0], None)]);
    assert_eq!(rests[&events[0].id], None);
    let stay = Stay { master: id(1), lead: id(2), from: at(2), until: at(9) };
    let had = stay.had_before(&events, at(2));
    assert_eq!((had["city"], had.get("phone")), (Some(&json!(1)), None));
}
