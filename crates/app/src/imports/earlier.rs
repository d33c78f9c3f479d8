//! Whom earlier rows of a file would make: a review writes nothing, so that later rows do not find them.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use leadwright_domain::{
    duplicates::Policy,
    fault::Fault,
    imports::Counts,
    leads::{Profile, UNNAMED_SYSTEM},
};

use crate::intake::Prepared;

/// The most marks that are remembered; beyond that a preview counts a few more new leads than there will be.
const MOST: usize = 7_000_000;

/// By what the leads are recognized that earlier rows would make, as numbers.
#[derive(Default)]
pub(super) struct Earlier(HashSet<u64>);

impl Earlier {
    /// Whether an earlier row would make the same person, by the rules for leads that are known: a number that colleagues
    /// share is no proof, nor is the id of a system without a name where the row says anything else of the person.
    pub(super) fn knows(&self, prepared: &Prepared) -> bool {
        let known = |mark: &u64| self.0.contains(mark);
        own(prepared).any(|mark| known(&mark))
            || unnamed(&prepared.profile).is_some_and(|id| known(&id) && is_bare(prepared))
            || Line::of(prepared).is_some_and(|line| line.leads_to_one_of(known))
    }

    /// Remembers a row that would make a lead.
    pub(super) fn add(&mut self, prepared: &Prepared) {
        if self.0.len() < MOST {
            self.0.extend(own(prepared));
            self.0.extend(unnamed(&prepared.profile));
            self.0.extend(Line::of(prepared).into_iter().flat_map(Line::marks));
        }
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

/// A number, with what tells apart those who share it.
struct Line {
    itself: u64,
    /// With each word of the name; none where there is no name.
    words: Vec<u64>,
    /// With the company.
    company: Option<u64>,
    /// For rows without a name.
    nameless: u64,
    /// For rows without an e-mail address.
    mailless: u64,
    has_email: bool,
}

impl Line {
    fn of(prepared: &Prepared) -> Option<Self> {
        let keys = &prepared.keys;
        let phone = keys.phone_key.as_ref()?;
        let name = keys.name_key.as_deref().unwrap_or_default();
        Some(Self {
            itself: mark(("phone", phone)),
            words: name.split_whitespace().map(|word| mark(("word", phone, word))).collect(),
            company: keys.company().map(|company| mark(("company", phone, company))),
            nameless: mark(("nameless", phone)),
            mailless: mark(("mailless", phone)),
            has_email: keys.email_key.is_some(),
        })
    }

    fn marks(self) -> impl Iterator<Item = u64> {
        let nameless = self.words.is_empty().then_some(self.nameless);
        let mailless = (!self.has_email).then_some(self.mailless);
        [Some(self.itself), self.company, nameless, mailless].into_iter().flatten().chain(self.words)
    }

    /// Whether somebody is known who has this number and is no colleague.
    fn leads_to_one_of(&self, known: impl Fn(&u64) -> bool) -> bool {
        if self.words.is_empty() || !known(&self.itself) {
            return known(&self.itself);
        }
        let apart_by_mail = self.has_email && !known(&self.mailless);
        known(&self.nameless)
            || self.words.iter().any(&known)
            || !apart_by_mail && !self.company.as_ref().is_some_and(known)
    }
}
