use actix_web::get;

use super::{SuggestionListShape, SuggestionStateWord, Wanted, WriterWord, answer};
use crate::http::{Can, Params, Result, can::LeadsRead};

/// List suggested values
///
/// What programs, files and forms said of fields that a stronger writer wrote, the newest first; only of leads that the
/// caller sees and that are not archived.
#[utoipa::path(
    tag = "Suggestions", operation_id = "listSuggestions", security(("bearer" = ["leads:read"])),
    params(
        ("state" = Option<SuggestionStateWord>, Query, description = "In this state; `open` unless said"),
        ("field" = Option<String>, Query, description = "For this field; custom ones as `custom.<key>`", max_length = 100),
        ("writer" = Option<WriterWord>, Query, description = "Of this kind of writer"),
        ("lead_id" = Option<uuid::Uuid>, Query, description = "For this lead"),
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses((status = 200, description = "A page of suggestions", body = SuggestionListShape))
)]
#[get("/suggestions")]
pub async fn list_suggestions(can: Can<LeadsRead>, params: Params) -> Result {
    answer(&can, params, Wanted::All, "/api/v1/suggestions").await
}
