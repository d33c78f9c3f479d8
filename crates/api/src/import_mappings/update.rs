use actix_web::patch;
use leadwright_app::import_mappings::{ImportMappingChange, UpdateImportMapping};
use leadwright_domain::ids::kind::ImportMapping;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ImportMappingShape, ImportMappingView, shown};
use crate::http::{Body, Can, IfMatch, PathId, Result, can::ImportsWrite};

/// What to change of a saved mapping: absent members stay.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = UpdateImportMapping)]
#[serde(deny_unknown_fields)]
pub struct UpdateImportMappingBody {
    /// The name; unique.
    #[schema(example = "Trade fair list", min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    name: Option<String>,
    /// What it says, as a whole.
    #[schema(nullable = false)]
    mapping: Option<ImportMappingShape>,
}

/// Change a saved mapping
///
/// Imports that used it keep what it said.
#[utoipa::path(
    tag = "Imports", operation_id = "updateImportMapping", security(("bearer" = ["imports:write"])),
    params(("mapping_id" = uuid::Uuid, Path, description = "The id of the mapping")),
    request_body = UpdateImportMappingBody,
    responses((status = 200, description = "The changed mapping", body = ImportMappingView))
)]
#[patch("/import-mappings/{mapping_id}")]
pub async fn update_import_mapping(
    can: Can<ImportsWrite>,
    id: PathId<ImportMapping>,
    expected: IfMatch,
    body: Body<UpdateImportMappingBody>,
) -> Result {
    let change = body.value;
    let change = ImportMappingChange {
        name: change.name.map(|name| name.trim().to_owned()),
        mapping: change.mapping.map(Into::into),
    };
    Ok(shown(can.write(UpdateImportMapping { id: id.0, change, expected: expected.0 }).await?))
}
