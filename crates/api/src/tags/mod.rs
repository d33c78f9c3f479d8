//! `/api/v1/tags`: the tags that people are offered.

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
pub mod update;

use leadwright_domain::tags::Tag;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::Answer;

/// A tag that people are offered. Leads carry tags as plain words, whether listed here or not.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Tag)]
pub struct TagView {
    /// The id.
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    version: i64,
    /// The word on the lead.
    #[schema(example = "VIP")]
    name: String,
    /// Its colour.
    #[schema(example = "#d4af37")]
    color: Option<String>,
}

impl From<Tag> for TagView {
    fn from(tag: Tag) -> Self {
        Self { id: tag.id.uuid(), version: tag.version, name: tag.name, color: tag.color }
    }
}

fn shown(tag: Tag) -> Answer {
    let version = tag.version;
    Answer::ok(&TagView::from(tag)).version(version)
}
