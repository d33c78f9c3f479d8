//! What the log of a lead says of somebody who was merged into it for a while and turned out to be another.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use uuid::Uuid;

use super::own_values::{OwnValues, things_in};
use crate::{
    events::{Event, EventKind},
    ids::LeadId,
    time::Instant,
};

/// A time in which a lead was part of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The lead that it was part of.
    pub master: LeadId,
    /// The lead.
    pub lead: LeadId,
    /// When they were merged.
    pub from: Instant,
    /// When that was taken back.
    pub until: Instant,
}

impl Stay {
    /// Whether what came to a lead at one time, and for good at another, came to both in this time.
    pub fn covers(&self, lead: LeadId, first: Instant, last: Instant) -> bool {
        self.master == lead && self.from <= last && first <= self.until
    }

    /// Those of the master's events from that time that say something of the lead, with what they say without it; `None`
    /// where nothing is left. The lead's are the fields that it brought along, and wherever else one of its values stands,
    /// as when another left that had covered it, unless the master had that value before or has it now. All the rest is
    /// the master's own: it stays, and so do notes of colleagues.
    ///
    /// What events say no more, because it went with somebody else, counts for nobody.
    pub fn taken_out_of<'a>(
        &self,
        events: impl IntoIterator<Item = &'a Event>,
        theirs: &OwnValues,
        masters: &OwnValues,
    ) -> Vec<(&'a Event, Option<Value>)> {
        let meanwhile = self.meanwhile(events);
        let mut brought: BTreeSet<&str> = meanwhile.iter().flat_map(|event| self.brought_by(event)).collect();
        if theirs.was_judged {
            brought.insert("bant");
        }
        let had = had_at_first(&meanwhile);
        let had = |field: &str, thing: &Value| {
            had.get(field).copied().flatten().is_some_and(|value| things_in(field, value).contains(thing))
        };
        let is_theirs =
            |field: &str, thing: &Value| theirs.has(field, thing) && !masters.has(field, thing) && !had(field, thing);
        let tells_of_them = |field: &str, values: &Value| {
            let mut sides = values.as_array().into_iter().flatten();
            brought.contains(field)
                || sides.any(|side| things_in(field, side).iter().any(|thing| is_theirs(field, thing)))
        };
        let without = |event: &'a Event| {
            let before = event.diff.as_ref()?.as_object()?;
            // What it lost again is what it had of the other.
            let rest: Map<String, Value> = match self.ended_with(event) {
                true => Map::new(),
                false => {
                    let others = before.iter().filter(|(field, values)| !tells_of_them(field, values));
                    others.map(|(field, values)| (field.clone(), values.clone())).collect()
                }
            };
            (rest.len() < before.len()).then(|| (event, (!rest.is_empty()).then_some(Value::Object(rest))))
        };
        meanwhile.into_iter().filter_map(without).collect()
    }

    /// What the master had as the lead came, in each field that changed meanwhile; `None` where no event tells it any more.
    pub fn had_before<'a>(&self, events: impl IntoIterator<Item = &'a Event>) -> BTreeMap<&'a str, Option<&'a Value>> {
        had_at_first(&self.meanwhile(events))
    }

    /// The master's events from that time, the oldest first.
    fn meanwhile<'a>(&self, events: impl IntoIterator<Item = &'a Event>) -> Vec<&'a Event> {
        let is_of_it = |event: &&Event| {
            event.lead_id == Some(self.master) && self.from <= event.occurred_at && event.occurred_at <= self.until
        };
        let mut meanwhile: Vec<&Event> = events.into_iter().filter(is_of_it).collect();
        meanwhile.sort_by_key(|event| event.pos);
        meanwhile
    }

    /// The fields that the lead brought along, if this is the merge.
    fn brought_by<'a>(&self, event: &'a Event) -> Vec<&'a str> {
        let lead = self.lead.to_string();
        let began = event.kind == EventKind::LeadsMerged.as_str() && event.occurred_at == self.from;
        if !began || !names(&event.data["merged"], &lead) {
            return Vec::new();
        }
        // Of the values some may be gone already, with somebody else who came at once.
        let fields = event.data["fields"].as_array().into_iter().flatten().filter_map(Value::as_str);
        // Where several came at once, it is known whose value each field has.
        let of_others = |field: &str| match event.data["origins"].as_object() {
            Some(origins) => {
                let of = |name: &String| name == field || (field == "custom" && name.starts_with("custom."));
                let mut of = origins.iter().filter(|(name, _)| of(name)).peekable();
                of.peek().is_some() && of.all(|(_, from)| !names(from, &lead))
            }
            None => false,
        };
        fields.filter(|field| !of_others(field)).collect()
    }

    fn ended_with(&self, event: &Event) -> bool {
        event.kind == EventKind::LeadsUnmerged.as_str() && names(&event.data["lead_id"], &self.lead.to_string())
    }
}

/// What was there before the first of these events that names a field. Events name their fields also where their values are
/// gone: what a later one has for the value before may be anybody's then.
fn had_at_first<'a>(events: &[&'a Event]) -> BTreeMap<&'a str, Option<&'a Value>> {
    let mut had = BTreeMap::new();
    for event in events {
        let diff = event.diff.as_ref().and_then(Value::as_object);
        let named = event.data["fields"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for field in diff.into_iter().flat_map(|diff| diff.keys()).map(String::as_str).chain(named) {
            had.entry(field).or_insert_with(|| diff?.get(field)?.get(0));
        }
    }
    had
}

/// Adds what events say without somebody to what they say without others: only what is nobody's of them stays.
pub fn add_rests<'a>(
    all: &mut BTreeMap<Uuid, Option<Value>>,
    more: impl IntoIterator<Item = (&'a Event, Option<Value>)>,
) {
    for (event, rest) in more {
        let rest = match (all.remove(&event.id), rest) {
            (Some(earlier), Some(Value::Object(mut rest))) => {
                let earlier = earlier.unwrap_or_default();
                rest.retain(|field, _| earlier.get(field).is_some());
                (!rest.is_empty()).then_some(Value::Object(rest))
            }
            (_, rest) => rest,
        };
        all.insert(event.id, rest);
    }
}

/// Whether a lead is named, alone or in a list.
fn names(value: &Value, lead: &str) -> bool {
    match value {
        Value::Array(all) => all.iter().any(|one| one.as_str() == Some(lead)),
        one => one.as_str() == Some(lead),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::TimeDelta;
    use serde_json::json;

    use super::*;
    use crate::{access::Actor, leads::Profile, sample::id};

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
            event(
                EventKind::LeadsUnmerged,
                6,
                json!({"lead_id": gone}),
                json!({"phone": ["2", "1"], "tags": [[], []]}),
            ),
            event(EventKind::LeadUpdated, 7, json!({}), json!({"phone": ["1", "3"]})),
        ];
        let nothing = OwnValues::default();
        let without: Vec<(i64, Option<Value>)> =
            stay.taken_out_of(&events, &nothing, &nothing).into_iter().map(|(event, rest)| (event.pos, rest)).collect();
        let expected =
            [(2, Some(json!({"city": [null, "Rome"]}))), (3, Some(json!({"job_title": ["x", "y"]}))), (6, None)];
        assert_eq!(without, expected);
        let mut judged = values(&Profile::default());
        judged.was_judged = true;
        assert_eq!(stay.taken_out_of(&events, &judged, &nothing).len(), 4, "what was judged of them, too");
        let mut left = events.to_vec();
        left[4] = event(EventKind::LeadsUnmerged, 5, json!({"lead_id": other}), json!({"job_title": ["z", "y"]}));
        let theirs = values(&Profile { job_title: Some("y".to_owned()), ..Profile::default() });
        let without = stay.taken_out_of(&left, &theirs, &nothing);
        assert!(without.iter().all(|(_, rest)| rest.as_ref().is_none_or(|rest| rest.get("job_title").is_none())));
        assert_eq!(without.len(), 4, "whoever left may have left theirs behind");
        let elsewhere = Stay { lead: other, ..stay };
        let covers = |first, last| stay.covers(master, at(first), at(last));
        assert!(covers(2, 2) && covers(6, 6) && covers(1, 3) && covers(5, 9) && covers(1, 9));
        assert!(!covers(0, 1) && !covers(7, 7) && !stay.covers(gone, at(3), at(3)));
        let rest = elsewhere.taken_out_of(&events, &nothing, &nothing)[0].1.clone().unwrap();
        assert!(rest.get("city").is_none() && rest.get("phone").is_some() && rest.get("custom").is_some(), "{rest}");
    }

    fn changed(minute: i64, fields: Value, diff: Value) -> Event {
        event(EventKind::LeadUpdated, minute, json!({"fields": fields}), diff)
    }

    /// What is left of changes to a lead that two others were part of, of whom the second leaves last.
    fn left_of(events: &[Event], theirs: &Profile, masters: &Profile) -> Vec<Option<Value>> {
        let at = |minute| Instant::default() + TimeDelta::minutes(minute);
        let stay = Stay { master: id(1), lead: id(2), from: at(2), until: at(9) };
        let mut rests = BTreeMap::new();
        // The newest first, as lists have them.
        add_rests(&mut rests, stay.taken_out_of(events.iter().rev(), &values(theirs), &values(masters)));
        events.iter().map(|event| rests.remove(&event.id).unwrap_or_else(|| event.diff.clone())).collect()
    }

    #[test]
    fn only_what_equals_the_values_of_the_one_who_left_is_theirs() {
        let zu = Profile {
            email: Some("zu@v.example".to_owned()),
            country: Some("DE".to_owned()),
            tags: vec!["cyclist".to_owned()],
            notes: Some("Zu plays".to_owned()),
            custom: Map::from_iter([("plan".to_owned(), json!("big"))]),
            ..Profile::default()
        };
        let (nobody, german) = (Profile::default(), Profile { country: Some("DE".to_owned()), ..Profile::default() });
        let cases = [
            (json!({"email": ["bob@x.example", "zu@v.example"]}), true),
            (json!({"email": ["zu@v.example", "ann@x.example"]}), true),
            (json!({"email": ["bob@x.example", "ann@x.example"]}), false),
            (json!({"city": ["Rome", null]}), false),
            (json!({"city": [null, "Paris"]}), false),
            (json!({"tags": [["a"], ["a", "cyclist"]]}), true),
            (json!({"tags": [["a", "b"], ["a"]]}), false),
            (json!({"notes": ["a", "a\n\nZu plays\n\nb"]}), true),
            (json!({"notes": ["a", "a\n\nb"]}), false),
            (json!({"custom": [{}, {"plan": "big", "size": 1}]}), true),
            (json!({"custom": [{}, {"plan": "small", "size": 1}]}), false),
            (json!({"country": [null, "DE"]}), true),
            (json!({"note": [null, "Zu plays"]}), false),
        ];
        for (diff, is_theirs) in cases {
            let fields: Vec<&String> = diff.as_object().unwrap().keys().collect();
            // The first has what was there before, which is the master's own.
            let events = [changed(3, json!(fields), Value::Null), changed(4, json!(fields), diff.clone())];
            assert_eq!(left_of(&events, &zu, &nobody)[1].is_none(), is_theirs, "{diff}");
            let own = [changed(1, json!(fields), diff.clone()), changed(10, json!(fields), diff)];
            assert!(left_of(&own, &zu, &nobody).iter().all(Option::is_some), "before and after");
        }
        let own = [changed(3, json!(["country"]), json!({"country": [null, "DE"]}))];
        assert!(left_of(&own, &zu, &german)[0].is_some(), "the master has it, too");
        let had = [
            changed(3, json!(["country"]), json!({"country": ["DE", "FR"]})),
            changed(4, json!(["country"]), json!({"country": ["FR", "DE"]})),
        ];
        assert!(left_of(&had, &zu, &nobody).iter().all(Option::is_some), "the master had it before");
        let lost = [
            changed(3, json!(["country"]), Value::Null),
            changed(4, json!(["country"]), json!({"country": ["DE", "FR"]})),
        ];
        assert!(left_of(&lost, &zu, &nobody)[1].is_none(), "nobody knows what the master had");
    }

    #[test]
    fn of_two_who_left_neither_is_told() {
        let at = |minute| Instant::default() + TimeDelta::minutes(minute);
        let events = [changed(
            3,
            json!(["city", "email", "country"]),
            json!({"city": [1, 2], "email": [3, 4], "country": [5, 6]}),
        )];
        let mut rests = BTreeMap::new();
        for keys in [["city", "country"], ["country", "email"]] {
            let rest =
                keys.into_iter().map(|key| (key.to_owned(), events[0].diff.as_ref().unwrap()[key].clone())).collect();
            add_rests(&mut rests, [(&events[0], Some(Value::Object(rest)))]);
        }
        assert_eq!(rests[&events[0].id], Some(json!({"country": [5, 6]})));
        add_rests(&mut rests, [(&events[0], None)]);
        assert_eq!(rests[&events[0].id], None);
        let stay = Stay { master: id(1), lead: id(2), from: at(2), until: at(9) };
        let had = stay.had_before(&events);
        assert_eq!((had["city"], had.get("phone")), (Some(&json!(1)), None));
    }
}
