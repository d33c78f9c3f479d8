use actix_web::post;
use leadwright_app::access::CreateTeam as Create;
use leadwright_domain::access::TeamKind;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{TeamKindView, TeamView, tagged, users};
use crate::http::{Answer, Body, Can, Result, can::UsersWrite};

/// A new team.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTeam {
    /// The name; unique.
    #[schema(example = "East coast", min_length = 1, max_length = 100, pattern = r"\S")]
    name: String,
    /// What it is; `direct`, when left out.
    #[schema(nullable = false)]
    kind: Option<TeamKindView>,
    /// Who belongs to it.
    #[serde(default)]
    #[schema(max_items = 500)]
    member_ids: Vec<Uuid>,
    /// Who of them leads it.
    #[serde(default)]
    #[schema(max_items = 500)]
    manager_ids: Vec<Uuid>,
}

/// Add a team
///
/// Names are unique; a taken one answers 409.
#[utoipa::path(
    tag = "Teams", operation_id = "createTeam", security(("bearer" = ["users:write"])),
    request_body = CreateTeam,
    responses((status = 201, description = "The new team", body = TeamView))
)]
#[post("/teams")]
pub async fn create_team(can: Can<UsersWrite>, body: Body<CreateTeam>) -> Result {
    let new = body.value;
    let command = Create {
        name: new.name,
        kind: new.kind.map_or(TeamKind::Direct, |kind| kind.0),
        members: users(new.member_ids),
        managers: users(new.manager_ids),
    };
    can.write_once(&body.raw, command, |team| {
        let (id, version) = (team.id, team.version);
        tagged(Answer::created(format!("/api/v1/teams/{id}"), &TeamView::from(team)), version)
    })
    .await
}
