//! `/api/v1/imports`: files of leads, and the jobs that take them in.

pub mod cancel;
pub mod confirm;
pub mod create;
pub mod delete;
pub mod events;
pub mod get;
pub mod list;
mod options;
pub mod rejected;
pub mod revert;
pub mod template;
pub mod update;

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{DateTime, Utc};
use leadwright_app::{Configuration, imports::Columns};
use leadwright_domain::imports::{Counts, Format, Import, ImportMode, JobState, Progress, Reverted, Warning, Warnings};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    erasures::WhenErasedWord,
    http::{Answer, words::word_schema},
    import_mappings::ImportMappingShape,
    leads::cleansing::CleansedCount,
    suggestions::WriterWord,
};

word_schema! {
    /// Where long work stands.
    JobStateWord as "JobState" = JobState, "succeeded"
}
word_schema! {
    /// Whether somebody looks before it counts.
    ImportModeWord as "ImportMode" = ImportMode, "auto"
}

word_schema! {
    /// What kind of file it is.
    ImportFormatWord as "ImportFormat" = Format, "csv"
}

/// A column of a file and the field that it fills.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MappedColumn {
    /// The heading.
    #[schema(example = "E-mail")]
    pub column: String,
    /// The field.
    #[schema(example = "email")]
    pub field: String,
}

/// Something that was mended or set aside in some rows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WarningSample {
    /// What.
    #[schema(example = "invalid_phone")]
    pub code: String,
    /// In which column.
    #[schema(example = "Phone 1")]
    pub column: String,
    /// In how many rows.
    pub count: u64,
    /// The lines of the first few.
    pub lines: Vec<u64>,
    /// What was said of the first.
    pub detail: String,
}

impl WarningSample {
    fn of((name, warning): (&String, &Warning)) -> Self {
        let (code, column) = name.split_once(' ').unwrap_or((name, ""));
        let (code, column) = (code.to_owned(), column.to_owned());
        Self { code, column, count: warning.count, lines: warning.lines.clone(), detail: warning.detail.clone() }
    }
}

/// What was found, and which headings of the mapping the file does not have.
fn warnings(import: &Import) -> Cow<'_, Warnings> {
    let unused = import.policy.mapping.unused(&import.header);
    if unused.is_empty() {
        return Cow::Borrowed(&import.warnings);
    }
    let named: String = unused.join("`, `").chars().take(500).collect();
    let detail = format!("The mapping names headings that the file does not have: `{named}`.");
    let unused = Warning { count: unused.len() as u64, lines: Vec::new(), detail };
    let mut warnings = import.warnings.clone();
    warnings.insert("unused_mapping".to_owned(), unused);
    Cow::Owned(warnings)
}

/// How far a job is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JobProgress {
    /// How many are done: rows of a file, leads.
    pub done: u64,
    /// How many there are in all, once that is known.
    pub total: Option<u64>,
    /// How many hundredths are done.
    pub percent: u64,
    /// How many per second so far.
    pub rate_per_second: Option<u64>,
    /// When it is done, if it goes on like this.
    pub eta: Option<DateTime<Utc>>,
}

/// What became of the rows that were read; the four add up to them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportResult {
    /// Rows that became leads.
    pub created: u64,
    /// Rows that told something new of known leads.
    pub updated: u64,
    /// Rows of known leads that changed nothing.
    pub skipped: u64,
    /// Rows that can't be taken: `GET /imports/{id}/rejected.csv` has them.
    pub rejected: u64,
}

/// What became of the leads that an import had made, when it was taken back.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct RevertedImport {
    /// Leads that are gone.
    pub removed: u64,
    /// Leads that were worked on since, and stay.
    pub kept: u64,
}

/// An import and its job.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub struct ImportView {
    /// The id.
    pub id: Uuid,
    /// Counts changes.
    pub version: i64,
    /// The kind of job: `import`.
    #[schema(example = "import")]
    pub kind: &'static str,
    /// Where it stands.
    pub state: JobStateWord,
    /// Whether somebody looks before it counts.
    pub mode: ImportModeWord,
    /// How far it is.
    pub progress: JobProgress,
    /// What became of the rows so far.
    pub result: ImportResult,
    /// Why it failed: a problem.
    #[schema(value_type = Option<Object>)]
    pub problem: Option<Value>,
    /// What a review found: counts of `create`, `update`, `skip` and `reject`, the first rows as they would become, the
    /// worst errors, what would not be kept as it came (`cleansed`).
    #[schema(value_type = Option<Object>)]
    pub preview: Option<Value>,
    /// What became of the leads that it had made, once it is taken back.
    pub reverted: Option<RevertedImport>,
    /// What it does with somebody who was erased.
    pub erased: WhenErasedWord,
    /// As whom it writes.
    pub writes_as: WriterWord,
    /// What was said about columns and values.
    pub mapping: ImportMappingShape,
    /// The size of the file.
    pub bytes: u64,
    /// What kind of file it is.
    pub format: ImportFormatWord,
    /// Whether it came compressed.
    pub compressed: bool,
    /// The sheet of a workbook that is read.
    #[schema(example = "Leads")]
    pub sheet: Option<String>,
    /// How the file's bytes stand for text.
    #[schema(example = "utf-8")]
    pub encoding: String,
    /// What separates its cells.
    #[schema(example = ",")]
    pub delimiter: String,
    /// What encloses its cells; `null` where nothing does.
    #[schema(example = "\"")]
    pub quote: Option<String>,
    /// How many rows stand before the first lead: headings and what is above them.
    pub rows_before: u64,
    /// What its columns fill.
    pub columns: Vec<MappedColumn>,
    /// Headings that stand for nothing; their cells are left out.
    pub unmapped_columns: Vec<String>,
    /// How often what was mended or set aside: code and column.
    pub warnings: BTreeMap<String, u64>,
    /// The same with the lines of the first few and what was said of the first.
    pub warning_samples: Vec<WarningSample>,
    /// How often values of rows that were taken are not kept as they came, by field and rule.
    pub cleansed: Vec<CleansedCount>,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// When it last moved.
    pub updated_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
}

impl ImportView {
    /// How an import is shown.
    pub fn of(import: &Import, config: &Configuration) -> Self {
        let columns = Columns::of(import, config);
        let warnings = warnings(import);
        let Counts { created, updated, skipped, rejected } = import.counts;
        Self {
            id: import.id.uuid(),
            version: import.version,
            kind: "import",
            state: import.state.into(),
            mode: import.mode.into(),
            progress: JobProgress::of(&import.progress, import.state, import.updated_at),
            result: ImportResult { created, updated, skipped, rejected },
            problem: import.problem.clone(),
            preview: import.preview.clone(),
            reverted: import.reverted.map(|Reverted { removed, kept, .. }| RevertedImport { removed, kept }),
            erased: import.policy.erased.into(),
            writes_as: import.policy.writes_as.into(),
            mapping: import.policy.mapping.clone().into(),
            bytes: import.file.bytes,
            encoding: import.file.encoding.as_str().to_owned(),
            delimiter: import.file.dialect.delimiter.to_string(),
            quote: import.file.dialect.quote.map(String::from),
            rows_before: import.file.before,
            format: import.file.format.into(),
            compressed: import.file.packed,
            sheet: import.file.sheet.clone(),
            columns: columns
                .mapped()
                .into_iter()
                .map(|(column, field)| MappedColumn { column: column.to_owned(), field })
                .collect(),
            unmapped_columns: columns.unmapped().into_iter().map(ToOwned::to_owned).collect(),
            warnings: warnings.iter().map(|(name, warning)| (name.clone(), warning.count)).collect(),
            warning_samples: warnings.iter().map(WarningSample::of).collect(),
            cleansed: import.cleansed.listed().into_iter().map(Into::into).collect(),
            created_at: import.created_at,
            updated_at: import.updated_at,
            finished_at: import.finished_at,
        }
    }
}

impl JobProgress {
    /// How far a job is that stands so.
    pub fn of(known: &Progress, state: JobState, updated_at: DateTime<Utc>) -> Self {
        let spent = known.began_at.map(|began| (updated_at - began).num_milliseconds().unsigned_abs().max(1));
        let left = spent.filter(|_| known.percent > 0 && !state.is_final()).map(|spent| {
            let left = spent * 100u64.saturating_sub(known.percent) / known.percent;
            updated_at + chrono::TimeDelta::milliseconds(i64::try_from(left).unwrap_or(i64::MAX / 2_000))
        });
        Self {
            done: known.done,
            total: known.total,
            percent: known.percent,
            rate_per_second: spent.map(|spent| known.done * 1_000 / spent),
            eta: left,
        }
    }
}

/// 202 with the job and where it lives.
fn accepted(import: &Import, config: &Configuration) -> Answer {
    Answer::accepted(&ImportView::of(import, config)).header("Location", format!("/api/v1/imports/{}", import.id))
}
