//! Keys derived from the installation's one secret, and sealing with them.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Salt},
    hmac, rand,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use thiserror::Error;

/// What a key is for: keys for different uses are unrelated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Private halves of signing keys, at rest.
    SigningKeys,
    /// Cursors of lists.
    Cursors,
    /// Hashes of addresses.
    Fingerprints,
    /// Keys under which people who were erased are recognized, at rest.
    Tombstones,
    /// What forms share with other services, at rest.
    FormSecrets,
    /// Tokens that tell when the page of a form was opened.
    FormTokens,
}

impl Use {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::SigningKeys => b"leadwright signing keys v1",
            Self::Cursors => b"leadwright cursors v1",
            Self::Fingerprints => b"leadwright fingerprints v1",
            Self::Tombstones => b"leadwright tombstones v1",
            Self::FormSecrets => b"leadwright form secrets v1",
            Self::FormTokens => b"leadwright form tokens v1",
        }
    }
}

/// A sealed text could not be opened, or a key not be made.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum SecretError {
    /// The secret is shorter than 32 bytes.
    #[error("the secret key must have at least 32 bytes")]
    TooShort,
    /// Not sealed by us, not for this use or context, or changed on the way.
    #[error("the sealed value can't be opened")]
    Sealed,
    /// The cryptographic library refused.
    #[error("the cryptographic library failed")]
    Library,
}

/// The installation's secret.
pub struct Secrets {
    root: Vec<u8>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(hidden)")
    }
}

impl Secrets {
    /// Takes the secret over.
    ///
    /// # Errors
    /// It is shorter than 32 bytes.
    pub fn new(root: impl Into<Vec<u8>>) -> Result<Self, SecretError> {
        let root = root.into();
        if root.len() < 32 { Err(SecretError::TooShort) } else { Ok(Self { root }) }
    }

    /// Seals bytes; only the same use and context open them again. Layout: nonce, ciphertext, tag.
    ///
    /// # Errors
    /// The cryptographic library failed.
    pub fn seal(&self, purpose: Use, context: &[u8], plain: &[u8]) -> Result<Vec<u8>, SecretError> {
        let mut nonce = [0_u8; NONCE_LEN];
        rand::fill(&mut nonce).map_err(|_| SecretError::Library)?;
        let mut sealed = plain.to_vec();
        self.key(purpose)?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(context), &mut sealed)
            .map_err(|_| SecretError::Library)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal`] made.
    ///
    /// # Errors
    /// It was not sealed for this use and context, or was changed.
    pub fn open(&self, purpose: Use, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SecretError> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(SecretError::Sealed)?;
        let mut rest = rest.to_vec();
        let plain = self
            .key(purpose)?
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(context), &mut rest)
            .map_err(|_| SecretError::Sealed)?;
        Ok(plain.to_vec())
    }

    /// A keyed hash, in URL-safe text: the same input gives the same text in this installation only.
    pub fn fingerprint(&self, input: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &[self.root.as_slice(), Use::Fingerprints.label()].concat());
        URL_SAFE_NO_PAD.encode(hmac::sign(&key, input))
    }

    /// Seals text for a text column; [`Self::open_text`] opens it.
    ///
    /// # Errors
    /// The cryptographic library failed.
    pub fn seal_text(&self, purpose: Use, context: &[u8], plain: &str) -> Result<String, SecretError> {
        Ok(URL_SAFE_NO_PAD.encode(self.seal(purpose, context, plain.as_bytes())?))
    }

    /// Opens what [`Self::seal_text`] made.
    ///
    /// # Errors
    /// It was not sealed for this use and context, or was changed.
    pub fn open_text(&self, purpose: Use, context: &[u8], sealed: &str) -> Result<String, SecretError> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| SecretError::Sealed)?;
        String::from_utf8(self.open(purpose, context, &sealed)?).map_err(|_| SecretError::Sealed)
    }

    fn key(&self, purpose: Use) -> Result<LessSafeKey, SecretError> {
        let prk = Salt::new(HKDF_SHA256, b"leadwright").extract(&self.root);
        let info = [purpose.label()];
        let okm = prk.expand(&info, &AES_256_GCM).map_err(|_| SecretError::Library)?;
        Ok(LessSafeKey::new(UnboundKey::from(okm)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_same_use_and_context_open_a_seal() {
        let secrets = Secrets::new([7; 32]).unwrap();
        let sealed = secrets.seal(Use::Cursors, b"list of ann", b"page 2").unwrap();
        assert_eq!(secrets.open(Use::Cursors, b"list of ann", &sealed).unwrap(), b"page 2");
        assert_eq!(secrets.open(Use::Cursors, b"list of bob", &sealed), Err(SecretError::Sealed));
        assert_eq!(secrets.open(Use::SigningKeys, b"list of ann", &sealed), Err(SecretError::Sealed));
        let mut broken = sealed;
        broken[14] ^= 1;
        assert_eq!(secrets.open(Use::Cursors, b"list of ann", &broken), Err(SecretError::Sealed));
        assert!(Secrets::new([7; 31]).is_err());
    }
}
