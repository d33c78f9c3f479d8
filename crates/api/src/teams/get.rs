use actix_web::get;
use leadwright_app::access;
use leadwright_domain::ids::kind::Team;

use super::{TeamView, tagged};
use crate::http::{Answer, Can, PathId, Result, can::UsersRead};

/// Read a team
///
/// One team with its members.
#[utoipa::path(
    tag = "Teams", operation_id = "getTeam", security(("bearer" = ["users:read"])),
    params(("team_id" = uuid::Uuid, Path, description = "The id of the team")),
    responses((status = 200, description = "The team", body = TeamView))
)]
#[get("/teams/{team_id}")]
pub async fn get_team(can: Can<UsersRead>, id: PathId<Team>) -> Result {
    let team = access::team(&can.read(), id.0).await?;
    let version = team.version;
    Ok(tagged(Answer::ok(&TeamView::from(team)), version))
}
