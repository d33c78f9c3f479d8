//! Passwords: hashed with argon2id, two at a time, away from the threads that serve requests.

use std::{sync::Arc, time::Duration};

use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leadwright_persistence::DbError;
use tokio::sync::{OnceCell, Semaphore};

/// How many passwords are hashed at the same time: each takes memory and a core.
const AT_ONCE: usize = 2;

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// What hashing one password costs (argon2id).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self { memory_kib: Params::DEFAULT_M_COST, passes: Params::DEFAULT_T_COST }
    }
}

/// Hashes and checks passwords.
#[derive(Debug)]
pub(super) struct Passwords {
    cost: PasswordCost,
    turns: Arc<Semaphore>,
    nobodys: OnceCell<String>,
}

impl Passwords {
    pub(super) fn new(cost: PasswordCost) -> Self {
        Self { cost, turns: Arc::new(Semaphore::new(AT_ONCE)), nobodys: OnceCell::new() }
    }

    /// The hash of a password, salted.
    pub(super) async fn hash(&self, password: &str) -> Result<String, DbError> {
        let (password, cost) = (password.to_owned(), self.cost);
        let hashed =
            self.in_turn(move || hasher(cost)?.hash_password(password.as_bytes()).map(|hash| hash.to_string()));
        hashed.await?.map_err(|error| DbError::Other(format!("hashing a password failed: {error}")))
    }

    /// Whether a password belongs to a hash.
    pub(super) async fn matches(&self, password: &str, hash: String) -> Result<bool, DbError> {
        let (password, cost) = (password.to_owned(), self.cost);
        self.in_turn(move || {
            hasher(cost).is_ok_and(|argon| argon.verify_password(password.as_bytes(), hash.as_str()).is_ok())
        })
        .await
    }

    /// Takes as long as [`Self::matches`], for an address that nobody has.
    pub(super) async fn matches_nobody(&self, password: &str) -> Result<bool, DbError> {
        let hash = self.nobodys.get_or_try_init(|| self.hash("nobody has this password")).await?;
        self.matches(password, hash.clone()).await?;
        Ok(false)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, DbError> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(DbError::Unavailable("too many people sign in at the same time".to_owned()));
        };
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await.map_err(|error| DbError::Other(format!("hashing a password failed: {error}")))
    }
}

/// A password that nobody guesses, for somebody who will choose another.
///
/// # Errors
/// There is no randomness.
pub fn generated_password() -> Result<String, DbError> {
    let mut random = [0; 18];
    aws_lc_rs::rand::fill(&mut random).map_err(|_| DbError::Other("there is no randomness".to_owned()))?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}

fn hasher(cost: PasswordCost) -> argon2::password_hash::Result<Argon2<'static>> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None);
    Ok(Argon2::from(params.map_err(|_| argon2::password_hash::Error::ParamsInvalid)?))
}
