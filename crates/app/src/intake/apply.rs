//! Writing what a batch decided.

use leadwright_domain::leads::Lead;
use leadwright_persistence::{DbError, Tx, leads::Derived};

use super::{pools::keep, working::Working};

/// Writes new and changed leads and the turns that were taken.
pub(super) async fn apply(tx: &Tx, working: Working) -> Result<(), DbError> {
    let Working { held, pools, .. } = working;
    let mut new: Vec<(Lead, Derived)> = Vec::new();
    for held in held.into_values() {
        let Some(derived) = held.derived else { continue };
        match held.read_at {
            None => new.push((held.lead, derived)),
            Some(read_at) => {
                if !tx.leads().update(&held.lead, &derived, read_at).await? {
                    return Err(DbError::Retry("a lead changed while a batch held it".to_owned()));
                }
            }
        }
    }
    tx.leads().insert_all(&new).await?;
    keep(tx, &pools).await
}
