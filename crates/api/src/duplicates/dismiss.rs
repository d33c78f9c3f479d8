use actix_web::post;
use leadwright_app::duplicates::DecidePair;
use leadwright_domain::ids::kind::DuplicatePair;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{PairView, location, reopen::answer};
use crate::http::{Can, MaybeBody, PathId, Result, can::LeadsWrite};

/// That two leads are two people.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"note": "Father and son"}))]
pub struct DismissDuplicateRequest {
    /// How you know.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    note: Option<String>,
}

/// Say that two leads are two people
///
/// The pair is never proposed again, unless somebody reopens it. Doing it twice changes nothing; a pair that has settled
/// itself answers 409.
#[utoipa::path(
    tag = "Duplicates", operation_id = "dismissDuplicate", security(("bearer" = ["leads:write"])),
    params(("pair_id" = uuid::Uuid, Path, description = "The id of the pair")),
    request_body = Option<DismissDuplicateRequest>,
    responses((status = 200, description = "The pair", body = PairView))
)]
#[post("/duplicates/{pair_id}/dismiss")]
pub async fn dismiss_duplicate(
    can: Can<LeadsWrite>,
    id: PathId<DuplicatePair>,
    body: MaybeBody<DismissDuplicateRequest>,
) -> Result {
    let command = DecidePair { id: id.0, two_people: true, note: body.value.and_then(|said| said.note) };
    answer(&can, &body.raw, command).await.map(|answer| answer.header("Content-Location", location(id.0)))
}
