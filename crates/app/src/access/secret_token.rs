//! Opaque tokens: a prefix, and in URL-safe text the organization, an id and 256 random bits. The database keeps a
//! digest of the random part only.

use aws_lc_rs::{digest, rand};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leadwright_domain::ids::{Id, OrganizationId};
use leadwright_persistence::{DbError, access::SecretHash};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// What refresh tokens begin with.
pub(super) const REFRESH_TOKEN: &str = "lwr_";
/// What API keys begin with.
pub(super) const API_KEY: &str = "lw_";

/// An opaque token.
#[derive(Clone)]
pub(super) struct SecretToken {
    pub(super) organization: OrganizationId,
    pub(super) id: Uuid,
    secret: [u8; 32],
}

impl SecretToken {
    /// A fresh one.
    pub(super) fn new(organization: OrganizationId, id: Uuid) -> Result<Self, DbError> {
        let mut secret = [0; 32];
        rand::fill(&mut secret).map_err(|_| DbError::Other("there is no randomness".to_owned()))?;
        Ok(Self { organization, id, secret })
    }

    /// Reads a token with this prefix.
    pub(super) fn parse(prefix: &str, text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(prefix)?).ok()?;
        let (organization, rest) = bytes.split_first_chunk::<16>()?;
        let (id, secret) = rest.split_first_chunk::<16>()?;
        Some(Self {
            organization: Id::from_uuid(Uuid::from_bytes(*organization)),
            id: Uuid::from_bytes(*id),
            secret: secret.try_into().ok()?,
        })
    }

    /// The text that its holder keeps.
    pub(super) fn text(&self, prefix: &str) -> String {
        let bytes = [self.organization.uuid().as_bytes(), self.id.as_bytes(), self.secret.as_slice()].concat();
        format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What the database keeps.
    pub(super) fn hash(&self) -> SecretHash {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, &self.secret).as_ref());
        hash
    }

    /// Whether this is the token that left this digest behind; takes the same time for every answer.
    pub(super) fn has_hash(&self, stored: &[u8]) -> bool {
        bool::from(self.hash().as_slice().ct_eq(stored))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_is_read_back_and_no_other() {
        let organization = Id::from_uuid(Uuid::from_u128(7));
        let token = SecretToken::new(organization, Uuid::from_u128(9)).unwrap();
        let text = token.text(API_KEY);
        let read = SecretToken::parse(API_KEY, &text).unwrap();
        assert_eq!((read.organization, read.id), (organization, token.id));
        assert!(read.has_hash(&token.hash()));
        assert!(!read.has_hash(&SecretToken::new(organization, token.id).unwrap().hash()));
        for wrong in ["", "lw_", "lw_AAAA", &text[..text.len() - 2], &format!("{text}AA"), &text[1..]] {
            assert!(SecretToken::parse(API_KEY, wrong).is_none(), "{wrong}");
        }
        assert!(SecretToken::parse(REFRESH_TOKEN, &text).is_none());
    }
}
