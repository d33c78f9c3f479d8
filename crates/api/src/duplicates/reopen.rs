use actix_web::post;
use leadwright_app::duplicates::{DecidePair, PairWithLeads, pair};
use leadwright_domain::ids::kind::DuplicatePair;

use super::{PairView, whole};
use crate::http::{Answer, Can, PathId, Result, can::LeadsWrite};

/// Reopen a dismissed pair
///
/// It is in the list of suspected duplicates again. One that is open stays as it is.
#[utoipa::path(
    tag = "Duplicates", operation_id = "reopenDuplicate", security(("bearer" = ["leads:write"])),
    params(("pair_id" = uuid::Uuid, Path, description = "The id of the pair")),
    responses((status = 200, description = "The pair", body = PairView))
)]
#[post("/duplicates/{pair_id}/reopen")]
pub async fn reopen_duplicate(can: Can<LeadsWrite>, id: PathId<DuplicatePair>) -> Result {
    answer(&can, b"", DecidePair { id: id.0, two_people: false, note: None }).await
}

/// Decides on a pair, and answers it with its leads.
pub(super) async fn answer(can: &Can<LeadsWrite>, body: &[u8], command: DecidePair) -> Result {
    let known = pair(&can.read(), command.id).await?;
    let config = can.ask.app.configuration(&can.call()).await?;
    let render = move |pair| -> Answer { whole(&PairWithLeads { pair, leads: known.leads.clone() }, &config) };
    can.write_once(body, command, render).await
}
