//! The keys that access tokens are signed with: made at the first start, sealed at rest, rotated by command.

use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use jsonwebtoken::{DecodingKey, EncodingKey};
use leadwright_domain::{access::Scope, ids::Id, time::Instant};
use leadwright_persistence::{Call, Command, CommandError, DbError, Tx, access::SigningKeyRow};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{App, secrets::Use};

/// Keys are read again this often, so that a node notices a rotation.
const READ_EVERY: TimeDelta = TimeDelta::minutes(5);
/// An unknown key makes a node look again, but not more often than this: anybody can invent key ids.
const LOOK_AT_MOST_EVERY: TimeDelta = TimeDelta::seconds(1);
/// A replaced key is accepted for so long: until every node has noticed and the last token has expired.
const ACCEPTED_AFTER_ROTATION: TimeDelta = TimeDelta::hours(1);
/// The only algorithm.
const ALGORITHM: &str = "EdDSA";

/// The public half of a key, as JWKS shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// Its name in token headers.
    pub kid: String,
    /// The key in URL-safe text.
    pub x: String,
}

#[derive(Clone)]
pub(super) struct SigningKey {
    pub(super) kid: String,
    pub(super) public: PublicKey,
    pub(super) verifies: DecodingKey,
    /// `None` where the private half was sealed under another secret.
    pub(super) signs: Option<EncodingKey>,
    retires_at: Option<Instant>,
}

/// The keys as they were last read.
#[derive(Default)]
pub(super) struct SigningKeys {
    read: RwLock<Option<(Instant, Arc<Vec<SigningKey>>)>>,
    reading: Mutex<()>,
}

impl std::fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKeys(hidden)")
    }
}

impl SigningKeys {
    /// The key that signs.
    pub(super) async fn signing(&self, app: &App) -> Result<SigningKey, CommandError> {
        let signs = |keys: &[SigningKey]| keys.iter().find(|key| key.signs.is_some()).cloned();
        if let Some(key) = signs(&self.keys(app, READ_EVERY).await?) {
            return Ok(key);
        }
        let _alone = self.reading.lock().await;
        if let Some(key) = signs(&self.read(app).await?) {
            return Ok(key);
        }
        make_key(app).await?;
        signs(&self.read(app).await?)
            .ok_or_else(|| DbError::Other("the signing key that was just made can't be read".to_owned()).into())
    }

    /// The key of this name, if its tokens are accepted.
    pub(super) async fn verifying(&self, app: &App, kid: &str) -> Result<Option<SigningKey>, DbError> {
        let now = app.access.clock.now();
        for oldest in [READ_EVERY, LOOK_AT_MOST_EVERY] {
            let keys = self.keys(app, oldest).await?;
            if let Some(key) = keys.iter().find(|key| key.kid == kid) {
                return Ok(key.retires_at.is_none_or(|end| now < end).then(|| key.clone()));
            }
        }
        Ok(None)
    }

    /// The public halves, newest first.
    pub(super) async fn public(&self, app: &App) -> Result<Vec<PublicKey>, CommandError> {
        // A client that asks before the first sign-in finds the key that will sign it.
        self.signing(app).await?;
        let keys = self.keys(app, READ_EVERY).await?;
        Ok(keys.iter().map(|key| key.public.clone()).collect())
    }

    async fn keys(&self, app: &App, oldest: TimeDelta) -> Result<Arc<Vec<SigningKey>>, DbError> {
        if let Some(keys) = self.read_since(app.access.clock.now() - oldest) {
            return Ok(keys);
        }
        let _alone = self.reading.lock().await;
        match self.read_since(app.access.clock.now() - oldest) {
            Some(keys) => Ok(keys),
            None => self.read(app).await,
        }
    }

    fn read_since(&self, begin: Instant) -> Option<Arc<Vec<SigningKey>>> {
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        read.as_ref().filter(|(at, _)| *at > begin).map(|(_, keys)| Arc::clone(keys))
    }

    async fn read(&self, app: &App) -> Result<Arc<Vec<SigningKey>>, DbError> {
        let now = app.access.clock.now();
        let rows = app.db.signing_keys(now).await?;
        let keys =
            Arc::new(rows.into_iter().filter(|row| row.algorithm == ALGORITHM).map(|row| opened(app, row)).collect());
        *self.read.write().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&keys)));
        Ok(keys)
    }

    fn forget(&self) {
        *self.read.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn opened(app: &App, row: SigningKeyRow) -> SigningKey {
    let private = app.secrets.open(Use::SigningKeys, row.kid.as_bytes(), &row.sealed_private_key);
    if private.is_err() {
        tracing::warn!(kid = row.kid, "a signing key was sealed under another secret key; it only verifies");
    }
    SigningKey {
        public: PublicKey { kid: row.kid.clone(), x: URL_SAFE_NO_PAD.encode(&row.public_key) },
        verifies: DecodingKey::from_ed_der(&row.public_key),
        signs: private.ok().map(|private| EncodingKey::from_ed_der(&private)),
        kid: row.kid,
        retires_at: row.retires_at,
    }
}

struct AddSigningKey {
    key: SigningKeyRow,
    others_retire_at: Instant,
}

#[async_trait::async_trait]
impl Command for AddSigningKey {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        Ok(tx.add_signing_key(&self.key, self.others_retire_at).await?)
    }
}

async fn make_key(app: &App) -> Result<String, CommandError> {
    let failed = || DbError::Other("making a signing key failed".to_owned());
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| failed())?;
    let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).map_err(|_| failed())?;
    let kid = Uuid::now_v7().simple().to_string();
    let sealed = app.secrets.seal(Use::SigningKeys, kid.as_bytes(), document.as_ref()).map_err(|_| failed())?;
    let now = app.access.clock.now();
    let key = SigningKeyRow {
        kid: kid.clone(),
        algorithm: ALGORITHM.to_owned(),
        public_key: pair.public_key().as_ref().to_vec(),
        sealed_private_key: sealed,
        created_at: now,
        retires_at: None,
    };
    // Signing keys are the installation's: no organization has them, and nothing is told to one.
    let call = Call { scope: Scope::system(Id::from_uuid(Uuid::nil())), now, request_id: None };
    app.db.write(call, AddSigningKey { key, others_retire_at: now + ACCEPTED_AFTER_ROTATION }).await?;
    tracing::info!(kid, "made a signing key");
    Ok(kid)
}

/// Makes a new signing key; answers its id. The old ones are accepted for another hour.
///
/// # Errors
/// The database failed.
pub async fn rotate_signing_keys(app: &App) -> Result<String, CommandError> {
    let kid = make_key(app).await?;
    app.access.signing.forget();
    Ok(kid)
}

impl App {
    /// The public keys of access tokens, newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn public_keys(&self) -> Result<Vec<PublicKey>, CommandError> {
        self.access.signing.public(self).await
    }
}
