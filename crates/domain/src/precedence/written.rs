use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    access::Actor,
    choices,
    ids::{ImportId, SubmissionId},
    time::Instant,
};

choices! {
    /// What kind of writer a value comes from.
    Writer {
        /// Somebody who signed in and wrote it themselves.
        Person = "person",
        /// A program with an API key, or a file of another system.
        Sync = "sync",
        /// The person themselves, through a form or another system's form.
        Form = "form",
        /// A file of bought or guessed data.
        Enrichment = "enrichment",
    }
}

impl Writer {
    /// What somebody who acts is, where they do not say otherwise.
    pub const fn of(actor: Actor) -> Self {
        match actor {
            Actor::User(_) => Self::Person,
            Actor::ApiKey(_) | Actor::System => Self::Sync,
            Actor::Form(_) => Self::Form,
        }
    }
}

/// Who wrote something, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What kind of writer.
    pub by: Writer,
    /// When, to the second.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub at: Instant,
    /// With which submission.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submission_id: Option<SubmissionId>,
    /// With which import.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_id: Option<ImportId>,
}

impl Written {
    /// Written now, by hand or by a program.
    pub fn new(by: Writer, at: Instant) -> Self {
        let at = chrono::DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at);
        Self { by, at, submission_id: None, import_id: None }
    }
}

/// Who wrote what is known of a lead: one writer for all of it, and the fields that somebody else wrote, or emptied, since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    /// Who wrote all that is not named; nobody knows of leads that are older than this record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Written>,
    /// Fields of others. One that is blank was emptied by its writer.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Option<Written>>,
}

impl Provenance {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.by.is_none() && self.fields.is_empty()
    }

    /// All of it by one writer.
    pub const fn all_by(written: Written) -> Self {
        Self { by: Some(written), fields: BTreeMap::new() }
    }

    /// Who wrote what a field holds.
    pub fn of(&self, field: &str) -> Option<Written> {
        self.fields.get(field).copied().unwrap_or(self.by)
    }

    /// Who emptied a field, where somebody did.
    pub fn emptied(&self, field: &str) -> Option<Written> {
        self.fields.get(field).copied().flatten()
    }

    /// Notes who wrote a field; `blank` says that it holds nothing now.
    pub fn note(&mut self, field: &str, written: Option<Written>, blank: bool) {
        if written == self.by && !blank {
            self.fields.remove(field);
        } else {
            self.fields.insert(field.to_owned(), written);
        }
    }
}
