use actix_web::get;

use super::{DuplicateListShape, PairStateWord, Wanted, answer};
use crate::http::{Can, Params, Result, can::LeadsRead};

/// List suspected duplicates
///
/// Pairs of leads that may be one person, the most alike first; only those of which the caller sees both. Leads that came
/// or changed are compared within seconds.
#[utoipa::path(
    tag = "Duplicates", operation_id = "listDuplicates", security(("bearer" = ["leads:read"])),
    params(
        ("state" = Option<PairStateWord>, Query, description = "In this state; `open` unless said"),
        ("min_similarity" = Option<i64>, Query, description = "At least this alike", minimum = 0, maximum = 100),
        ("lead_id" = Option<uuid::Uuid>, Query, description = "With this lead"),
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses((status = 200, description = "A page of pairs", body = DuplicateListShape))
)]
#[get("/duplicates")]
pub async fn list_duplicates(can: Can<LeadsRead>, params: Params) -> Result {
    answer(&can, params, Wanted::All, "/api/v1/duplicates").await
}
