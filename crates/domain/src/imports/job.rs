//! An import as it stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Dialect, Encoding, ImportMode, ImportPolicy};
use crate::{access::Scope, choices, cleansing::Tally, ids::ImportId, time::Instant};

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
        /// Take back what was made.
        Revert = "revert",
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

/// What became of the leads that an import had made, when it was taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reverted {
    /// Leads that are gone.
    pub removed: u64,
    /// Leads that were worked on since, and stay.
    pub kept: u64,
    /// The last batch that was looked at.
    pub reached: Option<u64>,
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

/// What was mended or set aside: by code, and where.
pub type Warnings = BTreeMap<String, Warning>;

/// How often something was mended or set aside, and an example.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StoredWarning")]
pub struct Warning {
    /// How often.
    pub count: u64,
    /// The lines of the first few.
    pub lines: Vec<u64>,
    /// What was said of the first.
    pub detail: String,
}

/// A warning as it may have been stored.
#[derive(Deserialize)]
#[serde(untagged)]
enum StoredWarning {
    Count(u64),
    Whole { count: u64, lines: Vec<u64>, detail: String },
}

impl From<StoredWarning> for Warning {
    fn from(stored: StoredWarning) -> Self {
        match stored {
            StoredWarning::Count(count) => Self { count, ..Self::default() },
            StoredWarning::Whole { count, lines, detail } => Self { count, lines, detail },
        }
    }
}

choices! {
    /// What kind of file it is.
    Format {
        /// Cells, separated by commas, semicolons, tabs or whatever it may be.
        Csv = "csv",
        /// An object for each row: a line each, or a list of them.
        Ndjson = "ndjson",
        /// A workbook of a spreadsheet.
        Xlsx = "xlsx",
        /// One of an old spreadsheet.
        Xls = "xls",
        /// One of an open format.
        Ods = "ods",
    }
}

/// The file as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileShape {
    /// What kind it is.
    #[serde(default = "Format::usual")]
    pub format: Format,
    /// Whether it came compressed.
    #[serde(default)]
    pub packed: bool,
    /// The sheet of a workbook that is read.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Its size as it was sent, in bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// The parts it is kept in.
    pub chunks: u64,
    /// How its bytes stand for text.
    pub encoding: Encoding,
    /// What separates and encloses its cells.
    #[serde(flatten)]
    pub dialect: Dialect,
    /// How many rows stand before the first that is a lead: headings, and what is above them.
    #[serde(default = "FileShape::one")]
    pub before: u64,
    /// Columns of days in figures, and whether the month comes first there.
    #[serde(default)]
    pub month_first: Vec<(usize, bool)>,
    /// Columns whose cells look like addresses or phone numbers, and the word of what they would fill.
    #[serde(default)]
    pub by_look: Vec<(usize, String)>,
    /// Columns of which no cell at the beginning of the file says anything.
    #[serde(default)]
    pub blank: Vec<usize>,
    /// Whether some of its bytes may stand for no letter.
    #[serde(default)]
    pub flawed: bool,
    /// Whether some of its lines are UTF-8 though the others are not.
    #[serde(default)]
    pub mixed: bool,
}

impl FileShape {
    const fn one() -> u64 {
        1
    }
}

impl Format {
    const fn usual() -> Self {
        Self::Csv
    }
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
    /// How often values of rows that were taken are not kept as they came.
    pub cleansed: Tally,
    /// What was mended or set aside.
    pub warnings: Warnings,
    /// What a review found.
    pub preview: Option<Value>,
    /// How far it has been taken back, if somebody wanted that.
    pub reverted: Option<Reverted>,
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
