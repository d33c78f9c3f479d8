use actix_web::{HttpRequest, get};
use leadwright_domain::ids::kind::Lead;

use super::location;
use crate::{
    http::{Can, Params, PathId, Result, can::LeadsRead},
    suggestions::{SuggestionListShape, SuggestionStateWord, Wanted, WriterWord, answer},
};

/// List suggested values for a lead
///
/// What programs, files and forms said of fields that a stronger writer wrote, the newest first.
#[utoipa::path(
    tag = "Suggestions", operation_id = "listLeadSuggestions", security(("bearer" = ["leads:read"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("state" = Option<SuggestionStateWord>, Query, description = "In this state; `open` unless said"),
        ("field" = Option<String>, Query, description = "For this field; custom ones as `custom.<key>`", max_length = 100),
        ("writer" = Option<WriterWord>, Query, description = "Of this kind of writer"),
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses(
        (status = 200, description = "A page of suggestions", body = SuggestionListShape),
        (status = 308, description = "It was merged into another", headers(("Location" = String, description = "The same of that one")))
    )
)]
#[get("/leads/{lead_id}/suggestions")]
pub async fn list_lead_suggestions(
    can: Can<LeadsRead>,
    id: PathId<Lead>,
    params: Params,
    request: HttpRequest,
) -> Result {
    answer(&can, params, Wanted::OfLead(id.0, &request), &format!("{}/suggestions", location(id.0))).await
}
