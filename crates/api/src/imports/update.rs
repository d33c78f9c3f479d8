use actix_web::patch;
use leadwright_app::{
    Configuration,
    imports::{self, ChangeImport, NewImport},
};
use leadwright_domain::{
    access::Actor,
    fault::Fault,
    ids::kind::Import,
    imports::{ImportPolicy, Mapping},
    leads::Priority,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    ImportView,
    options::{DuplicatesWord, UnknownOwnerWord, UnknownSourceWord, WritesAsWord, not_a_person},
};
use crate::{
    erasures::WhenErasedWord,
    http::{Answer, ApiError, Body, Can, IfMatch, PathId, Result, can::ImportsWrite},
    import_mappings::ImportMappingShape,
    leads::words::PriorityWord,
};

/// What an import is to do other than it was asked first: absent members stay.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = UpdateImport)]
#[serde(deny_unknown_fields)]
pub struct UpdateImportBody {
    /// What columns and values stand for, as a whole.
    #[schema(nullable = false)]
    mapping: Option<ImportMappingShape>,
    /// What to do with somebody who is a lead already.
    #[schema(nullable = false)]
    duplicates: Option<DuplicatesWord>,
    /// What to do with a source that is not in the catalogue.
    #[schema(nullable = false)]
    unknown_source: Option<UnknownSourceWord>,
    /// What to do with an owner whom nobody knows.
    #[schema(nullable = false)]
    unknown_owner: Option<UnknownOwnerWord>,
    /// The source of rows that name none: its code.
    #[schema(example = "trade_show", max_length = 100, nullable = false)]
    default_source: Option<String>,
    /// The priority of rows that name none.
    #[schema(nullable = false)]
    default_priority: Option<PriorityWord>,
    /// The company of rows that name none.
    #[schema(example = "Unknown", min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    default_company: Option<String>,
    /// What to do with somebody who was erased.
    #[schema(nullable = false)]
    erased: Option<WhenErasedWord>,
    /// As whom the file writes.
    #[schema(nullable = false)]
    writes_as: Option<WritesAsWord>,
    /// Whether routing gives owners to leads that have none.
    #[schema(nullable = false)]
    route: Option<bool>,
}

/// Change an import that waits
///
/// Says what columns and values stand for, or decides otherwise what happens to rows, after a look at the preview. The
/// file is looked through again, and the import waits anew.
#[utoipa::path(
    tag = "Imports", operation_id = "updateImport", security(("bearer" = ["imports:write"])),
    params(("import_id" = uuid::Uuid, Path, description = "The id of the import")),
    request_body = UpdateImportBody,
    responses((status = 200, description = "The import, which is looked through again", body = ImportView))
)]
#[patch("/imports/{import_id}")]
pub async fn update_import(
    can: Can<ImportsWrite>,
    id: PathId<Import>,
    expected: IfMatch,
    body: Body<UpdateImportBody>,
) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    let known = imports::get(&can.read(), id.0).await?;
    let policy = changed(known.policy, body.value, can.scope.actor, &config)?;
    let import = can.write(ChangeImport { id: id.0, policy, expected: expected.0 }).await?;
    can.ask.app.work.notify_one();
    Ok(Answer::ok(&ImportView::of(&import, &config)).version(import.version))
}

fn changed(
    mut policy: ImportPolicy,
    body: UpdateImportBody,
    actor: Actor,
    config: &Configuration,
) -> Result<ImportPolicy> {
    let mut faults: Vec<Fault> = Vec::new();
    if let Some(mapping) = body.mapping {
        policy.mapping = Mapping::from(mapping);
        faults.extend(policy.mapping.check(&config.custom_fields).into_iter().map(|fault| fault.under("#/mapping")));
    }
    if let Some(code) = body.default_source {
        match NewImport::default_source(Some(&code), config) {
            Ok(source) => policy.default_source = source,
            Err(fault) => faults.push(Fault::in_field("default_source", fault.code, fault.detail)),
        }
    }
    policy.duplicates = body.duplicates.map_or(policy.duplicates, Into::into);
    policy.unknown_source = body.unknown_source.map_or(policy.unknown_source, Into::into);
    policy.unknown_owner = body.unknown_owner.map_or(policy.unknown_owner, Into::into);
    policy.default_priority = body.default_priority.map_or(policy.default_priority, Priority::from);
    policy.default_company = body.default_company.map_or(policy.default_company, |name| name.trim().to_owned());
    policy.erased = body.erased.map_or(policy.erased, Into::into);
    policy.writes_as = body.writes_as.map_or(policy.writes_as, |word| word.0.into());
    faults.extend(not_a_person(policy.writes_as, actor).filter(|_| body.writes_as.is_some()));
    policy.route = body.route.unwrap_or(policy.route);
    if faults.is_empty() { Ok(policy) } else { Err(ApiError::invalid(faults)) }
}
