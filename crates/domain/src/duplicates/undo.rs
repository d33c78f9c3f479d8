//! How a merge is taken back: what came only from the lead that leaves goes with it, unless it changed since.

use serde_json::{Map, Value};

use super::Standing;
use crate::{
    leads::{FieldKind, LEAD_FIELDS, Profile, parts::Bant},
    precedence::Provenance,
};

/// What stands between paragraphs of notes.
const BETWEEN: &str = "\n\n";

/// The master without the lead that leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// How it stands.
    pub standing: Standing,
    /// Fields that came from the lead that leaves and stay, because somebody changed them since.
    pub kept: Vec<String>,
}

/// Decides what the master is without a lead that was merged into it: `after` is the master as the merges left it, `without`
/// as they would have left it without that lead.
pub fn undo(now: &Standing, after: &Standing, without: &Standing) -> Undone {
    let mut undone = Undone { standing: now.clone(), kept: Vec::new() };
    for field in LEAD_FIELDS {
        match (field.name, field.kind) {
            ("phone" | "seniority" | "notes", _) | (_, FieldKind::Custom) => {}
            (_, FieldKind::Labels | FieldKind::Tags | FieldKind::Purchases) => {
                take_out(&mut undone.standing.profile, field.name, &after.profile, &without.profile);
            }
            (_, FieldKind::Consents | FieldKind::ExternalIds) => {
                let (was, is) = (after.profile.json(field.name), without.profile.json(field.name));
                let kept = by_member(&mut undone.standing.profile, field.name, &was, &is);
                undone.kept.extend(kept);
            }
            (name, _) if after.profile.same(name, &without.profile) => {}
            (name, _) if now.profile.same(name, &after.profile) => {
                undone.standing.profile.copy_field(name, &without.profile);
            }
            (name, _) => undone.kept.push(name.to_owned()),
        }
    }
    undone.phone_and_seniority(&after.profile, &without.profile);
    undone.notes(&after.profile, &without.profile);
    undone.touches(&after.profile, &without.profile);
    undone.custom(&after.profile, &without.profile);
    undone.bant(&after.bant, &without.bant);
    undone.rest(now, after, without);
    Provenance::follow(&mut undone.standing.profile, &[&now.profile, &without.profile]);
    undone
}

impl Undone {
    /// These have a second value that goes with them.
    fn phone_and_seniority(&mut self, after: &Profile, without: &Profile) {
        let now = &mut self.standing.profile;
        let phone = |profile: &Profile| (profile.phone.clone(), profile.phone_given.clone());
        if phone(after) != phone(without) {
            if phone(now) == phone(after) {
                (now.phone, now.phone_given) = phone(without);
            } else {
                self.kept.push("phone".to_owned());
            }
        }
        let seniority = |profile: &Profile| (profile.seniority, profile.seniority_given);
        if seniority(after) != seniority(without) {
            if seniority(now) == seniority(after) {
                (now.seniority, now.seniority_given) = seniority(without);
            } else if now.seniority_given {
                self.kept.push("seniority".to_owned());
            }
        }
        now.derive_seniority();
    }

    fn notes(&mut self, after: &Profile, without: &Profile) {
        let (after, without) = (&after.notes, &without.notes);
        if after == without {
            return;
        }
        let now = &mut self.standing.profile.notes;
        if now == after {
            now.clone_from(without);
            return;
        }
        // What was appended is cut out of what was written around it.
        let [now_is, had, has] = [&*now, after, without].map(|notes| notes.as_deref().unwrap_or_default());
        match appended(had, has).and_then(|appended| cut(now_is, &appended)) {
            Some(rest) => *now = Some(rest).filter(|rest| !rest.is_empty()),
            None => self.kept.push("notes".to_owned()),
        }
    }

    /// Touches between the first and the last that came with the merge go with it.
    fn touches(&mut self, after: &Profile, without: &Profile) {
        let (after, without) = (&after.touches_between, &without.touches_between);
        let now = &mut self.standing.profile.touches_between;
        if now == after {
            now.clone_from(without);
            return;
        }
        now.retain(|touch| without.contains(touch) || !after.contains(touch));
        let back: Vec<_> = without.iter().filter(|touch| !after.contains(touch)).cloned().collect();
        now.extend(back);
        now.sort_by_key(|touch| touch.at);
    }

    fn custom(&mut self, after: &Profile, without: &Profile) {
        let kept = by_key(&mut self.standing.profile.custom, &after.custom, &without.custom);
        self.kept.extend(kept.into_iter().map(|key| format!("custom.{key}")));
    }

    fn bant(&mut self, after: &Bant, without: &Bant) {
        let parts = |bant: &Bant| match serde_json::to_value(bant) {
            Ok(Value::Object(parts)) => parts,
            _ => Map::new(),
        };
        let (mut now, after, without) = (parts(&self.standing.bant), parts(after), parts(without));
        let nothing = Map::new();
        for (name, part) in &mut now {
            let members =
                |all: &Map<String, Value>| all.get(name).and_then(Value::as_object).unwrap_or(&nothing).clone();
            if let Value::Object(part) = part {
                let kept = by_key(part, &members(&after), &members(&without));
                self.kept.extend(kept.into_iter().map(|member| format!("bant.{name}.{member}")));
            }
        }
        if let Ok(bant) = serde_json::from_value(Value::Object(now)) {
            self.standing.bant = bant;
        }
    }

    fn rest(&mut self, now: &Standing, after: &Standing, without: &Standing) {
        let standing = &mut self.standing;
        let mut kept = |name: &str| self.kept.push(name.to_owned());
        let holder = |one: &Standing| (one.owner_id, one.team_id);
        match (holder(after) == holder(without), holder(now) == holder(after)) {
            (true, _) => {}
            (false, true) => (standing.owner_id, standing.team_id) = holder(without),
            (false, false) => kept("owner"),
        }
        match (after.source_id == without.source_id, now.source_id == after.source_id) {
            (true, _) => {}
            (false, true) => standing.source_id = without.source_id,
            (false, false) => kept("source"),
        }
        // What follows from work on the lead moves on by itself; where it did, it stays.
        if now.grade == after.grade {
            standing.grade = without.grade;
        }
        if now.sla == after.sla {
            standing.sla = without.sla;
        }
        if now.first_responded_at == after.first_responded_at {
            standing.first_responded_at = without.first_responded_at;
        }
        if now.last_interaction_at == after.last_interaction_at {
            standing.last_interaction_at = without.last_interaction_at;
        }
    }
}

/// The paragraphs that notes have and others lack, where they stand together: of what several appended it may be a part in the
/// middle.
fn appended(after: &str, without: &str) -> Option<String> {
    let paragraphs = |notes: &str| notes.split(BETWEEN).map(str::to_owned).filter(|one| !one.is_empty()).collect();
    let (long, short): (Vec<String>, Vec<String>) = (paragraphs(after), paragraphs(without));
    let first = long.iter().zip(&short).take_while(|(one, other)| one == other).count();
    let last = long.len().checked_sub(short.len() - first)?;
    let is_one_piece = first < last && long[last..] == short[first..];
    is_one_piece.then(|| long[first..last].join(BETWEEN)).filter(|piece| !piece.trim().is_empty())
}

/// Notes without what was appended to them, if that is there still: a paragraph of its own, to which somebody may have added.
fn cut(notes: &str, piece: &str) -> Option<String> {
    let parts = |at: usize| (&notes[..at], &notes[at + piece.len()..]);
    let begins = |(before, _): &(&str, &str)| before.is_empty() || before.ends_with(BETWEEN);
    let ends = |(_, behind): &(&str, &str)| behind.is_empty() || behind.starts_with(BETWEEN);
    let found: Vec<_> = notes.match_indices(piece).map(|(at, _)| parts(at)).filter(begins).collect();
    let (before, behind) = found.iter().find(|one| ends(one)).or_else(|| found.first())?;
    let rest = [before.trim(), behind.trim()];
    Some(rest.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(BETWEEN))
}

/// Takes the elements out of a list that came with the merge.
fn take_out(now: &mut Profile, name: &str, after: &Profile, without: &Profile) {
    let list = |profile: &Profile| match profile.json(name) {
        Value::Array(list) => list,
        _ => Vec::new(),
    };
    let (after, without) = (list(after), list(without));
    if after == without {
        return;
    }
    let (came, went): (Vec<Value>, Vec<Value>) = (
        after.iter().filter(|value| !without.contains(value)).cloned().collect(),
        without.iter().filter(|value| !after.contains(value)).cloned().collect(),
    );
    let is = list(now);
    // Where the whole list was chosen and nobody touched it, the old one comes back in its order.
    let rest =
        if is == after { without } else { is.into_iter().filter(|value| !came.contains(value)).chain(went).collect() };
    write(now, name, Value::Array(rest));
}

/// Takes back, member by member, what a merge did to something that has members; answers what stays.
fn by_member(now: &mut Profile, name: &str, after: &Value, without: &Value) -> Vec<String> {
    let (Value::Object(mut is), Some(after), Some(without)) = (now.json(name), after.as_object(), without.as_object())
    else {
        return Vec::new();
    };
    let kept = by_key(&mut is, after, without);
    write(now, name, Value::Object(is));
    kept.into_iter().map(|member| format!("{name}.{member}")).collect()
}

fn by_key(now: &mut Map<String, Value>, after: &Map<String, Value>, without: &Map<String, Value>) -> Vec<String> {
    let mut kept = Vec::new();
    let keys: Vec<&String> = after.keys().chain(without.keys().filter(|key| !after.contains_key(*key))).collect();
    for key in keys.into_iter().filter(|key| after.get(*key) != without.get(*key)) {
        if now.get(key) != after.get(key) {
            kept.push(key.clone());
        } else if let Some(value) = without.get(key) {
            now.insert(key.clone(), value.clone());
        } else {
            now.remove(key);
        }
    }
    kept
}

/// Writes one member of a profile by its stored form.
fn write(profile: &mut Profile, name: &str, value: Value) {
    if let Ok(Value::Object(mut members)) = serde_json::to_value(&*profile) {
        members.insert(name.to_owned(), value);
        if let Ok(written) = serde_json::from_value(Value::Object(members)) {
            *profile = written;
        }
    }
}
