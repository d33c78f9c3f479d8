use actix_web::get;
use leadwright_app::suggestions::suggestion;
use leadwright_domain::ids::kind::Suggestion;

use super::{SuggestionWithLeadView, whole};
use crate::http::{Can, PathId, Result, can::LeadsRead};

/// Read a suggested value
///
/// With what the lead holds now, and who wrote that.
#[utoipa::path(
    tag = "Suggestions", operation_id = "getSuggestion", security(("bearer" = ["leads:read"])),
    params(("suggestion_id" = uuid::Uuid, Path, description = "The id of the suggestion")),
    responses((status = 200, description = "The suggestion", body = SuggestionWithLeadView))
)]
#[get("/suggestions/{suggestion_id}")]
pub async fn get_suggestion(can: Can<LeadsRead>, id: PathId<Suggestion>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    Ok(whole(&suggestion(&can.read(), id.0).await?, &config))
}
