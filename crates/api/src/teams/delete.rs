use actix_web::delete;
use leadwright_app::access::DeleteTeam;
use leadwright_domain::ids::kind::Team;

use crate::http::{Answer, Can, IfMatch, PathId, Result, can::UsersWrite};

/// Delete a team
///
/// Its members stay users. A team that leads or routing rules still name answers 409.
#[utoipa::path(
    tag = "Teams", operation_id = "deleteTeam", security(("bearer" = ["users:write"])),
    params(("team_id" = uuid::Uuid, Path, description = "The id of the team")),
    responses((status = 204, description = "The team is gone"))
)]
#[delete("/teams/{team_id}")]
pub async fn delete_team(can: Can<UsersWrite>, id: PathId<Team>, expected: IfMatch) -> Result {
    can.write(DeleteTeam { id: id.0, expected: expected.0 }).await?;
    Ok(Answer::no_content())
}
