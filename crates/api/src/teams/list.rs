use actix_web::get;
use utoipa::ToSchema;

use super::TeamView;
use crate::http::{Can, Page, Params, Result, can::UsersRead, page::PageInfo};

/// The teams.
#[derive(ToSchema)]
#[schema(as = TeamList)]
#[expect(dead_code, reason = "the shape of Page<TeamView> for the document")]
pub struct TeamListShape {
    data: Vec<TeamView>,
    page: PageInfo,
}

/// List the teams
///
/// All teams with their members, by name. It always fits one page.
#[utoipa::path(
    tag = "Teams", operation_id = "listTeams", security(("bearer" = ["users:read"])),
    responses((status = 200, description = "The teams", body = TeamListShape))
)]
#[get("/teams")]
pub async fn list_teams(can: Can<UsersRead>, params: Params) -> Result {
    params.finish()?;
    let found = can.read().teams().all().await?;
    Ok(Page::whole(found.into_iter().map(TeamView::from).collect()).answer(None))
}
