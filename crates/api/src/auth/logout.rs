use actix_web::post;
use leadwright_app::access::sign_out;

use super::refresh::Refresh;
use crate::http::{Answer, Ask, Body, Result};

/// Sign out
///
/// Ends the session of the refresh token; all its tokens are void from now on. No access token is needed, which may have
/// expired by then. A token that is void already is no fault: whoever sent it is signed out.
#[utoipa::path(
    tag = "Signing in", operation_id = "logout", security(()),
    request_body = Refresh,
    responses((status = 204, description = "Signed out"))
)]
#[post("/auth/logout")]
pub async fn logout(ask: Ask, body: Body<Refresh>) -> Result {
    sign_out(&ask.app, &body.value.refresh_token, ask.request_id.clone()).await?;
    Ok(Answer::no_content())
}
