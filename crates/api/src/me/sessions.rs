use actix_web::get;
use leadwright_domain::{access::Session, time::to_rfc3339};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::person;
use crate::http::{Can, Page, Params, Result, can::SignedIn, page::PageInfo};

/// One sign-in.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionView {
    /// The id.
    id: Uuid,
    /// Whether it is the one that asks.
    current: bool,
    /// The program that signed in, as it named itself.
    #[schema(example = "Mozilla/5.0")]
    user_agent: Option<String>,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// When its tokens were last renewed.
    #[schema(value_type = String, format = DateTime)]
    last_used_at: String,
    /// When it ends in any case.
    #[schema(value_type = String, format = DateTime)]
    expires_at: String,
}

impl SessionView {
    fn of(session: Session, current: bool) -> Self {
        Self {
            id: session.id.uuid(),
            current,
            user_agent: session.user_agent,
            created_at: to_rfc3339(session.created_at),
            last_used_at: to_rfc3339(session.last_used_at),
            expires_at: to_rfc3339(session.expires_at),
        }
    }
}

/// Where somebody is signed in.
#[derive(ToSchema)]
#[schema(as = SessionList)]
#[expect(dead_code, reason = "the shape of Page<SessionView> for the document")]
pub struct SessionListShape {
    data: Vec<SessionView>,
    page: PageInfo,
}

/// List one's own sessions
///
/// Where the caller is signed in, newest first. It always fits one page.
#[utoipa::path(
    tag = "Signing in", operation_id = "listSessions", security(("bearer" = [])),
    responses((status = 200, description = "The sessions", body = SessionListShape))
)]
#[get("/me/sessions")]
pub async fn list_sessions(can: Can<SignedIn>, params: Params) -> Result {
    params.finish()?;
    let (user, current) = person(&can)?;
    let found = can.read().sessions().live_of(user, can.ask.app.access.clock.now()).await?;
    let views = found.into_iter().map(|session| {
        let is_current = session.id == current;
        SessionView::of(session, is_current)
    });
    Ok(Page::whole(views.collect()).answer(None))
}
