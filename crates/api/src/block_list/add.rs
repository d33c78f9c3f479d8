use actix_web::post;
use leadwright_app::block_list::AddToBlockList;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{BlockEntryView, BlockKindWord};
use crate::http::{Answer, Body, Can, Result, can::ConfigWrite};

/// A new entry of the block list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBlockEntry {
    /// What it names.
    kind: BlockKindWord,
    /// The address, domain, network or word.
    #[schema(example = "spam.example", min_length = 1, max_length = 320, pattern = r"\S")]
    value: String,
    /// Why, for people.
    #[schema(example = "Link sellers", max_length = 500)]
    note: Option<String>,
}

/// Add to the block list
///
/// From now on, and on every node, what is posted to any form with it is quarantined. An entry that is there answers 409.
#[utoipa::path(
    tag = "Block list", operation_id = "addToBlockList", security(("bearer" = ["config:write"])),
    request_body = NewBlockEntry,
    responses((status = 201, description = "The new entry", body = BlockEntryView))
)]
#[post("/block-list")]
pub async fn add_to_block_list(can: Can<ConfigWrite>, body: Body<NewBlockEntry>) -> Result {
    let new = body.value;
    let command = AddToBlockList { kind: new.kind.into(), value: new.value, note: new.note };
    can.write_once(&body.raw, command, |entry| {
        Answer::created(format!("/api/v1/block-list/{}", entry.id), &BlockEntryView::from(entry))
    })
    .await
}
