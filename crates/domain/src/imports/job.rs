//! An import as it stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Encoding, ImportMode, ImportPolicy};
use crate::{access::Scope, choices, ids::ImportId, time::Instant};

choices! {
    /// Where long work stands.
    JobState {
        /// It waits for its turn.
        Queued = "queued",
        /// It is being done.
        Running = "running",
        /// It waits for somebody to say go on.
        AwaitingConfirmation = "awaiting_confirmation",
        /// It is done.
        Succeeded = "succeeded",
        /// It could not be done; the problem says why.
        Failed = "failed",
        /// Somebody stopped it.
        Cancelled = "cancelled",
    }
}

impl JobState {
    /// Whether nothing more will happen.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }
}

choices! {
    /// What an import is about to do.
    Phase {
        /// Look at all rows and write nothing.
        Review = "review",
        /// Take the rows in.
        Import = "import",
    }
}

/// What became of the rows that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows that became leads.
    pub created: u64,
    /// Rows that told something new of known leads.
    pub updated: u64,
    /// Rows of known leads that changed nothing.
    pub skipped: u64,
    /// Rows that can't be taken.
    pub rejected: u64,
}

impl Counts {
    /// The rows that were read.
    pub const fn read(&self) -> u64 {
        self.created + self.updated + self.skipped + self.rejected
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            created: self.created + other.created,
            updated: self.updated + other.updated,
            skipped: self.skipped + other.skipped,
            rejected: self.rejected + other.rejected,
        }
    }
}

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows that are done in this phase.
    pub done: u64,
    /// Rows in all, once that is known.
    pub total: Option<u64>,
    /// How many hundredths of the file are done.
    pub percent: u64,
    /// When this phase began.
    pub began_at: Option<Instant>,
}

/// How often what was mended or set aside: by code, and where.
pub type Warnings = BTreeMap<String, u64>;

/// The file as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileShape {
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// The parts it is kept in.
    pub chunks: u64,
    /// How its bytes stand for text.
    pub encoding: Encoding,
    /// What separates its cells.
    pub delimiter: char,
}

/// An import with its job.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Which; the job has the same id.
    pub id: ImportId,
    /// Counts changes.
    pub version: i64,
    /// Where it stands.
    pub state: JobState,
    /// What it is about to do.
    pub phase: Phase,
    /// Whether somebody looks before it counts.
    pub mode: ImportMode,
    /// What it does where a row leaves a question open.
    pub policy: ImportPolicy,
    /// The file.
    pub file: FileShape,
    /// The headings of its columns.
    pub header: Vec<String>,
    /// How many rows have been taken in for good.
    pub checkpoint: u64,
    /// How far it is.
    pub progress: Progress,
    /// What became of the rows so far.
    pub counts: Counts,
    /// What was mended or set aside.
    pub warnings: Warnings,
    /// What a review found.
    pub preview: Option<Value>,
    /// Why it failed.
    pub problem: Option<Value>,
    /// For whom, and what they may see.
    pub scope: Scope,
    /// The request behind it.
    pub request_id: Option<String>,
    /// When it came.
    pub created_at: Instant,
    /// When it last moved.
    pub updated_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
}
