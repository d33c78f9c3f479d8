use actix_web::post;
use leadwright_app::import_mappings::CreateImportMapping;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ImportMappingShape, ImportMappingView};
use crate::http::{Answer, Body, Can, Result, can::ImportsWrite};

/// A new saved mapping.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CreateImportMapping)]
#[serde(deny_unknown_fields)]
pub struct CreateImportMappingBody {
    /// The name for people; unique.
    #[schema(example = "Trade fair list", min_length = 1, max_length = 100, pattern = r"\S")]
    name: String,
    /// What it says.
    mapping: ImportMappingShape,
}

/// Save a mapping
///
/// For files of one kind: name it with `mapping_id` when you send the next. The name is unique; a taken one answers 409.
#[utoipa::path(
    tag = "Imports", operation_id = "createImportMapping", security(("bearer" = ["imports:write"])),
    request_body = CreateImportMappingBody,
    responses((status = 201, description = "The new mapping", body = ImportMappingView))
)]
#[post("/import-mappings")]
pub async fn create_import_mapping(can: Can<ImportsWrite>, body: Body<CreateImportMappingBody>) -> Result {
    let new = body.value;
    let command = CreateImportMapping { name: new.name.trim().to_owned(), mapping: new.mapping.into() };
    can.write_once(&body.raw, command, |known| {
        let (location, version) = (format!("/api/v1/import-mappings/{}", known.id), known.version);
        Answer::created(location, &ImportMappingView::from(known)).version(version)
    })
    .await
}
