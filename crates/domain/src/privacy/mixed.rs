//! What the log of a lead says of somebody who was merged into it for a while and turned out to be another.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

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
    /// where nothing is left. Other fields are the master's own: they stay, and so do notes of colleagues.
    pub fn taken_out_of<'a>(&self, events: &'a [Event], was_judged: bool) -> Vec<(&'a Event, Option<Value>)> {
        let mut brought: BTreeSet<&str> = events.iter().flat_map(|event| self.brought_by(event)).collect();
        if was_judged {
            brought.insert("bant");
        }
        let within = || events.iter().filter(|event| self.from <= event.occurred_at && event.occurred_at <= self.until);
        // Whoever else left meanwhile may have left the values of this one behind, where they are not what the master had before.
        let had = |field: &str| within().find_map(|event| event.diff.as_ref()?.get(field)).map(|values| &values[0]);
        let others_left = || within().filter(|event| is_unmerge(event) && !self.ended_with(event));
        let left = others_left().filter_map(|event| event.diff.as_ref()?.as_object()).flatten();
        brought.extend(left.filter(|(field, values)| had(field) != Some(&values[1])).map(|(field, _)| field.as_str()));
        let without = |event: &'a Event| {
            let before = event.diff.as_ref()?.as_object()?;
            // What it lost again is what it had of the other.
            let rest: Map<String, Value> = match self.ended_with(event) {
                true => Map::new(),
                false => {
                    let others = before.iter().filter(|(field, _)| !brought.contains(field.as_str()));
                    others.map(|(field, values)| (field.clone(), values.clone())).collect()
                }
            };
            (rest.len() < before.len()).then(|| (event, (!rest.is_empty()).then_some(Value::Object(rest))))
        };
        within().filter_map(without).collect()
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
        is_unmerge(event) && names(&event.data["lead_id"], &self.lead.to_string())
    }
}

fn is_unmerge(event: &Event) -> bool {
    event.kind == EventKind::LeadsUnmerged.as_str()
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
    use uuid::Uuid;

    use super::*;
    use crate::{access::Actor, sample::id};

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
        let without: Vec<(i64, Option<Value>)> =
            stay.taken_out_of(&events, false).into_iter().map(|(event, rest)| (event.pos, rest)).collect();
        let expected =
            [(2, Some(json!({"city": [null, "Rome"]}))), (3, Some(json!({"job_title": ["x", "y"]}))), (6, None)];
        assert_eq!(without, expected);
        assert_eq!(stay.taken_out_of(&events, true).len(), 4, "what was judged of them, too");
        let mut left = events.to_vec();
        left[4] = event(EventKind::LeadsUnmerged, 5, json!({"lead_id": other}), json!({"job_title": ["z", "y"]}));
        let without = stay.taken_out_of(&left, false);
        assert!(without.iter().all(|(_, rest)| rest.as_ref().is_none_or(|rest| rest.get("job_title").is_none())));
        assert_eq!(without.len(), 4, "whoever left may have left theirs behind");
        let elsewhere = Stay { lead: other, ..stay };
        let covers = |first, last| stay.covers(master, at(first), at(last));
        assert!(covers(2, 2) && covers(6, 6) && covers(1, 3) && covers(5, 9) && covers(1, 9));
        assert!(!covers(0, 1) && !covers(7, 7) && !stay.covers(gone, at(3), at(3)));
        let rest = elsewhere.taken_out_of(&events, false)[0].1.clone().unwrap();
        assert!(rest.get("city").is_none() && rest.get("phone").is_some() && rest.get("custom").is_some(), "{rest}");
    }
}
