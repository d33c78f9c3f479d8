use actix_web::post;
use leadwright_app::access;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{TokensView, answer};
use crate::http::{Ask, Body, Result};

/// A refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// The refresh token of the last answer.
    #[schema(example = "lwr_AAAA", min_length = 1, max_length = 200)]
    pub(super) refresh_token: String,
}

/// Renew the tokens
///
/// Trades a refresh token for a new pair. A refresh token that is sent twice ends its session: one of the two senders has
/// stolen it.
#[utoipa::path(
    tag = "Signing in", operation_id = "refreshTokens", security(()),
    request_body = Refresh,
    responses(
        (status = 200, description = "The next tokens", body = TokensView),
        (status = 401, description = "The refresh token is void, has expired, or was used before")
    )
)]
#[post("/auth/refresh")]
pub async fn refresh_tokens(ask: Ask, body: Body<Refresh>) -> Result {
    Ok(answer(access::refresh(&ask.app, &body.refresh_token, ask.request_id.clone()).await?))
}
