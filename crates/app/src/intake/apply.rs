//! Writing what a batch decided.

use leadwright_persistence::{DbError, Tx};

use super::working::Unwritten;

/// Writes new and changed leads.
pub(super) async fn apply(tx: &Tx, unwritten: Unwritten) -> Result<(), DbError> {
    let Unwritten { new, changed } = unwritten;
    let changed: Vec<_> = changed.iter().map(|(lead, derived, read_at)| (&**lead, &**derived, *read_at)).collect();
    if !tx.leads().update_all(&changed).await? {
        return Err(DbError::Retry("a lead changed while a batch held it".to_owned()));
    }
    tx.leads().insert_all(&new).await
}
