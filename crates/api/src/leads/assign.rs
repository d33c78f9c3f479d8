use std::sync::Arc;

use actix_web::post;
use leadwright_app::leads::AssignLead;
use leadwright_domain::{ids::Id, ids::kind::Lead, routing::Handover};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{LeadView, view::whole, words::AssignReasonWord};
use crate::http::{Answer, Body, Can, IfMatch, Params, PathId, Result, can::LeadsAssign, patch::clearable};

/// Who shall have a lead, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"user_id": "0199b2a4-5c00-7000-8000-000000000002", "reason": "special_expertise"}))]
pub struct AssignLeadRequest {
    /// Which person; `null` for nobody.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Uuid>)]
    user_id: Option<Option<Uuid>>,
    /// Which team; `null` for none. A team without a person: the lead waits there for somebody to claim it.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Uuid>)]
    team_id: Option<Option<Uuid>>,
    reason: AssignReasonWord,
    /// Why, in words.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    note: Option<String>,
}

/// Give a lead to somebody
///
/// Send `user_id`, `team_id` or both; `null` takes the lead from whoever has it. Where only a person is named, the lead
/// stays in its team if they belong to it, else it comes to a team of theirs. With `dry_run=true` nothing is kept.
#[utoipa::path(
    tag = "Leads", operation_id = "assignLead", security(("bearer" = ["leads:assign"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("dry_run" = Option<bool>, Query, description = "Say what would happen, and keep nothing"),
        ("If-Match" = Option<String>, Header, description = "Make the change only if this is still the version: the `ETag` of an answer", max_length = 200),
    ),
    request_body = AssignLeadRequest,
    responses((status = 200, description = "The lead", body = LeadView))
)]
#[post("/leads/{lead_id}/assign")]
pub async fn assign_lead(
    can: Can<LeadsAssign>,
    id: PathId<Lead>,
    expected: IfMatch,
    mut params: Params,
    body: Body<AssignLeadRequest>,
) -> Result {
    let dry_run = params.flag("dry_run").unwrap_or(false);
    params.finish()?;
    let AssignLeadRequest { user_id, team_id, reason, note } = body.value;
    let wish = Handover {
        user: user_id.map(|user| user.map(Id::from_uuid)),
        team: team_id.map(|team| team.map(Id::from_uuid)),
    };
    let configurations = Arc::clone(&can.ask.app.configurations);
    let command = AssignLead { id: id.0, wish, reason: reason.into(), note, expected: expected.0, configurations };
    if dry_run {
        let (lead, config) = command.preview(&can.read()).await?;
        return Ok(Answer::ok(&LeadView::of(&lead, &config)));
    }
    can.write_once(&body.raw, command, |(lead, config)| whole(&lead, &config)).await
}
