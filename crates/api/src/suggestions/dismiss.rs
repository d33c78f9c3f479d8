use actix_web::post;
use leadwright_app::suggestions::DismissSuggestion;
use leadwright_domain::ids::kind::Suggestion;

use super::SuggestionView;
use crate::http::{Answer, Can, PathId, Result, can::LeadsWrite};

/// Dismiss a suggested value
///
/// The same value of the same kind of writer is not suggested again. Doing it twice changes nothing; one that was accepted
/// answers 409.
#[utoipa::path(
    tag = "Suggestions", operation_id = "dismissSuggestion", security(("bearer" = ["leads:write"])),
    params(("suggestion_id" = uuid::Uuid, Path, description = "The id of the suggestion")),
    responses((status = 200, description = "The suggestion", body = SuggestionView))
)]
#[post("/suggestions/{suggestion_id}/dismiss")]
pub async fn dismiss_suggestion(can: Can<LeadsWrite>, id: PathId<Suggestion>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    let render = move |one| Answer::ok(&SuggestionView::of(&one, &config)).version(one.version);
    can.write_once(b"", DismissSuggestion { id: id.0 }, render).await
}
