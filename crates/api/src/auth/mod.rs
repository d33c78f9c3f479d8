//! `/api/v1/auth`: signing in and out.

pub mod login;
pub mod logout;
pub mod refresh;

use leadwright_app::access::SignedIn;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::Answer;

/// What somebody gets who signed in.
#[derive(Serialize, ToSchema)]
#[schema(as = Tokens)]
pub struct TokensView {
    /// Send it as `Authorization: Bearer …`.
    #[schema(example = "eyJhbGciOiJFZERTQSJ9.e30.c2ln")]
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// How many seconds the access token is good for.
    #[schema(example = 900)]
    expires_in: u64,
    /// Trade it for the next pair before the access token expires. Good for one use.
    #[schema(example = "lwr_AAAA")]
    refresh_token: String,
}

impl From<SignedIn> for TokensView {
    fn from(signed_in: SignedIn) -> Self {
        Self {
            access_token: signed_in.access_token,
            token_type: "Bearer",
            expires_in: signed_in.expires_in,
            refresh_token: signed_in.refresh_token,
        }
    }
}

/// Tokens are for the one who asked, and for no cache on the way.
fn answer(signed_in: SignedIn) -> Answer {
    Answer::ok(&TokensView::from(signed_in)).header("Cache-Control", "no-store")
}
