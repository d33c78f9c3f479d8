//! What people and programs prove themselves with (spec PLA-1, PLA-2).

use super::Permission;
use crate::{
    ids::{ApiKeyId, SessionId, UserId},
    time::Instant,
};

/// One sign-in and everything that came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// The program that signed in, as it named itself.
    pub user_agent: Option<String>,
    /// When.
    pub created_at: Instant,
    /// When its tokens were last renewed.
    pub last_used_at: Instant,
    /// When it ends in any case.
    pub expires_at: Instant,
    /// When it was ended before that.
    pub revoked_at: Option<Instant>,
}

impl Session {
    /// Whether its tokens are good at `now`.
    pub fn is_live(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// A program's credential; its secret is known to the program alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Which.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// The last characters of it, so that people can tell keys apart.
    pub hint: String,
    /// What it may be used for.
    pub scopes: Vec<Permission>,
    /// Who made it.
    pub created_by: Option<UserId>,
    /// When.
    pub created_at: Instant,
    /// When it ends by itself.
    pub expires_at: Option<Instant>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

impl ApiKey {
    /// Whether it is good at `now`.
    pub fn is_live(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}
