//! The catalogue of tags (spec LEAD-3).

mod create;
mod delete;
mod update;

pub use create::CreateTag;
pub use delete::DeleteTag;
pub use update::{TagChange, UpdateTag};

use leadwright_domain::{ids::TagId, tags::Tag};
use leadwright_persistence::{CommandError, DbError, Reader};

use crate::setting::Setting;

/// The most tags in a catalogue, so that it always fits one page.
pub const MOST_TAGS: usize = 1_000;

const TAG: Setting = Setting { name: "tag", subject: "tag" };

/// All tags, by name.
///
/// # Errors
/// The database failed.
pub async fn list(reader: &Reader) -> Result<Vec<Tag>, DbError> {
    reader.tags().all().await
}

/// One tag.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn get(reader: &Reader, id: TagId) -> Result<Tag, CommandError> {
    TAG.found(reader.tags().get(id).await?, |tag| tag.version, None)
}

fn taken(error: DbError) -> CommandError {
    TAG.taken(error, &[("tags_name", "tags.name_key", "name")])
}
