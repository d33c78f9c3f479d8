use actix_web::{HttpRequest, get};
use leadwright_domain::ids::kind::Lead;

use super::location;
use crate::{
    duplicates::{DuplicateListShape, PairStateWord, Wanted, answer},
    http::{Can, Params, PathId, Result, can::LeadsRead},
};

/// List what may be duplicates of a lead
///
/// Pairs with this lead, the most alike first; only those of which the caller sees the other lead too.
#[utoipa::path(
    tag = "Duplicates", operation_id = "listLeadDuplicates", security(("bearer" = ["leads:read"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("state" = Option<PairStateWord>, Query, description = "In this state; `open` unless said"),
        ("min_similarity" = Option<i64>, Query, description = "At least this alike", minimum = 0, maximum = 100),
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses(
        (status = 200, description = "A page of pairs", body = DuplicateListShape),
        (status = 308, description = "It was merged into another", headers(("Location" = String, description = "The same of that one")))
    )
)]
#[get("/leads/{lead_id}/duplicates")]
pub async fn list_lead_duplicates(
    can: Can<LeadsRead>,
    id: PathId<Lead>,
    params: Params,
    request: HttpRequest,
) -> Result {
    answer(&can, params, Wanted::OfLead(id.0, &request), &format!("{}/duplicates", location(id.0))).await
}
