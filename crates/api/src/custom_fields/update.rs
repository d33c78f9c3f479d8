use actix_web::patch;
use leadwright_app::custom_fields::{FieldChange, UpdateField};
use leadwright_domain::ids::kind::CustomField;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{CustomFieldView, shown};
use crate::http::{Body, Can, IfMatch, PathId, Result, can::ConfigWrite, patch::clearable};

/// What to change of a custom field (merge patch): absent members stay, `null` clears.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCustomField {
    /// The name for people.
    #[schema(example = "Budget holder", min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    label: Option<String>,
    /// Whether a new lead that comes through the API must have it. Forms and files lose nobody for want of it; a lead that
    /// has it keeps it.
    #[schema(nullable = false)]
    required: Option<bool>,
    /// The value of a new lead that brings none.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Value)]
    default: Option<Option<Value>>,
    /// The options of a select. Leads keep values that are no longer offered.
    #[schema(max_items = 500, nullable = false)]
    options: Option<Vec<String>>,
    /// Whether leads can be filtered and sorted by it.
    #[schema(nullable = false)]
    indexed: Option<bool>,
    /// Whether it is in use; `false` retires it.
    #[schema(nullable = false)]
    active: Option<bool>,
}

/// Change a custom field
///
/// A merge patch. Key and kind never change: values were written under them. Fields are not deleted but retired, because
/// leads keep their values.
#[utoipa::path(
    tag = "Custom fields", operation_id = "updateCustomField", security(("bearer" = ["config:write"])),
    params(("field_id" = uuid::Uuid, Path, description = "The id of the field")),
    request_body = UpdateCustomField,
    responses((status = 200, description = "The changed field", body = CustomFieldView))
)]
#[patch("/custom-fields/{field_id}")]
pub async fn update_custom_field(
    can: Can<ConfigWrite>,
    id: PathId<CustomField>,
    expected: IfMatch,
    body: Body<UpdateCustomField>,
) -> Result {
    let change = body.value;
    let change = FieldChange {
        label: change.label.map(|label| label.trim().to_owned()),
        required: change.required,
        default: change.default,
        options: change.options,
        indexed: change.indexed,
        active: change.active,
    };
    Ok(shown(can.write(UpdateField { id: id.0, change, expected: expected.0 }).await?))
}
