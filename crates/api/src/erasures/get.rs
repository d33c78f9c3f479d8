use actix_web::get;
use leadwright_app::privacy::erasure;
use leadwright_domain::ids::kind::Erasure;

use super::ErasureView;
use crate::http::{Answer, Can, PathId, Result, can::PrivacyRead};

/// Read an erasure
///
/// When, why, by whom, and how much; nothing that says who it was.
#[utoipa::path(
    tag = "Privacy", operation_id = "getErasure", security(("bearer" = ["privacy:read"])),
    params(("erasure_id" = uuid::Uuid, Path, description = "The id of the erasure")),
    responses((status = 200, description = "The erasure", body = ErasureView))
)]
#[get("/erasures/{erasure_id}")]
pub async fn get_erasure(can: Can<PrivacyRead>, id: PathId<Erasure>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    Ok(Answer::ok(&ErasureView::of(&erasure(&can.read(), id.0).await?, &config)))
}
