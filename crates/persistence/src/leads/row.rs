//! The row of a lead as queries read it: without what only the database compares and searches.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leadwright_domain::{
    ids::Id,
    leads::{
        Lead, Profile, Stage, Status,
        lead::StoredScore,
        parts::{Bant, Sla},
    },
    scoring::Adjustment,
};
use sea_orm::QueryResult;
use sqlx::{Row, types::Json};
use uuid::Uuid;

use crate::DbError;

/// The columns, and how a lead is made of them. They are read by their places: a page has some thousands of values, and
/// finding each by its name takes as long as decoding it.
macro_rules! columns {
    ($first:ident: $kind:ty, $($column:ident: $other:ty,)* => $lead:expr) => {
        /// The columns that [`lead`] reads, in its order.
        pub(crate) const COLUMNS: &str = concat!("leads.", stringify!($first), $(", leads.", stringify!($column)),*);

        /// Reads a row that begins with [`COLUMNS`].
        ///
        /// # Errors
        /// A value can't be read as what it should be.
        pub(crate) fn lead(row: &QueryResult) -> Result<Lead, DbError> {
            if let Some(row) = row.try_as_pg_row() {
                return columns!(@read row, $first: $kind, $($column: $other,)* => $lead);
            }
            let row = row.try_as_sqlite_row().ok_or_else(|| DbError::corrupt("a row of an unknown database"))?;
            columns!(@read row, $first: $kind, $($column: $other,)* => $lead)
        }
    };
    (@read $row:ident, $($column:ident: $kind:ty,)* => $lead:expr) => {{
        let mut places = 0..;
        $(
            let place: usize = places.next().unwrap_or_default();
            let $column: $kind = $row.try_get(place).map_err(DbError::corrupt)?;
        )*
        Ok($lead)
    }};
}

columns! {
    id: Uuid,
    version: i64,
    computed_rev: i64,
    source_id: Uuid,
    owner_id: Option<Uuid>,
    team_id: Option<Uuid>,
    status: &str,
    status_since: DateTime<Utc>,
    status_reason: Option<String>,
    stage: &str,
    stage_since: DateTime<Utc>,
    score: i64,
    score_demographic: i64,
    score_behavioral: i64,
    score_firmographic: i64,
    score_adjustment: i64,
    score_model_version: i64,
    next_change_at: Option<DateTime<Utc>>,
    grade: Option<i64>,
    profile: Json<Profile>,
    bant: Json<Bant>,
    sla_due_at: Option<DateTime<Utc>>,
    sla_met_at: Option<DateTime<Utc>>,
    sla_breached_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    first_responded_at: Option<DateTime<Utc>>,
    qualified_at: Option<DateTime<Utc>>,
    converted_at: Option<DateTime<Utc>>,
    last_interaction_at: Option<DateTime<Utc>>,
    archived_at: Option<DateTime<Utc>>,
    merged_into: Option<Uuid>,
    adjustments: Option<Json<Vec<Adjustment>>>,
    => Lead {
        id: Id::from_uuid(id),
        version,
        computed_rev,
        profile: profile.0,
        source_id: Id::from_uuid(source_id),
        owner_id: owner_id.map(Id::from_uuid),
        team_id: team_id.map(Id::from_uuid),
        status: Status::parse(status).ok_or_else(|| DbError::corrupt("status of a lead"))?,
        status_since,
        status_reason,
        stage: Stage::parse(stage).ok_or_else(|| DbError::corrupt("stage of a lead"))?,
        stage_since,
        score: StoredScore {
            total: score,
            demographic: score_demographic,
            behavioral: score_behavioral,
            firmographic: score_firmographic,
            adjustment: score_adjustment,
            model_version: score_model_version,
            parts: Arc::default(),
            next_change_at,
        },
        adjustments: adjustments.map(|given| given.0).unwrap_or_default(),
        grade,
        bant: bant.0,
        sla: Sla { due_at: sla_due_at, met_at: sla_met_at, breached_at: sla_breached_at },
        created_at,
        updated_at,
        first_responded_at,
        qualified_at,
        converted_at,
        last_interaction_at,
        archived_at,
        merged_into: merged_into.map(Id::from_uuid),
    }
}
