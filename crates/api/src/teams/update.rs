use actix_web::patch;
use leadwright_app::access::{TeamChange, UpdateTeam as Update};
use leadwright_domain::ids::kind::Team;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{TeamKindView, TeamView, tagged, users};
use crate::http::{Answer, Body, Can, IfMatch, PathId, Result, can::UsersWrite};

/// What to change of a team (merge patch): absent members of this object stay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateTeam {
    /// The name; unique.
    #[schema(example = "East coast", min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    name: Option<String>,
    /// What it is.
    #[schema(nullable = false)]
    kind: Option<TeamKindView>,
    /// All who belong to it from now on. Who stays keeps leading it, if they did.
    #[schema(max_items = 500, nullable = false)]
    member_ids: Option<Vec<Uuid>>,
    /// All who lead it from now on.
    #[schema(max_items = 500, nullable = false)]
    manager_ids: Option<Vec<Uuid>>,
}

/// Change a team
///
/// A merge patch. `member_ids` and `manager_ids` replace the whole list.
#[utoipa::path(
    tag = "Teams", operation_id = "updateTeam", security(("bearer" = ["users:write"])),
    params(("team_id" = uuid::Uuid, Path, description = "The id of the team")),
    request_body = UpdateTeam,
    responses((status = 200, description = "The changed team", body = TeamView))
)]
#[patch("/teams/{team_id}")]
pub async fn update_team(can: Can<UsersWrite>, id: PathId<Team>, expected: IfMatch, body: Body<UpdateTeam>) -> Result {
    let change = body.value;
    let change = TeamChange {
        name: change.name,
        kind: change.kind.map(|kind| kind.0),
        members: change.member_ids.map(users),
        managers: change.manager_ids.map(users),
    };
    let team = can.write(Update { id: id.0, change, expected: expected.0 }).await?;
    let version = team.version;
    Ok(tagged(Answer::ok(&TeamView::from(team)), version))
}
