//! What the log of a lead says of somebody who was merged into it for a while and turned out to be another.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value};
use uuid::Uuid;

use super::own_values::{OwnValues, says_something, things_in};
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

    /// Since when the master was not itself alone: the lead may have come while others were part of it, and these while others
    /// were. `all` are the times in which leads were part of it, or of anything.
    pub fn since(&self, all: &[Self]) -> Instant {
        let mut since = self.from;
        loop {
            let reaching = all.iter().filter(|one| one.master == self.master && one.from < since && since <= one.until);
            match reaching.map(|one| one.from).min() {
                Some(earlier) => since = earlier,
                None => return since,
            }
        }
    }

    /// Those of the master's events from that time that say something of the lead, with what they say without it; `None`
    /// where nothing is left. The lead's are the fields that it brought along, and wherever else one of its values stands,
    /// as when another left that had covered it, unless the master had that value before anybody came, [`since`](Self::since)
    /// then, or has it now. All the rest is the master's own: it stays, and so do notes of colleagues. Of a change the value
    /// before and the one after go by themselves.
    ///
    /// What events say no more, because it went with somebody else, counts for nobody.
    pub fn taken_out_of<'a>(
        &self,
        events: impl IntoIterator<Item = &'a Event>,
        since: Instant,
        theirs: &OwnValues,
        masters: &OwnValues,
    ) -> Vec<(&'a Event, Option<Value>)> {
        let events = self.until_the_end(events, since);
        let had = had_at_first(&events);
        let meanwhile = || events.iter().copied().filter(|event| self.from <= event.occurred_at);
        let mut brought: BTreeSet<&str> = meanwhile().flat_map(|event| self.brought_by(event)).collect();
        if theirs.was_judged {
            brought.insert("bant");
        }
        let told = had.iter().filter(|(field, _)| brought.contains(*field) || theirs.things_of(field).is_some());
        let had: HashMap<&str, HashSet<Value>> =
            told.map(|(field, had)| (*field, had.iter().flat_map(|had| things_in(field, had)).collect())).collect();
        let taking = Taking { brought, had, theirs, masters };
        let without = |event: &'a Event| {
            let before = event.diff.as_ref()?.as_object()?;
            // What it lost again is what it had of the other.
            if self.ended_with(event) {
                return (!before.is_empty()).then_some((event, None));
            }
            let kept =
                before.iter().filter_map(|(field, values)| Some((field.clone(), taking.left_of(field, values)?)));
            let rest = Map::from_iter(kept);
            (rest != *before).then(|| (event, (!rest.is_empty()).then_some(Value::Object(rest))))
        };
        meanwhile().filter_map(without).collect()
    }

    /// What the master had before anybody came, [`since`](Self::since) then, in each field that changed until the lead left;
    /// `None` where no event tells it any more.
    pub fn had_before<'a>(
        &self,
        events: impl IntoIterator<Item = &'a Event>,
        since: Instant,
    ) -> BTreeMap<&'a str, Option<&'a Value>> {
        had_at_first(&self.until_the_end(events, since))
    }

    /// The master's events from an instant until the lead left, the oldest first.
    fn until_the_end<'a>(&self, events: impl IntoIterator<Item = &'a Event>, since: Instant) -> Vec<&'a Event> {
        let is_of_it = |event: &&Event| {
            event.lead_id == Some(self.master) && since <= event.occurred_at && event.occurred_at <= self.until
        };
        let mut events: Vec<&Event> = events.into_iter().filter(is_of_it).collect();
        events.sort_by_key(|event| event.pos);
        events
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

/// By what the values of a lead are told from those of the master that it was part of.
struct Taking<'a> {
    /// The fields that it brought along.
    brought: BTreeSet<&'a str>,
    /// What the master had before, in fields that the lead has, too.
    had: HashMap<&'a str, HashSet<Value>>,
    theirs: &'a OwnValues,
    masters: &'a OwnValues,
}

impl Taking<'_> {
    /// What a field was and became, without the lead: `null` stands for what went. `None` where both went.
    fn left_of(&self, field: &str, values: &Value) -> Option<Value> {
        let was_brought = self.brought.contains(field);
        let Some(sides) = values.as_array() else { return (!was_brought).then(|| values.clone()) };
        if !was_brought && self.theirs.things_of(field).is_none() {
            return Some(values.clone());
        }
        let goes = |side: &&Value| if was_brought { !self.was_had(field, side) } else { self.is_theirs(field, side) };
        let left: Vec<Value> = sides.iter().map(|side| if goes(&side) { Value::Null } else { side.clone() }).collect();
        let is_left = left.iter().any(says_something) || (!was_brought && left == *sides);
        is_left.then_some(Value::Array(left))
    }

    /// Whether the master had all of this before. Of what was judged nobody can tell whose it was.
    fn was_had(&self, field: &str, side: &Value) -> bool {
        field != "bant"
            && self.had.get(field).is_some_and(|had| things_in(field, side).iter().all(|one| had.contains(one)))
    }

    /// Whether something of this is the lead's and never was the master's.
    fn is_theirs(&self, field: &str, side: &Value) -> bool {
        let Some(theirs) = self.theirs.things_of(field) else { return false };
        let (had, has) = (self.had.get(field), self.masters.things_of(field));
        let is_own = |thing: &Value| [had, has].into_iter().flatten().any(|own| own.contains(thing));
        things_in(field, side).iter().any(|thing| theirs.contains(thing) && !is_own(thing))
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
                rest.retain(|field, values| earlier.get(field).is_some_and(|earlier| keep_common(values, earlier)));
                (!rest.is_empty()).then_some(Value::Object(rest))
            }
            (_, rest) => rest,
        };
        all.insert(event.id, rest);
    }
}

/// Keeps of a change what is left of it without another, too; whether that is anything.
fn keep_common(values: &mut Value, others: &Value) -> bool {
    if values == others {
        return true;
    }
    let sides = values.as_array_mut().into_iter().flatten().zip(others.as_array().into_iter().flatten());
    sides.filter(|(side, other)| *side != *other).for_each(|(side, _)| *side = Value::Null);
    values.as_array().is_some_and(|sides| sides.iter().any(says_something))
}

/// Whether a lead is named, alone or in a list.
fn names(value: &Value, lead: &str) -> bool {
    match value {
        Value::Array(all) => all.iter().any(|one| one.as_str() == Some(lead)),
        one => one.as_str() == Some(lead),
    }
}
