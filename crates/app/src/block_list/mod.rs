//! Whose posts an organization does not want (spec CAP-3).

mod add;
mod remove;

pub use add::AddToBlockList;
pub use remove::RemoveFromBlockList;

use leadwright_domain::capture::BlockEntry;
use leadwright_persistence::{DbError, Reader};

use crate::setting::Setting;

/// The most entries, so that the list always fits one page and each post is soon compared.
pub const MOST_ENTRIES: usize = 2_000;

const ENTRY: Setting = Setting { name: "entry of the block list", subject: "block_entry" };

/// All entries, oldest first.
///
/// # Errors
/// The database failed.
pub async fn list(reader: &Reader) -> Result<Vec<BlockEntry>, DbError> {
    reader.blocked().all().await
}
