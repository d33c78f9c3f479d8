//! Marks of people: keyed hashes of the addresses, numbers and ids by which they are recognized. The key is the
//! organization's own and sealed with the installation's secret, so that a change of the secret need not lose it.

use aws_lc_rs::{hmac, rand};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leadwright_persistence::{
    CommandError, DbError, Tx,
    erasures::{Erasures, SealedKey},
    leads::Keys,
};

use crate::secrets::{Secrets, Use};

/// Makes marks.
pub(super) struct Marker(Vec<hmac::Key>);

/// The kinds of marks.
pub(super) const EMAIL: &str = "email";
pub(super) const PHONE: &str = "phone";
pub(super) const EXTERNAL_ID: &str = "external_id";

impl Marker {
    /// With all keys that can be opened; `None` where the organization has none: nobody was erased.
    pub(super) async fn read(erasures: Erasures<'_>, secrets: &Secrets) -> Result<Option<Self>, DbError> {
        let keys = erasures.keys().await?;
        Ok((!keys.is_empty()).then(|| Self::of(&keys, secrets)))
    }

    /// The same with a key to be written under, made where there is none.
    pub(super) async fn made(tx: &Tx, secrets: &Secrets) -> Result<Self, CommandError> {
        let known = Self::of(&tx.erasures().keys().await?, secrets);
        if !known.0.is_empty() {
            return Ok(known);
        }
        let failed = || DbError::Other("making a key of tombstones failed".to_owned());
        let mut plain = [0_u8; 32];
        rand::fill(&mut plain).map_err(|_| failed())?;
        let id = uuid::Uuid::now_v7();
        let sealed = secrets.seal(Use::Tombstones, id.as_bytes(), &plain).map_err(|_| failed())?;
        let key = SealedKey { id, sealed };
        tx.erasures().add_key(&key).await?;
        Ok(Self::of(&[key], secrets))
    }

    fn of(keys: &[SealedKey], secrets: &Secrets) -> Self {
        let open = |key: &SealedKey| match secrets.open(Use::Tombstones, key.id.as_bytes(), &key.sealed) {
            Ok(plain) => Some(hmac::Key::new(hmac::HMAC_SHA256, &plain)),
            Err(error) => {
                tracing::error!(key = %key.id, %error, "tombstones can't be compared: they were made under another secret");
                None
            }
        };
        Self(keys.iter().filter_map(open).collect())
    }

    /// The marks of something, one under each key.
    pub(super) fn marks(&self, kind: &str, value: &str) -> Vec<String> {
        let text = format!("{kind}\u{0}{value}");
        self.0.iter().map(|key| URL_SAFE_NO_PAD.encode(hmac::sign(key, text.as_bytes()))).collect()
    }

    /// The marks that are written: under the newest key.
    pub(super) fn written(&self, keys: &Keys) -> Vec<(&'static str, String)> {
        let newest = |(kind, value): (&'static str, String)| Some((kind, self.marks(kind, &value).into_iter().next()?));
        all_of(keys).filter_map(newest).collect()
    }
}

/// What a batch is recognized by, with its kind. Company and name are no proof, and leave no mark.
pub(super) fn all_of(keys: &Keys) -> impl Iterator<Item = (&'static str, String)> {
    let emails = keys.emails.iter().map(|email| (EMAIL, email.clone()));
    let phones = keys.phones.iter().map(|phone| (PHONE, phone.clone()));
    let external = keys.external.iter().map(|(system, id)| (EXTERNAL_ID, external(system, id)));
    emails.chain(phones).chain(external).collect::<Vec<_>>().into_iter()
}

/// An id in another system, as it is marked.
pub(super) fn external(system: &str, id: &str) -> String {
    format!("{system}\u{0}{id}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn marks_depend_on_key_kind_and_value_and_outlive_nothing_but_their_key() {
        let secrets = Secrets::new([7; 32]).unwrap();
        let id = uuid::Uuid::from_u128(1);
        let key =
            |plain: [u8; 32]| SealedKey { id, sealed: secrets.seal(Use::Tombstones, id.as_bytes(), &plain).unwrap() };
        let (one, other) = (Marker::of(&[key([1; 32])], &secrets), Marker::of(&[key([2; 32])], &secrets));
        let mark = |marker: &Marker, kind, value| marker.marks(kind, value).pop().unwrap();
        assert_eq!(mark(&one, EMAIL, "a@b.example"), mark(&one, EMAIL, "a@b.example"));
        assert_ne!(mark(&one, EMAIL, "a@b.example"), mark(&one, PHONE, "a@b.example"));
        assert_ne!(mark(&one, EMAIL, "a@b.example"), mark(&other, EMAIL, "a@b.example"));
        let stranger = Secrets::new([8; 32]).unwrap();
        assert!(Marker::of(&[key([1; 32])], &stranger).marks(EMAIL, "a@b.example").is_empty());
    }
}
