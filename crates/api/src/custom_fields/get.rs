use actix_web::get;
use leadwright_app::custom_fields;
use leadwright_domain::ids::kind::CustomField;

use super::{CustomFieldView, shown};
use crate::http::{Can, PathId, Result, can::ConfigRead};

/// Read a custom field
///
/// One definition.
#[utoipa::path(
    tag = "Custom fields", operation_id = "getCustomField", security(("bearer" = ["config:read"])),
    params(("field_id" = uuid::Uuid, Path, description = "The id of the field")),
    responses((status = 200, description = "The field", body = CustomFieldView))
)]
#[get("/custom-fields/{field_id}")]
pub async fn get_custom_field(can: Can<ConfigRead>, id: PathId<CustomField>) -> Result {
    Ok(shown(custom_fields::get(&can.read(), id.0).await?))
}
