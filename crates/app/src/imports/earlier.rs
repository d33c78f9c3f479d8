//! Whom earlier rows of a file would make: a review writes nothing, so that later rows do not find them.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use leadwright_domain::{
    duplicates::{IdentityKeys, Policy, shares_only_a_line},
    fault::Fault,
    imports::Counts,
    leads::{Profile, UNNAMED_SYSTEM},
};

use crate::intake::Prepared;

/// The most marks, people with a number and letters of their names that are remembered; beyond that a preview counts a few
/// more new leads than there will be.
const MOST: usize = 3_500_000;
const MOST_PEOPLE: usize = 900_000;
const MOST_LETTERS: usize = 24 * 1024 * 1024;
/// How many people with the same number are looked at.
const MOST_ON_A_LINE: usize = 100;

/// By what the leads are recognized that earlier rows would make.
#[derive(Default)]
pub(super) struct Earlier {
    /// What nobody else has, as numbers.
    marks: HashSet<u64>,
    lines: Lines,
}

impl Earlier {
    /// Whether an earlier row would make the same person, by the rules for leads that are known: a number that colleagues
    /// share is no proof, nor is the id of a system without a name where the row says anything else of the person.
    pub(super) fn knows(&self, prepared: &Prepared) -> bool {
        let known = |mark: &u64| self.marks.contains(mark);
        own(prepared).any(|mark| known(&mark))
            || unnamed(&prepared.profile).is_some_and(|id| known(&id) && is_bare(prepared))
            || self.lines.lead_to(&prepared.keys)
    }

    /// Remembers a row that would make a lead.
    pub(super) fn add(&mut self, prepared: &Prepared) {
        if self.marks.len() < MOST {
            self.marks.extend(own(prepared));
            self.marks.extend(unnamed(&prepared.profile));
        }
        self.lines.add(&prepared.keys);
    }
}

/// What a row comes to whose person an earlier one would make.
pub(super) fn verdict(policy: Policy) -> Result<(Counts, &'static str), Vec<Fault>> {
    let none = Counts::default();
    match policy {
        Policy::Create | Policy::Flag => Ok((Counts { created: 1, ..none }, "created")),
        Policy::Update | Policy::FillBlanks => Ok((Counts { updated: 1, ..none }, "updated")),
        Policy::Skip => Ok((Counts { skipped: 1, ..none }, "skipped")),
        Policy::Fail | Policy::Reject => {
            Err(vec![Fault::at_pointer("#", "duplicate_lead", "An earlier row of this file is the same person.")])
        }
    }
}

fn mark(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// What nobody else has.
fn own(prepared: &Prepared) -> impl Iterator<Item = u64> {
    let email = prepared.keys.email_key.iter().map(|key| mark(("email", key)));
    let named = prepared.profile.external_ids.iter().filter(|(system, _)| *system != UNNAMED_SYSTEM);
    email.chain(named.map(|(system, id)| mark(("id", system, id))))
}

fn unnamed(profile: &Profile) -> Option<u64> {
    profile.external_ids.get(UNNAMED_SYSTEM).map(|id| mark(("id", UNNAMED_SYSTEM, id)))
}

fn is_bare(prepared: &Prepared) -> bool {
    prepared.keys.email_key.is_none() && prepared.keys.phone_key.is_none()
}

/// Phone numbers, and what tells those apart who share one.
#[derive(Default)]
struct Lines {
    /// By the mark of a number, who had it last.
    last: HashMap<u64, u32>,
    people: Vec<Person>,
    /// The names of them all.
    names: String,
}

/// Somebody who has a number. Two with one number are told apart by marks that are short.
struct Person {
    /// Where the name ends that begins where the one before ends.
    name_end: u32,
    email: Option<u32>,
    company: Option<u32>,
    /// Who had the same number before.
    before: Option<u32>,
}

impl Lines {
    /// Whether somebody is known who has this number and is no colleague.
    fn lead_to(&self, keys: &IdentityKeys) -> bool {
        let last = keys.phone_key.as_ref().and_then(|phone| self.last.get(&mark(phone)));
        let Some(last) = last.copied() else { return false };
        let mine = told_apart(keys.name_key.as_deref(), short_email(keys), short_company(keys));
        let on_the_line = std::iter::successors(Some(last), |place| self.people[*place as usize].before);
        on_the_line.take(MOST_ON_A_LINE).any(|place| !shares_only_a_line(&mine, &self.keys(place as usize)))
    }

    fn add(&mut self, keys: &IdentityKeys) {
        let Some(phone) = &keys.phone_key else { return };
        let name = keys.name_key.as_deref().unwrap_or_default();
        let has_room = self.people.len() < MOST_PEOPLE && self.names.len() + name.len() < MOST_LETTERS;
        let places = (u32::try_from(self.people.len()), u32::try_from(self.names.len() + name.len()));
        let (true, (Ok(place), Ok(name_end))) = (has_room, places) else { return };
        let before = self.last.insert(mark(phone), place);
        self.names.push_str(name);
        self.people.push(Person { name_end, email: short_email(keys), company: short_company(keys), before });
    }

    fn keys(&self, place: usize) -> IdentityKeys {
        let person = &self.people[place];
        let begin = place.checked_sub(1).map_or(0, |before| self.people[before].name_end as usize);
        let name = Some(&self.names[begin..person.name_end as usize]).filter(|name| !name.is_empty());
        told_apart(name, person.email, person.company)
    }
}

fn short_email(keys: &IdentityKeys) -> Option<u32> {
    keys.email_key.as_ref().map(short_mark)
}

fn short_company(keys: &IdentityKeys) -> Option<u32> {
    keys.company().map(short_mark)
}

#[expect(clippy::cast_possible_truncation, reason = "half of it tells apart who shares a number")]
fn short_mark(what: impl Hash) -> u32 {
    mark(what) as u32
}

/// Keys that compare like those of which these are the marks.
fn told_apart(name: Option<&str>, email: Option<u32>, company: Option<u32>) -> IdentityKeys {
    IdentityKeys {
        email_key: email.map(|email| email.to_string()),
        phone_key: None,
        person_key: company.zip(name).map(|(company, name)| format!("{company}|{name}")),
        name_key: name.map(ToOwned::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(name: &str, company: &str, email: &str, phone: &str) -> IdentityKeys {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        IdentityKeys::of(&Profile {
            contact_name: text(name),
            company_name: text(company),
            email: text(email),
            phone: text(phone),
            ..Profile::default()
        })
    }

    #[test]
    fn those_who_share_a_number_are_told_apart_as_leads_are() {
        let mut lines = Lines::default();
        for known in [
            keys("John Smith", "", "john@x.example", "+1"),
            keys("Ann Lee", "Acme", "", "+2"),
            keys("", "", "", "+3"),
            keys("Wei Li", "", "wei@x.example", "+5"),
        ] {
            lines.add(&known);
        }
        for (row, known) in [
            (keys("Mary Smith", "", "mary@x.example", "+1"), false),
            (keys("Mary Smith", "", "", "+1"), false),
            (keys("J. Smith", "", "j@x.example", "+1"), true),
            (keys("Bo Ray", "", "bo@x.example", "+1"), false),
            (keys("Bo Ray", "", "", "+1"), true),
            (keys("", "", "z@x.example", "+1"), true),
            (keys("Mei Li", "", "mei@x.example", "+5"), false),
            (keys("Bo Ray", "Acme Inc.", "bo@x.example", "+2"), false),
            (keys("Bo Ray", "Elm", "bo@x.example", "+2"), true),
            (keys("Bo Ray", "", "bo@x.example", "+3"), true),
            (keys("Ann Lee", "Acme", "", "+4"), false),
            (keys("Ann Lee", "Acme", "", ""), false),
        ] {
            assert_eq!(lines.lead_to(&row), known, "{row:?}");
        }
    }
}
