use actix_web::get;
use leadwright_app::duplicates::pair;
use leadwright_domain::ids::kind::DuplicatePair;

use super::{PairView, whole};
use crate::http::{Can, PathId, Result, can::LeadsRead};

/// Read a suspected duplicate
///
/// The pair with both leads in short.
#[utoipa::path(
    tag = "Duplicates", operation_id = "getDuplicate", security(("bearer" = ["leads:read"])),
    params(("pair_id" = uuid::Uuid, Path, description = "The id of the pair")),
    responses((status = 200, description = "The pair", body = PairView))
)]
#[get("/duplicates/{pair_id}")]
pub async fn get_duplicate(can: Can<LeadsRead>, id: PathId<DuplicatePair>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    Ok(whole(&pair(&can.read(), id.0).await?, &config))
}
