//! A search for duplicates through all leads, as a job.

use chrono::{DateTime, Utc};
use leadwright_domain::duplicates::{DuplicateScan, ScanCounts};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    http::Answer,
    imports::{JobProgress, JobStateWord},
};

/// A search for duplicates through all leads, and its job.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DuplicateScan)]
pub struct ScanView {
    /// The id.
    id: Uuid,
    /// Counts changes.
    version: i64,
    /// The kind of job: `duplicate_scan`.
    #[schema(example = "duplicate_scan")]
    kind: &'static str,
    /// Where it stands.
    state: JobStateWord,
    /// How far it is; `done` counts leads.
    progress: JobProgress,
    /// What came of it so far.
    result: ScanResult,
    /// Why it failed: a problem.
    #[schema(value_type = Option<Object>)]
    problem: Option<Value>,
    /// When it was asked for.
    created_at: DateTime<Utc>,
    /// When it last moved.
    updated_at: DateTime<Utc>,
    /// When it ended.
    finished_at: Option<DateTime<Utc>>,
}

/// What a search came to.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = DuplicateScanResult)]
struct ScanResult {
    /// Leads that were compared with those they may resemble.
    #[schema(example = 1200)]
    examined: u64,
    /// Pairs that were found, known ones included; a pair may be found from both sides.
    #[schema(example = 17)]
    found: u64,
    /// Pairs that are none any more.
    #[schema(example = 2)]
    closed: u64,
}

impl ScanView {
    /// How a scan is shown.
    pub fn of(scan: &DuplicateScan) -> Self {
        let ScanCounts { examined, found, closed } = scan.counts;
        Self {
            id: scan.id.uuid(),
            version: scan.version,
            kind: "duplicate_scan",
            state: scan.state.into(),
            progress: JobProgress::of(&scan.progress, scan.state, scan.updated_at),
            result: ScanResult { examined, found, closed },
            problem: scan.problem.clone(),
            created_at: scan.created_at,
            updated_at: scan.updated_at,
            finished_at: scan.finished_at,
        }
    }
}

/// 202 with the job and where it lives.
pub fn accepted(scan: &DuplicateScan) -> Answer {
    Answer::accepted(&ScanView::of(scan)).header("Location", format!("/api/v1/duplicates/scans/{}", scan.id))
}

/// 200 with the job.
pub fn shown(scan: &DuplicateScan) -> Answer {
    Answer::ok(&ScanView::of(scan)).version(scan.version)
}
