//! Whom earlier rows of a file would make: a review writes nothing, so that later rows do not find them.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use leadwright_domain::{duplicates::Policy, fault::Fault, imports::Counts};

use crate::intake::Prepared;

/// The most keys that are remembered; beyond that a preview counts a few more new leads than there will be.
const MOST: usize = 4_000_000;

/// Keys of the leads that earlier rows would make, as numbers.
#[derive(Default)]
pub(super) struct Earlier(HashSet<u64>);

impl Earlier {
    /// Whether an earlier row would make the same person.
    pub(super) fn knows(&self, prepared: &Prepared) -> bool {
        marks(prepared).any(|mark| self.0.contains(&mark))
    }

    /// Remembers a row that would make a lead.
    pub(super) fn add(&mut self, prepared: &Prepared) {
        if self.0.len() < MOST {
            self.0.extend(marks(prepared));
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

fn marks(prepared: &Prepared) -> impl Iterator<Item = u64> {
    let keys = &prepared.keys;
    let mark = |kind: u8, key: &str| {
        let mut hasher = DefaultHasher::new();
        (kind, key).hash(&mut hasher);
        hasher.finish()
    };
    let email = keys.email_key.iter().map(move |key| mark(0, key));
    let phone = keys.phone_key.iter().map(move |key| mark(1, key));
    let external = prepared.profile.external_ids.iter().map(move |(system, id)| mark(2, &format!("{system}\u{0}{id}")));
    email.chain(phone).chain(external)
}
