//! `/api/v1/erasures`: people who were erased, and how to erase one.

pub mod create;
pub mod get;
pub mod list;

use chrono::{DateTime, Utc};
use leadwright_app::Configuration;
use leadwright_domain::{
    ids::Id,
    privacy::{Erasure, ErasureCounts, ErasureReason, WhenErased},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{http::words::word_schema, leads::actor::ActorView};

word_schema! {
    /// Why a person is erased.
    ErasureReasonWord as "ErasureReason" = ErasureReason, "requested_by_person"
}
word_schema! {
    /// What to do with somebody who was erased and comes again: `refuse` them, or `allow` them to come back as somebody
    /// new.
    WhenErasedWord as "WhenErased" = WhenErased, "refuse"
}

impl Default for WhenErasedWord {
    fn default() -> Self {
        Self(WhenErased::Refuse)
    }
}

/// How much was erased.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ErasedRecords {
    /// Leads of which only counts are left, those included that were merged.
    #[schema(example = 1)]
    leads: u64,
    /// Interactions of which kind and time are left.
    #[schema(example = 12)]
    interactions: u64,
    /// Events whose values before and after are gone.
    #[schema(example = 3)]
    events: u64,
    /// Submissions whose body, headers and outcome are gone, also such as made no lead.
    #[schema(example = 1)]
    submissions: u64,
    /// Rows that imports had rejected.
    #[schema(example = 0)]
    rejected_rows: u64,
    /// Imports whose preview or warnings named the person.
    #[schema(example = 0)]
    imports: u64,
    /// Suspected duplicates.
    #[schema(example = 0)]
    duplicates: u64,
    /// Merges that can't be taken back any more.
    #[schema(example = 0)]
    merges: u64,
    /// Answers that were kept for repeats under an `Idempotency-Key`.
    #[schema(example = 0)]
    answers: u64,
    /// Tombstones that are new.
    #[schema(example = 2)]
    tombstones: u64,
}

impl From<ErasureCounts> for ErasedRecords {
    fn from(counts: ErasureCounts) -> Self {
        let ErasureCounts { leads, interactions, events, submissions, rejected_rows, .. } = counts;
        let ErasureCounts { imports, duplicates, merges, answers, tombstones, .. } = counts;
        Self {
            leads,
            interactions,
            events,
            submissions,
            rejected_rows,
            imports,
            duplicates,
            merges,
            answers,
            tombstones,
        }
    }
}

/// An erasure of a person. It holds nothing that says who it was.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Erasure)]
pub struct ErasureView {
    /// The id; `null` with `dry_run`.
    #[schema(example = "0199b2a4-5c00-7000-8000-000000000071")]
    id: Option<Uuid>,
    reason: ErasureReasonWord,
    /// The number of the request in your own records.
    #[schema(example = "DSR-2026-114")]
    reference: Option<String>,
    /// The leads that were erased.
    leads: Vec<Uuid>,
    /// How much was erased.
    erased: ErasedRecords,
    /// Imports that were not over: their files may name the person until they are, though no lead comes of it.
    open_imports: Vec<Uuid>,
    /// Who did it.
    actor: ActorView,
    /// When.
    created_at: DateTime<Utc>,
}

impl ErasureView {
    fn of(erasure: &Erasure, config: &Configuration) -> Self {
        Self {
            id: Some(erasure.id.uuid()).filter(|id| !id.is_nil()),
            reason: erasure.reason.into(),
            reference: erasure.reference.clone(),
            leads: erasure.leads.iter().map(|lead| lead.uuid()).collect(),
            erased: erasure.counts.into(),
            open_imports: erasure.open_imports.iter().map(|import| import.uuid()).collect(),
            actor: ActorView::of(erasure.actor, config),
            created_at: erasure.created_at,
        }
    }
}

/// Where an erasure lives.
fn location(erasure: &Erasure) -> String {
    let id: Id<_> = erasure.id;
    format!("/api/v1/erasures/{id}")
}
