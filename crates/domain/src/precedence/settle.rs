use serde_json::Value;

use super::{
    Precedence, Provenance, Writer, Written,
    units::{of_profile, same, take, value},
};
use crate::{ids::SubmissionId, leads::Profile, text::fold, time::Instant};

/// A value that was not written.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The field; custom ones as `custom.<key>`.
    pub field: String,
    /// What it was to hold; `null` for nothing.
    pub value: Value,
}

/// Fields that say how we work on a lead, or where it first came from: another word on them is no correction.
const OURS: [&str; 3] = ["priority", "next_action", "source_detail"];

/// Takes back of a change what its writer may not overwrite, and notes who wrote the rest. A blank is always filled, but
/// one that somebody stronger emptied stays theirs.
pub fn settle(before: &Profile, after: &mut Profile, written: Written, precedence: &Precedence) -> Vec<Refused> {
    let mut refused = Vec::new();
    for field in of_profile(&[before, after]) {
        if same(before, after, &field) {
            continue;
        }
        let (had, wish) = (value(before, &field), value(after, &field));
        let owner = if had.is_null() { before.written.emptied(&field) } else { before.written.of(&field) };
        if owner.is_some_and(|owner| !precedence.may(&field, written.by, owner.by)) {
            take(after, before, &field);
            if !alike(&had, &wish) {
                refused.push(Refused { field, value: wish });
            }
        } else {
            after.written.note(&field, Some(written), wish.is_null());
        }
    }
    after.derive_seniority();
    refused
}

/// With what something was said that is taken in only now.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// What kind of writer.
    pub by: Writer,
    /// When it was said.
    pub at: Instant,
    /// With which submission; their ids grow with the time.
    pub with: SubmissionId,
}

/// Takes back of a change what a writer of the same kind has said otherwise since: what was posted long ago and is taken in
/// anew fills blanks, and mends what it said itself.
pub fn keep_newer(before: &Profile, after: &mut Profile, said: &Said) {
    let is_newer = |owner: &Written| {
        owner.by == said.by && owner.submission_id.map_or(owner.at > said.at, |other| other > said.with)
    };
    for field in of_profile(&[before, after]) {
        let owner = before.written.of(&field).filter(is_newer);
        if owner.is_some() && !value(before, &field).is_null() && !same(before, after, &field) {
            take(after, before, &field);
        }
    }
    after.derive_seniority();
}

/// What is said otherwise where only blanks were filled.
pub fn passed_over(known: &Profile, incoming: &Profile) -> Vec<Refused> {
    let mut passed = Vec::new();
    for field in of_profile(&[incoming]).into_iter().filter(|field| !OURS.contains(&field.as_str())) {
        let (had, said) = (value(known, &field), value(incoming, &field));
        let less = match field.as_str() {
            // A first name alone says nothing against a whole one.
            "contact_name" => incoming.last_name.is_none() && known.last_name.is_some(),
            // A number that can't be read says nothing against one that can.
            "phone" => incoming.phone.is_none(),
            _ => false,
        };
        if !had.is_null() && !said.is_null() && !less && !alike(&had, &said) {
            passed.push(Refused { field, value: said });
        }
    }
    passed
}

/// Whether two values are the same to people.
pub(crate) fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => one == other || fold(one) == fold(other),
        _ => one == other,
    }
}

impl Provenance {
    /// Follows the values of a profile that was made of others: a field that holds what the first of them holds is still by
    /// who wrote it there, one that holds what another holds by who wrote it in that one.
    pub fn follow(profile: &mut Profile, parts: &[&Profile]) {
        let Some(first) = parts.first() else { return };
        profile.written = first.written.clone();
        for field in of_profile(&[profile]) {
            let Some(from) = parts.iter().position(|part| same(part, profile, &field)) else { continue };
            if from == 0 {
                continue;
            }
            let part = &parts[from].written;
            match (value(profile, &field).is_null(), part.emptied(&field)) {
                (false, _) => profile.written.note(&field, part.of(&field), false),
                (true, Some(emptied)) => profile.written.note(&field, Some(emptied), true),
                (true, None) => drop(profile.written.fields.remove(&field)),
            }
        }
    }
}
