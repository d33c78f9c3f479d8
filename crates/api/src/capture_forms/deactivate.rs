use actix_web::delete;
use leadwright_app::capture_forms::DeactivateForm;
use leadwright_domain::ids::kind::CaptureForm;

use crate::http::{Answer, Can, IfMatch, PathId, Result, can::ConfigWrite};

/// Deactivate a capture form
///
/// It takes nothing any more. It is kept, because submissions name it; `active: true` brings it back.
#[utoipa::path(
    tag = "Capture forms", operation_id = "deactivateCaptureForm", security(("bearer" = ["config:write"])),
    params(("form_id" = uuid::Uuid, Path, description = "The id of the form")),
    responses((status = 204, description = "The form takes nothing any more"))
)]
#[delete("/capture-forms/{form_id}")]
pub async fn deactivate_capture_form(can: Can<ConfigWrite>, id: PathId<CaptureForm>, expected: IfMatch) -> Result {
    can.write(DeactivateForm { id: id.0, expected: expected.0 }).await?;
    Ok(Answer::no_content())
}
