use actix_web::post;
use leadwright_app::tags::CreateTag;
use serde::Deserialize;
use utoipa::ToSchema;

use super::TagView;
use crate::http::{Answer, Body, Can, Result, can::ConfigWrite};

/// A new tag.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CreateTag)]
#[serde(deny_unknown_fields)]
pub struct CreateTagBody {
    /// The word on the lead; unique.
    #[schema(example = "VIP", min_length = 1, max_length = 100, pattern = r"\S")]
    name: String,
    /// Its colour.
    #[schema(example = "#d4af37", pattern = "^#[0-9a-fA-F]{6}$")]
    color: Option<String>,
}

/// Add a tag
///
/// The name is unique, whatever its case; a taken one answers 409.
#[utoipa::path(
    tag = "Tags", operation_id = "createTag", security(("bearer" = ["config:write"])),
    request_body = CreateTagBody,
    responses((status = 201, description = "The new tag", body = TagView))
)]
#[post("/tags")]
pub async fn create_tag(can: Can<ConfigWrite>, body: Body<CreateTagBody>) -> Result {
    let new = body.value;
    let command = CreateTag { name: new.name.trim().to_owned(), color: new.color };
    can.write_once(&body.raw, command, |tag| {
        let (location, version) = (format!("/api/v1/tags/{}", tag.id), tag.version);
        Answer::created(location, &TagView::from(tag)).version(version)
    })
    .await
}
