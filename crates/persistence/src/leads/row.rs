//! The row of a lead as queries read it: without what only the database compares and searches.

use chrono::{DateTime, Utc};
use leadwright_domain::{
    ids::Id,
    leads::{
        Lead, Profile, Stage, Status,
        lead::StoredScore,
        parts::{Bant, Sla},
    },
};
use sea_orm::{FromQueryResult, TryGetableFromJson};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::DbError;

/// The columns of [`LeadRow`].
pub(crate) const COLUMNS: &str = "leads.id, leads.version, leads.computed_rev, leads.source_id, leads.owner_id, \
    leads.team_id, leads.status, leads.status_since, leads.status_reason, leads.stage, leads.stage_since, leads.score, \
    leads.score_demographic, leads.score_behavioral, leads.score_firmographic, leads.score_adjustment, \
    leads.score_model_version, leads.next_change_at, leads.grade, leads.profile, leads.bant, leads.sla_due_at, \
    leads.sla_met_at, leads.sla_breached_at, leads.created_at, leads.updated_at, leads.first_responded_at, \
    leads.qualified_at, leads.converted_at, leads.last_interaction_at, leads.archived_at, leads.merged_into";

/// A JSON column, read into what it is without a tree between.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Document<T>(T);

impl<T: DeserializeOwned> TryGetableFromJson for Document<T> {}

#[derive(Debug, FromQueryResult)]
pub(crate) struct LeadRow {
    pub(crate) id: Uuid,
    version: i64,
    computed_rev: i64,
    source_id: Uuid,
    owner_id: Option<Uuid>,
    team_id: Option<Uuid>,
    status: String,
    status_since: DateTime<Utc>,
    status_reason: Option<String>,
    stage: String,
    stage_since: DateTime<Utc>,
    pub(crate) score: i64,
    score_demographic: i64,
    score_behavioral: i64,
    score_firmographic: i64,
    score_adjustment: i64,
    score_model_version: i64,
    next_change_at: Option<DateTime<Utc>>,
    grade: Option<i64>,
    profile: Document<Profile>,
    bant: Document<Bant>,
    sla_due_at: Option<DateTime<Utc>>,
    sla_met_at: Option<DateTime<Utc>>,
    sla_breached_at: Option<DateTime<Utc>>,
    pub(crate) created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    first_responded_at: Option<DateTime<Utc>>,
    qualified_at: Option<DateTime<Utc>>,
    converted_at: Option<DateTime<Utc>>,
    last_interaction_at: Option<DateTime<Utc>>,
    archived_at: Option<DateTime<Utc>>,
    merged_into: Option<Uuid>,
}

impl LeadRow {
    pub(crate) fn into_lead(self) -> Result<Lead, DbError> {
        Ok(Lead {
            id: Id::from_uuid(self.id),
            version: self.version,
            computed_rev: self.computed_rev,
            profile: self.profile.0,
            source_id: Id::from_uuid(self.source_id),
            owner_id: self.owner_id.map(Id::from_uuid),
            team_id: self.team_id.map(Id::from_uuid),
            status: Status::parse(&self.status).ok_or_else(|| DbError::corrupt("status of a lead"))?,
            status_since: self.status_since,
            status_reason: self.status_reason,
            stage: Stage::parse(&self.stage).ok_or_else(|| DbError::corrupt("stage of a lead"))?,
            stage_since: self.stage_since,
            score: StoredScore {
                total: self.score,
                demographic: self.score_demographic,
                behavioral: self.score_behavioral,
                firmographic: self.score_firmographic,
                adjustment: self.score_adjustment,
                model_version: self.score_model_version,
                parts: Value::Null,
                next_change_at: self.next_change_at,
            },
            grade: self.grade,
            bant: self.bant.0,
            sla: Sla { due_at: self.sla_due_at, met_at: self.sla_met_at, breached_at: self.sla_breached_at },
            created_at: self.created_at,
            updated_at: self.updated_at,
            first_responded_at: self.first_responded_at,
            qualified_at: self.qualified_at,
            converted_at: self.converted_at,
            last_interaction_at: self.last_interaction_at,
            archived_at: self.archived_at,
            merged_into: self.merged_into.map(Id::from_uuid),
        })
    }
}
