//! What a member of a post is by what stands beside it: the `name` below `form` is the form's, but the person's where their
//! address stands there too.

use std::collections::HashSet;

use super::{VAGUE, WRAPPERS};
use crate::{
    leads::{CustomFieldDef, Target, is_of_a_person, is_somebody_else, target_for},
    text::fold_label,
};

/// What is a record or a party with a name or title of its own, unless somebody is in it who can be reached.
const RECORDS: &[&str] = &["form", "submission", "response", "payload", "record", "entry", "client", "sender"];
/// Records whose title is never that of a person.
const TITLED: &[&str] = &["form", "submission", "response"];
/// Members that hold the inputs of a form, one by one.
pub(super) const LISTS: &[&str] =
    &["fields", "formfields", "answers", "inputs", "questions", "responses", "submissions", "customfields"];

/// The longest name that is taken apart, in bytes.
const LONGEST: usize = 500;

/// The names of all inputs, as far as they tell what others are.
#[derive(Default)]
pub(super) struct Around {
    /// Records in which an e-mail address or a phone number stands.
    reachable: HashSet<String>,
    /// Where the name or id of a form stands; the whole post has no name.
    formed: HashSet<String>,
    /// Where it is told when something was made, or on which site.
    recorded: HashSet<String>,
    /// Locations with an id of their own.
    offices: HashSet<String>,
}

impl Around {
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut around = Self::default();
        for name in names {
            let (parents, leaf) = parted(name).unwrap_or(("", name));
            let of_record = RECORDS.contains(&word(nearest(parents)).as_str());
            let is_contact = || matches!(target_for(leaf, &[]), Some(Target::Field("email" | "phone")));
            let places = match word(leaf).as_str() {
                "formname" | "formid" => &mut around.formed,
                "siteurl" | "createdat" => &mut around.recorded,
                "id" if word(nearest(parents)) == "location" => &mut around.offices,
                _ if of_record && is_contact() => &mut around.reachable,
                _ => continue,
            };
            places.insert(parents.to_owned());
        }
        around
    }

    /// Whether a member is called like something of the person, but belongs to the form, the site or the record.
    fn is_not_the_persons(&self, name: &str) -> bool {
        let (parents, leaf) = parted(name).unwrap_or(("", name));
        let (whose, leaf) = (nearest(parents), word(leaf));
        let record = word(whose);
        let is_formed = self.formed.contains(parents);
        match leaf.as_str() {
            "title" if TITLED.contains(&record.as_str()) => true,
            "title" if is_formed && self.recorded.contains(parents) => true,
            "siteurl" if is_formed => true,
            // `fields[email][title]` is what the page calls the input.
            "title" | "label" | "type" | "id" if is_one_of_list(parents) && target_for(whose, &[]).is_some() => true,
            "name" | "title" | "url" | "description" if RECORDS.contains(&record.as_str()) => {
                !self.reachable.contains(parents)
            }
            _ => record == "location" && self.offices.contains(parents),
        }
    }

    /// What an input stands for by its name; a nested one by its whole name, or else by its last part where that says
    /// enough.
    pub(super) fn named(&self, name: &str, custom: &[CustomFieldDef]) -> Option<Target> {
        if self.is_not_the_persons(name) {
            return None;
        }
        let Some((parents, leaf)) = name.rsplit_once('.').filter(|_| !name.starts_with("custom.")) else {
            return target_for(name, custom);
        };
        let parent = parents.rsplit('.').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
        let lower = leaf.trim().to_lowercase();
        // What is one of a list belongs to something of which there are many.
        let wrapped = parents.ends_with(parent) && WRAPPERS.contains(&parent.trim().to_lowercase().as_str());
        let says_enough = !VAGUE.contains(&lower.as_str()) || wrapped;
        // `external_ids.crm` is one name.
        if lower.is_empty() || name.to_lowercase().starts_with("external_ids.") {
            return target_for(name, custom);
        }
        let found = target_for(&format!("{parent} {leaf}"), custom)
            .or_else(|| target_for(leaf, custom).filter(|_| says_enough));
        // How to reach a manager does not reach the lead.
        found.filter(|target| !is_of_a_person(target) || !parents.split('.').any(is_somebody_else))
    }
}

/// What stands before the last dot or bracket of a name, and what behind it.
pub(super) fn parted(name: &str) -> Option<(&str, &str)> {
    let (parents, leaf) = name.rsplit_once(['.', '[']).filter(|_| name.len() <= LONGEST)?;
    let leaf = leaf.trim_end_matches(']');
    (!parents.is_empty() && !leaf.is_empty()).then_some((parents, leaf))
}

/// The parts of a name with dots or brackets.
pub(super) fn parts(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    name.split(['.', '[']).map(|part| part.trim_end_matches(']'))
}

pub(super) fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// The last part that is no number.
fn nearest(parents: &str) -> &str {
    parts(parents).rev().find(|part| !is_number(part)).unwrap_or_default()
}

/// Whether it is one of a form's inputs.
pub(super) fn is_one_of_list(name: &str) -> bool {
    parted(name).is_some_and(|(parents, _)| LISTS.contains(&word(nearest(parents)).as_str()))
}

/// A part of a name without case, spaces and marks.
pub(super) fn word(part: &str) -> String {
    fold_label(part).chars().filter(|c| c.is_alphanumeric()).collect()
}
