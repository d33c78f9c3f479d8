//! How a known lead takes over what is said of the same person again.

use super::{
    Policy,
    unite_parts::{newer_consent, unite_labels, unite_notes},
};
use crate::{
    leads::{ChangedField, FieldKind, LEAD_FIELDS, Profile, diff},
    text::join_name,
};

/// The longest whole name, in characters.
const LONGEST_NAME: usize = 200;

/// Unites what is known with what comes in; hands back the result and what changed.
///
/// With [`Policy::Update`] what comes in wins where it says something, with every other policy only what is lacking is
/// filled. Under both, notes are appended once; lists, ids and purchases are united; touches are kept by their time;
/// consent follows its time, and one that was withdrawn is granted again only by a later, dated consent.
/// A name stays whole: `Jane` does not replace `Jane Doe`, and a last name alone leaves the first one. Defaults belong to new leads: do not fill them in before.
pub fn merge_into(existing: &Profile, incoming: &Profile, policy: Policy) -> (Profile, Vec<ChangedField>) {
    let wins = policy == Policy::Update;
    let mut after = existing.clone();
    take_name(&mut after, incoming, wins);
    take_phone(&mut after, incoming, wins);
    for field in LEAD_FIELDS {
        match (field.name, field.kind) {
            ("contact_name" | "first_name" | "last_name" | "phone" | "seniority", _) => {}
            ("notes", _) => unite_notes(&mut after.notes, incoming.notes.as_deref()),
            ("first_touch", _) => take_touches(&mut after, incoming),
            ("last_touch", _) => {}
            ("product_interests", _) => unite_labels(&mut after.product_interests, &incoming.product_interests),
            ("technologies", _) => unite_labels(&mut after.technologies, &incoming.technologies),
            ("tags", _) => unite_labels(&mut after.tags, &incoming.tags),
            (_, FieldKind::Purchases | FieldKind::Consents | FieldKind::ExternalIds | FieldKind::Custom) => {}
            (name, _) if wins && !incoming.is_blank(name) => drop(after.copy_field(name, incoming)),
            (name, _) => fill(&mut after, incoming, name),
        }
    }
    take_members(&mut after, incoming, wins);
    take_seniority(&mut after, incoming, wins);
    let changes = diff(existing, &after);
    (after, changes)
}

/// The first touch and the last are so by their time; whoever is known without any takes over what comes in as a new lead
/// would.
fn take_touches(after: &mut Profile, incoming: &Profile) {
    if after.first_touch.is_none() && after.last_touch.is_none() && after.touches_between.is_empty() {
        after.first_touch.clone_from(&incoming.first_touch);
        after.last_touch.clone_from(&incoming.last_touch);
        after.touches_between.clone_from(&incoming.touches_between);
        return;
    }
    if after.first_touch.is_none() && incoming.first_touch.is_some() {
        let all = after.touches_between.iter().chain(&after.last_touch).chain(&incoming.first_touch);
        after.first_touch = all.min_by_key(|touch| touch.at).cloned();
        let first = after.first_touch.clone();
        after.touches_between.retain(|touch| first.as_ref() != Some(touch));
    }
    for touch in incoming.touches() {
        after.touched(touch);
    }
}

/// What has members is united member by member.
fn take_members(after: &mut Profile, incoming: &Profile, wins: bool) {
    for purchase in &incoming.purchases {
        if !after.purchases.contains(purchase) {
            after.purchases.push(purchase.clone());
        }
    }
    for (channel, consent) in &incoming.consent {
        newer_consent(&mut after.consent, *channel, consent);
    }
    for (system, id) in &incoming.external_ids {
        if wins || !after.external_ids.contains_key(system) {
            after.external_ids.insert(system.clone(), id.clone());
        }
    }
    for (key, value) in incoming.custom.iter().filter(|(_, value)| !value.is_null()) {
        if wins || !after.custom.contains_key(key) {
            after.custom.insert(key.clone(), value.clone());
        }
    }
}

/// A given seniority is a value like any other; a derived one follows the title.
fn take_seniority(after: &mut Profile, incoming: &Profile, wins: bool) {
    if incoming.seniority_given && (wins || !after.seniority_given) {
        after.seniority = incoming.seniority;
        after.seniority_given = true;
    }
    after.derive_seniority();
}

fn fill(after: &mut Profile, incoming: &Profile, name: &str) {
    if after.is_blank(name) && !incoming.is_blank(name) {
        after.copy_field(name, incoming);
    }
}

/// The name and its parts go together; a first name alone does not replace a whole one, and a last name alone leaves the
/// first one.
fn take_name(after: &mut Profile, incoming: &Profile, wins: bool) {
    let only_first = incoming.last_name.is_none() && after.last_name.is_some();
    if incoming.contact_name.is_none() || (after.contact_name.is_some() && (!wins || only_first)) {
        return;
    }
    match (&after.first_name, &incoming.first_name, &incoming.last_name) {
        (Some(_), None, Some(last)) => take_last_name(after, last),
        _ => {
            for name in ["contact_name", "first_name", "last_name"] {
                after.copy_field(name, incoming);
            }
        }
    }
}

/// Calls somebody by another last name, in the place of the one before.
fn take_last_name(after: &mut Profile, last: &str) {
    let before = after.last_name.replace(last.to_owned());
    let around =
        before.as_deref().zip(after.contact_name.as_deref()).and_then(|(before, whole)| whole.rsplit_once(before));
    let whole = match around {
        Some((front, behind)) => Some(format!("{front}{last}{behind}")),
        None => join_name(after.first_name.as_deref(), Some(last)),
    };
    // A whole name that became too long stays as it was.
    after.contact_name = whole.filter(|whole| whole.chars().count() <= LONGEST_NAME).or(after.contact_name.take());
}

/// A number that could not be normalized never replaces one that was.
fn take_phone(after: &mut Profile, incoming: &Profile, wins: bool) {
    if incoming.phone.is_some() && (after.phone.is_none() || (wins && after.phone != incoming.phone)) {
        after.phone.clone_from(&incoming.phone);
        after.phone_given.clone_from(&incoming.phone_given);
    } else if after.phone.is_none() && incoming.phone_given.is_some() && (wins || after.phone_given.is_none()) {
        after.phone_given.clone_from(&incoming.phone_given);
    }
}
