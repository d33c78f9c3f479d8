use leadwright_domain::{fault::Refusal, ids::ErasureId, privacy::Erasure};
use leadwright_persistence::{CommandError, DbError, Reader};

/// Erasures, newest first, before the one `before` if given.
///
/// # Errors
/// The database failed.
pub async fn erasures(reader: &Reader, before: Option<ErasureId>, limit: u64) -> Result<Vec<Erasure>, DbError> {
    reader.erasures().list(before, limit).await
}

/// One erasure.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn erasure(reader: &Reader, id: ErasureId) -> Result<Erasure, CommandError> {
    Ok(reader.erasures().get(id).await?.ok_or_else(|| Refusal::not_found("erasure"))?)
}
