use actix_web::post;
use leadwright_app::access::RevokeSession;

use crate::{
    http::{Answer, Can, Result, can::SignedIn},
    me::person,
};

/// Sign out
///
/// Ends the session of the access token; its tokens are void from now on.
#[utoipa::path(
    tag = "Signing in", operation_id = "logout", security(("bearer" = [])),
    responses((status = 204, description = "Signed out"))
)]
#[post("/auth/logout")]
pub async fn logout(can: Can<SignedIn>) -> Result {
    let (user, session) = person(&can)?;
    can.write(RevokeSession { session, user, now: can.ask.app.access.clock.now() }).await?;
    Ok(Answer::no_content())
}
