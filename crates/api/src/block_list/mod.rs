//! `/api/v1/block-list`: whose posts the organization does not want.

pub mod add;
pub mod list;
pub mod remove;

use chrono::{DateTime, Utc};
use leadwright_domain::capture::{BlockEntry, BlockKind};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::words::word_schema;

word_schema! {
    /// What an entry of the block list names: an `email` address, a `domain` of addresses with those below it, a `network`
    /// (an internet address or CIDR), or a `word` or phrase anywhere in what is posted.
    BlockKindWord as "BlockKind" = BlockKind, "domain"
}

/// An entry of the block list: what is posted with it is quarantined.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = BlockEntry)]
pub struct BlockEntryView {
    /// The id.
    id: Uuid,
    /// What it names.
    kind: BlockKindWord,
    /// The name, as it is compared.
    #[schema(example = "spam.example")]
    value: String,
    /// Why, for people.
    #[schema(example = "Link sellers")]
    note: Option<String>,
    /// Since when.
    created_at: DateTime<Utc>,
}

impl From<BlockEntry> for BlockEntryView {
    fn from(entry: BlockEntry) -> Self {
        Self {
            id: entry.id.uuid(),
            kind: entry.kind.into(),
            value: entry.value,
            note: entry.note,
            created_at: entry.created_at,
        }
    }
}
