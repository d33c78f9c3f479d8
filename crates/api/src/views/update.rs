use actix_web::patch;
use leadwright_app::views::{UpdateView, ViewChange};
use leadwright_domain::ids::kind::View;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{SavedView, faults_of, keeper, shown};
use crate::{
    conditions::ConditionShape,
    http::{Body, Can, IfMatch, PathId, Result, can::LeadsRead, patch::clearable},
    leads::{order::SortChoice, search::ArchivedChoice},
};

/// What to change of a view: absent members stay, `null` takes away.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = UpdateView)]
#[serde(deny_unknown_fields)]
pub struct UpdateViewBody {
    /// The name; unique among the owner's.
    #[schema(example = "Hot in the north", min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    name: Option<String>,
    /// What must hold, as a whole.
    #[serde(default, rename = "where", deserialize_with = "clearable")]
    #[schema(value_type = Option<ConditionShape>)]
    condition: Option<Option<Value>>,
    /// Words of a text search.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "example", max_length = 500)]
    q: Option<Option<String>>,
    /// As to archiving.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<ArchivedChoice>)]
    archived: Option<Option<ArchivedChoice>>,
    /// In which order.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<SortChoice>)]
    sort: Option<Option<SortChoice>>,
    /// Only these members of a lead; all, if empty.
    #[schema(max_items = 100, example = json!(["contact_name", "score"]), nullable = false)]
    fields: Option<Vec<String>>,
    /// Whether everybody sees it. Of another's view that is no longer shared, nothing is seen any more.
    #[schema(nullable = false)]
    shared: Option<bool>,
}

/// Change a view
///
/// Yours, or, for admins and managers, a shared one. Changing a shared one needs `leads:write`.
#[utoipa::path(
    tag = "Views", operation_id = "updateView", security(("bearer" = ["leads:read"])),
    params(("view_id" = uuid::Uuid, Path, description = "The id of the view")),
    request_body = UpdateViewBody,
    responses((status = 200, description = "The changed view", body = SavedView))
)]
#[patch("/views/{view_id}")]
pub async fn update_view(
    can: Can<LeadsRead>,
    id: PathId<View>,
    expected: IfMatch,
    body: Body<UpdateViewBody>,
) -> Result {
    let change = body.value;
    faults_of(change.fields.as_deref().unwrap_or_default())?;
    let change = ViewChange {
        name: change.name.map(|name| name.trim().to_owned()),
        condition: change.condition,
        query: change.q,
        archived: change.archived.map(|word| word.map(Into::into)),
        sort: change.sort.map(|word| word.map(Into::into)),
        fields: change.fields,
        shared: change.shared,
    };
    let command = UpdateView { id: id.0, change, expected: expected.0, keeper: keeper(&can) };
    Ok(shown(can.write(command).await?))
}
