use actix_web::post;
use leadwright_app::views::CreateView;
use leadwright_domain::views::ViewContent;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{SavedView, faults_of, keeper};
use crate::{
    conditions::ConditionShape,
    http::{Answer, Body, Can, Result, can::LeadsRead},
    leads::{order::SortChoice, search::ArchivedChoice},
};

/// A new view.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CreateView)]
#[serde(deny_unknown_fields)]
pub struct CreateViewBody {
    /// The name for people; unique among yours, whatever the case.
    #[schema(example = "Hot in the north", min_length = 1, max_length = 100, pattern = r"\S")]
    name: String,
    /// What must hold: a condition, as `POST /leads/search` takes it. Every lead is meant without it.
    #[serde(rename = "where")]
    #[schema(value_type = Option<ConditionShape>)]
    condition: Option<Value>,
    /// Words of name, company, e-mail or phone.
    #[schema(example = "example", max_length = 500)]
    q: Option<String>,
    /// As to archiving; archived leads are left out unless said.
    archived: Option<ArchivedChoice>,
    /// In which order; newest first unless said.
    sort: Option<SortChoice>,
    /// Only these members of a lead, and the id; all, if empty.
    #[serde(default)]
    #[schema(max_items = 100, example = json!(["contact_name", "score"]))]
    fields: Vec<String>,
    /// Whether everybody of the organization sees it; that needs `leads:write`.
    #[serde(default)]
    shared: bool,
}

/// Save a view
///
/// A selection of leads under a name: `GET /leads?view={id}` lists them. It is yours alone unless it is `shared`, and what
/// somebody sees through a shared one are the leads that they may see. A name that you have used answers 409.
#[utoipa::path(
    tag = "Views", operation_id = "createView", security(("bearer" = ["leads:read"])),
    request_body = CreateViewBody,
    responses((status = 201, description = "The new view", body = SavedView))
)]
#[post("/views")]
pub async fn create_view(can: Can<LeadsRead>, body: Body<CreateViewBody>) -> Result {
    let new = body.value;
    faults_of(&new.fields)?;
    let content = ViewContent {
        name: new.name.trim().to_owned(),
        condition: new.condition,
        query: new.q,
        archived: new.archived.map(Into::into),
        sort: new.sort.map(Into::into),
        fields: new.fields,
        shared: new.shared,
    };
    can.write_once(&body.raw, CreateView { content, keeper: keeper(&can) }, |known| {
        let (location, version) = (format!("/api/v1/views/{}", known.view.id), known.view.version);
        Answer::created(location, &SavedView::from(known)).etag(version, 0, "110")
    })
    .await
}
