use actix_web::{HttpRequest, http::header, post};
use leadwright_app::access::{Attempted, sign_in};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{TokensView, answer};
use crate::http::{Ask, Body, Result};

/// The longest `User-Agent` that is kept, in characters.
const LONGEST_USER_AGENT: usize = 200;

/// Who somebody is, and the proof.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The e-mail address.
    #[schema(example = "ann@example.com", min_length = 1, max_length = 254)]
    email: String,
    /// The password.
    #[schema(example = "correct horse battery", min_length = 1, max_length = 200, format = Password)]
    password: String,
}

/// Sign in
///
/// Answers an access token for fifteen minutes and a refresh token for the next. A wrong password, an unknown address and
/// a user who may not sign in get the same answer. After too many failed tries an address or a client has to wait.
#[utoipa::path(
    tag = "Signing in", operation_id = "login", security(()),
    request_body = Login,
    responses(
        (status = 200, description = "The tokens", body = TokensView),
        (status = 401, description = "E-mail address or password is wrong")
    )
)]
#[post("/auth/login")]
pub async fn login(ask: Ask, request: HttpRequest, body: Body<Login>) -> Result {
    let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let tried = Attempted {
        email: body.value.email,
        password: body.value.password,
        client: request.peer_addr().map(|address| address.ip()),
        user_agent: agent.map(|agent| agent.chars().take(LONGEST_USER_AGENT).collect()),
        request_id: ask.request_id.clone(),
    };
    Ok(answer(sign_in(&ask.app, tried).await?))
}
