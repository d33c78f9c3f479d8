//! The BANT record with who changed it last.

use chrono::{DateTime, Utc};
use leadwright_app::{Configuration, leads::happened};
use leadwright_domain::{events::EventKind, ids::LeadId, leads::Lead};
use leadwright_persistence::Reader;
use serde::Serialize;
use utoipa::ToSchema;

use super::{actor::ActorView, bant::BantView};
use crate::http::{Answer, Result};

/// Budget, authority, need and timeline, and who changed them last.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BantRecord {
    #[serde(flatten)]
    bant: BantView,
    /// When it last changed; `null` where it is as the lead came.
    changed_at: Option<DateTime<Utc>>,
    /// Who changed it last.
    changed_by: Option<ActorView>,
}

impl BantRecord {
    /// The record of a lead on which nobody has worked yet, or which has just been changed by `changed`.
    pub fn of(lead: &Lead, changed: Option<(DateTime<Utc>, ActorView)>) -> Self {
        let (changed_at, changed_by) = changed.unzip();
        Self { bant: (&lead.bant).into(), changed_at, changed_by }
    }

    /// 200 with the record, tagged with the version of the lead.
    pub fn answer(&self, lead: &Lead) -> Answer {
        Answer::ok(self).etag(lead.version, lead.computed_rev, "bant1")
    }
}

/// The record of a lead and the lead itself.
///
/// # Errors
/// There is no such lead, or the database failed.
pub async fn read(reader: &Reader, config: &Configuration, id: LeadId) -> Result<(Lead, BantRecord)> {
    let (lead, events) = happened(reader, id, &[EventKind::LeadBantChanged], None, 1).await?;
    let changed = events.into_iter().next().map(|event| (event.occurred_at, ActorView::of(event.actor, config)));
    let record = BantRecord::of(&lead, changed);
    Ok((lead, record))
}
