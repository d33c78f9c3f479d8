use actix_web::{HttpRequest, get};
use leadwright_app::leads;
use leadwright_domain::ids::kind::Lead;

use super::{
    moved,
    shape::{Shape, ShownLead},
};
use crate::http::{Answer, Can, Params, PathId, Result, can::LeadsRead};

/// Read a lead
///
/// Archived leads are answered like any other. One that was merged into another answers 308 with the address of that one.
#[utoipa::path(
    tag = "Leads", operation_id = "getLead", security(("bearer" = ["leads:read"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("fields" = Option<String>, Query, description = "Only these members, and the id", example = "id,contact_name,score"),
        ("include" = Option<String>, Query, description = "Related records: `owner`, `source`", pattern = "^((owner|source)(,(owner|source))*)?$")
    ),
    responses(
        (status = 200, description = "The lead", body = ShownLead, headers(("ETag" = String, description = "For `If-Match` and `If-None-Match`"))),
        (status = 304, description = "You have it already"),
        (status = 308, description = "It was merged into another", headers(("Location" = String, description = "Where that one lives")))
    )
)]
#[get("/leads/{lead_id}")]
pub async fn get_lead(can: Can<LeadsRead>, id: PathId<Lead>, mut params: Params, request: HttpRequest) -> Result {
    let shape = Shape::read(&mut params);
    params.finish()?;
    let config = can.ask.app.configuration(&can.call()).await?;
    let lead = leads::get(&can.read(), id.0).await?;
    if lead.merged_into.is_some()
        && let Some(answer) = moved::elsewhere(&can.read(), id.0, &request).await?
    {
        return Ok(answer);
    }
    let answer = Answer::ok(&shape.show(&lead, &config));
    Ok(answer.etag(lead.version, lead.computed_rev, &shape.tag(&config)))
}
