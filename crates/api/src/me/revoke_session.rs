use actix_web::delete;
use leadwright_app::access::RevokeSession;
use leadwright_domain::{
    fault::{Problem, Refusal},
    ids::kind::Session,
};

use super::person;
use crate::http::{Answer, Can, PathId, Result, can::SignedIn};

/// End another of one's own sessions
///
/// Its tokens are void from now on. The session that asks is ended by signing out.
#[utoipa::path(
    tag = "Signing in", operation_id = "revokeSession", security(("bearer" = [])),
    params(("session_id" = uuid::Uuid, Path, description = "The id of the session")),
    responses((status = 204, description = "The session has ended"))
)]
#[delete("/me/sessions/{session_id}")]
pub async fn revoke_session(can: Can<SignedIn>, id: PathId<Session>) -> Result {
    let (user, current) = person(&can)?;
    if id.0 == current {
        let detail = "This is the session that asks; end it with `POST /api/v1/auth/logout`.";
        return Err(Refusal::new(Problem::StateConflict, detail).into());
    }
    can.write(RevokeSession { session: id.0, user, now: can.ask.app.access.clock.now() }).await?;
    Ok(Answer::no_content())
}
