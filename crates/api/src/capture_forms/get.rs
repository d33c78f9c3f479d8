use actix_web::get;
use leadwright_app::capture_forms;
use leadwright_domain::ids::kind::CaptureForm;

use super::{CaptureFormView, shown};
use crate::http::{Can, PathId, Result, can::ConfigRead};

/// Read a capture form
///
/// One form with its public key.
#[utoipa::path(
    tag = "Capture forms", operation_id = "getCaptureForm", security(("bearer" = ["config:read"])),
    params(("form_id" = uuid::Uuid, Path, description = "The id of the form")),
    responses((status = 200, description = "The form", body = CaptureFormView))
)]
#[get("/capture-forms/{form_id}")]
pub async fn get_capture_form(can: Can<ConfigRead>, id: PathId<CaptureForm>) -> Result {
    Ok(shown(capture_forms::get(&can.read(), id.0).await?))
}
