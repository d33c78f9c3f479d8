//! People, teams, sessions and keys.

mod api_keys;
mod identities;
mod sessions;
mod signing_keys;
mod teams;
mod users;

pub use api_keys::ApiKeys;
pub use identities::Identity;
pub use sessions::{RefreshToken, Sessions};
pub use signing_keys::SigningKeyRow;
pub use teams::Teams;
pub use users::{UserFilter, Users};

/// The digest under which the secret of a credential is kept.
pub type SecretHash = [u8; 32];
