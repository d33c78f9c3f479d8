//! Whether somebody who comes was erased: asked for a whole batch at once.

use std::collections::{BTreeSet, HashMap};

use leadwright_domain::duplicates::IdentityKeys;
use leadwright_persistence::{DbError, erasures::Erasures, leads::Keys};

use super::marks::{EMAIL, EXTERNAL_ID, Marker, PHONE, all_of, external};
use crate::Secrets;

/// What a batch brings that people who were erased were recognized by.
#[derive(Debug, Default)]
pub(crate) struct Buried(BTreeSet<(&'static str, String)>);

impl Buried {
    /// Whether this is somebody who was erased.
    pub(crate) fn is(&self, keys: &IdentityKeys, ids: &std::collections::BTreeMap<String, String>) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let own = [(EMAIL, &keys.email_key), (PHONE, &keys.phone_key)];
        let own = own.into_iter().filter_map(|(kind, key)| Some((kind, key.clone()?)));
        let ids = ids.iter().map(|(system, id)| (EXTERNAL_ID, external(system, id)));
        own.chain(ids).any(|mark| self.0.contains(&mark))
    }
}

/// Asks for a batch, after its identity keys are locked: whoever erases somebody holds the same locks. One statement
/// where nobody was ever erased, and one more otherwise, whatever the size of the batch.
///
/// # Errors
/// The database failed.
pub(crate) async fn buried_among(erasures: Erasures<'_>, secrets: &Secrets, keys: &Keys) -> Result<Buried, DbError> {
    if keys.emails.is_empty() && keys.phones.is_empty() && keys.external.is_empty() {
        return Ok(Buried::default());
    }
    let Some(marker) = Marker::read(erasures, secrets).await? else { return Ok(Buried::default()) };
    let mut by_mark: HashMap<String, (&'static str, String)> = HashMap::new();
    for (kind, value) in all_of(keys) {
        by_mark.extend(marker.marks(kind, &value).into_iter().map(|mark| (mark, (kind, value.clone()))));
    }
    let marks: Vec<String> = by_mark.keys().cloned().collect();
    let buried = erasures.buried(&marks).await?;
    Ok(Buried(buried.iter().filter_map(|(mark, _)| by_mark.remove(mark)).collect()))
}
