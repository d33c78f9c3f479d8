use actix_web::post;
use leadwright_app::custom_fields::CreateField;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{CustomFieldKindView, CustomFieldView};
use crate::http::{Answer, Body, Can, Result, can::ConfigWrite};

/// A new custom field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCustomField {
    /// A stable word for programs. It never changes.
    #[schema(example = "budget_holder", min_length = 1, max_length = 60, pattern = "^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    key: String,
    /// The name for people.
    #[schema(example = "Budget holder", min_length = 1, max_length = 100, pattern = r"\S")]
    label: String,
    /// What it holds. It never changes.
    #[schema(example = "single_select")]
    kind: CustomFieldKindView,
    /// Whether a new lead that comes through the API must have it. Forms and files lose nobody for want of it; a lead that
    /// has it keeps it.
    #[serde(default)]
    required: bool,
    /// The value of a new lead that brings none; a value of the field.
    #[schema(value_type = Value, required = false)]
    default: Option<Value>,
    /// The options of a select.
    #[serde(default)]
    #[schema(example = json!(["Unknown", "Yes", "No"]), max_items = 500)]
    options: Vec<String>,
    /// Whether leads can be filtered and sorted by it; at most 20 active fields.
    #[serde(default)]
    indexed: bool,
}

/// Add a custom field
///
/// The key is unique; a taken one answers 409, retired fields included.
#[utoipa::path(
    tag = "Custom fields", operation_id = "createCustomField", security(("bearer" = ["config:write"])),
    request_body = CreateCustomField,
    responses((status = 201, description = "The new field", body = CustomFieldView))
)]
#[post("/custom-fields")]
pub async fn create_custom_field(can: Can<ConfigWrite>, body: Body<CreateCustomField>) -> Result {
    let new = body.value;
    let command = CreateField {
        key: new.key,
        label: new.label.trim().to_owned(),
        kind: new.kind.0,
        required: new.required,
        default: new.default,
        options: new.options,
        indexed: new.indexed,
    };
    can.write_once(&body.raw, command, |def| {
        let version = def.version;
        let location = format!("/api/v1/custom-fields/{}", def.id);
        Answer::created(location, &CustomFieldView::from(def)).version(version)
    })
    .await
}
