use std::{collections::BTreeMap, sync::Arc};

use actix_web::post;
use chrono::{DateTime, Utc};
use leadwright_app::duplicates::{MergeLeads, Merged};
use leadwright_domain::{
    access::Permission,
    duplicates::LostValue,
    ids::{Id, kind::Lead},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{LeadView, tagged};
use crate::http::{Answer, Body, Can, IfMatch, Params, PathId, Result, can::LeadsWrite};

/// Which leads become part of this one, and whose values win.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"with": ["0199b2a4-5c00-7000-8000-000000000019"], "fields": {"contact_name": "0199b2a4-5c00-7000-8000-000000000019"}}))]
pub struct MergeLeadsRequest {
    /// The leads that are merged into this one.
    #[schema(min_items = 1, max_items = 50)]
    with: Vec<Uuid>,
    /// By the name of a field the lead whose value wins: `contact_name`, `phone`, `owner`, `source`, `bant`,
    /// `custom.<key>` … Where nothing is said, this lead's own value stays, and what it lacks comes from the newest of the
    /// others.
    #[serde(default)]
    fields: BTreeMap<String, Uuid>,
}

/// A value that the lead does not have after a merge. The lead that it came from keeps it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LostFieldValue {
    /// The field.
    #[schema(example = "city")]
    field: String,
    /// Whose value it was.
    lead_id: Uuid,
    /// What it was.
    #[schema(value_type = Value, example = "Berlin")]
    value: Value,
}

/// Leads that have become one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MergeResult {
    /// The lead that stays, as it is now; with `dry_run` as it would be.
    lead: LeadView,
    /// The leads that lead to it now.
    merged: Vec<Uuid>,
    /// By field, whose value it has; several where values are united.
    origins: BTreeMap<String, Vec<Uuid>>,
    /// Values that it does not have.
    lost: Vec<LostFieldValue>,
    /// What moved.
    moved: MovedRecords,
    /// Until when each of them can be taken out again.
    undo_until: DateTime<Utc>,
}

/// What moved to the lead that stays.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MovedRecords {
    /// How many interactions.
    #[schema(example = 3)]
    interactions: u64,
}

impl MovedRecords {
    /// So many.
    pub const fn of(interactions: u64) -> Self {
        Self { interactions }
    }
}

impl MergeResult {
    fn of(merged: &Merged) -> Self {
        let lost = |lost: &LostValue| LostFieldValue {
            field: lost.field.clone(),
            lead_id: lost.lead_id.uuid(),
            value: lost.value.clone(),
        };
        let uuids = |ids: &Vec<_>| ids.iter().map(|id: &Id<Lead>| id.uuid()).collect();
        Self {
            lead: LeadView::of(&merged.lead, &merged.configuration),
            merged: uuids(&merged.merged),
            origins: merged.origins.iter().map(|(field, from)| (field.clone(), uuids(from))).collect(),
            lost: merged.lost.iter().map(lost).collect(),
            moved: MovedRecords::of(merged.interactions),
            undo_until: merged.undo_until,
        }
    }
}

fn answer(merged: &Merged) -> Answer {
    tagged(Answer::ok(&MergeResult::of(merged)), &merged.lead)
}

/// Merge leads into this one
///
/// The others are archived and lead here from now on: reading one answers 308, writing to one 409, and whoever comes again
/// as one of them is recognized as this lead. Lists, notes, consents, external ids and interactions are united, the score
/// is computed anew, and the earliest promise to respond counts. For 30 days, `POST /leads/{lead_id}/unmerge` takes one out
/// again. With `dry_run=true` nothing is kept.
#[utoipa::path(
    tag = "Duplicates", operation_id = "mergeLeads", security(("bearer" = ["leads:write"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead that stays"),
        ("dry_run" = Option<bool>, Query, description = "Say what would happen, and keep nothing"),
        ("If-Match" = Option<String>, Header, description = "Make the change only if this is still the version: the `ETag` of an answer", max_length = 200),
    ),
    request_body = MergeLeadsRequest,
    responses(
        (status = 200, description = "The lead that stays, and what became of the others", body = MergeResult),
        (status = 409, description = "One of them was merged before (`merged_into`), is archived, or is converted while this one is not"),
    )
)]
#[post("/leads/{lead_id}/merge")]
pub async fn merge_leads(
    can: Can<LeadsWrite>,
    id: PathId<Lead>,
    expected: IfMatch,
    mut params: Params,
    body: Body<MergeLeadsRequest>,
) -> Result {
    let dry_run = params.flag("dry_run").unwrap_or(false);
    params.finish()?;
    let MergeLeadsRequest { with, fields } = body.value;
    let command = MergeLeads {
        master: id.0,
        others: with.into_iter().map(Id::from_uuid).collect(),
        choices: fields.into_iter().map(|(field, lead)| (field, Id::from_uuid(lead))).collect(),
        may_assign: can.caller.permissions.contains(&Permission::LeadsAssign),
        expected: expected.0,
        configurations: Arc::clone(&can.ask.app.configurations),
    };
    if dry_run {
        return Ok(Answer::ok(&MergeResult::of(&command.preview(&can.read()).await?)));
    }
    can.write_once(&body.raw, command, |merged| answer(&merged)).await
}
