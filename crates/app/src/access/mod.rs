//! Who may do what: people, teams, sessions, keys (spec PLA-1, PLA-2, PLA-3).

mod api_keys;
mod authenticate;
mod create_organization;
mod create_user;
mod passwords;
mod read;
mod rights;
mod secret_token;
mod sessions;
mod signing;
mod teams;
mod throttle;
mod tokens;
mod update_organization;
mod update_user;

use std::{sync::Arc, time::Duration};

use leadwright_domain::ids::OrganizationId;

pub use api_keys::{CreateApiKey, RevokeApiKey};
pub use authenticate::Credential;
pub(crate) use create_organization::CreateOrganization;
pub use create_organization::{NewOrganization, create_organization};
pub use create_user::{CreateUser, NewUser, create_user};
pub use passwords::{PasswordCost, generated_password};
pub use read::{Me, me, team, user};
pub use rights::Rights;
pub(crate) use sessions::OpenSession;
pub use sessions::{
    Attempted, PasswordChange, RevokeSession, SignedIn, change_password, open_session, refresh, sign_in, sign_out,
};
pub use signing::{PublicKey, rotate_signing_keys};
pub use teams::{CreateTeam, DeleteTeam, TeamChange, UpdateTeam};
pub use update_organization::{OrganizationChange, PrecedenceChange, UpdateOrganization};
pub use update_user::{UpdateUser, UserChange, reset_password};

use crate::{Clock, version::stale};

/// How people and programs prove who they are.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `iss` of access tokens.
    pub issuer: String,
    /// `aud` of access tokens.
    pub audience: String,
    /// How long an access token is good for.
    pub access_token: Duration,
    /// How long a refresh token is good for.
    pub refresh_token: Duration,
    /// When a session ends however often its tokens were renewed.
    pub session: Duration,
    /// What hashing a password costs.
    pub password_cost: PasswordCost,
    /// How many failed tries to sign in are borne.
    pub attempts: Attempts,
}

/// How many failed tries to sign in are borne within a window.
#[derive(Clone, Copy, Debug)]
pub struct Attempts {
    /// For one e-mail address.
    pub per_address: usize,
    /// From one client.
    pub per_client: usize,
    /// The window.
    pub window: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        const DAY: u64 = 24 * 60 * MINUTE;
        Self {
            issuer: "leadwright".to_owned(),
            audience: "leadwright-api".to_owned(),
            access_token: Duration::from_secs(15 * MINUTE),
            refresh_token: Duration::from_secs(14 * DAY),
            session: Duration::from_secs(90 * DAY),
            password_cost: PasswordCost::default(),
            attempts: Attempts { per_address: 10, per_client: 300, window: Duration::from_secs(10 * MINUTE) },
        }
    }
}

/// What this node keeps in memory to tell who is calling.
#[derive(Debug)]
pub struct Access {
    /// The settings.
    pub settings: Settings,
    /// The wall clock of tokens and sessions. Business time may be moved; this one only by tests of expiry.
    pub clock: Clock,
    passwords: passwords::Passwords,
    throttle: throttle::Throttle,
    signing: signing::SigningKeys,
    known: authenticate::Known,
}

impl Access {
    /// Starts with nothing known.
    pub fn new(settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            passwords: passwords::Passwords::new(settings.password_cost),
            throttle: throttle::Throttle::new(settings.attempts),
            signing: signing::SigningKeys::default(),
            known: authenticate::Known::default(),
            clock: Clock::default(),
            settings,
        })
    }

    /// Makes this node look again at what people and keys of an organization may do. Other nodes do within five seconds.
    pub fn forget(&self, organization: OrganizationId) {
        self.known.forget(organization);
    }
}
