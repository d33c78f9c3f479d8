use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, get};
use leadwright_app::{Configuration, bulk_actions};
use leadwright_domain::ids::{BulkActionId, kind::BulkAction};
use utoipa::ToSchema;

use super::BulkActionView;
use crate::http::{
    ApiError, Can, PathId,
    can::LeadsRead,
    watch::{self, Seen, Watched},
};

/// An event of the stream.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of an event, for the document")]
pub struct BulkActionEvent {
    /// `progress`, or `end` with the last one.
    #[schema(example = "progress")]
    event: String,
    /// The version of the bulk action.
    #[schema(example = "3")]
    id: String,
    /// The bulk action, as JSON.
    data: String,
}

/// Watch a bulk action
///
/// A stream of server-sent events: `progress` with the bulk action whenever it has got further, and at last `end`. It begins
/// with the bulk action as it is, so that a connection that broke is simply opened again. Read it with `fetch`, which can
/// send the token.
#[utoipa::path(
    tag = "Bulk actions", operation_id = "streamBulkAction", security(("bearer" = ["leads:read"])),
    params(("bulk_action_id" = uuid::Uuid, Path, description = "The id of the bulk action")),
    responses((status = 200, description = "The stream", body = BulkActionEvent, content_type = "text/event-stream"))
)]
#[get("/bulk-actions/{bulk_action_id}/events")]
pub async fn stream_bulk_action(
    can: Can<LeadsRead>,
    id: PathId<BulkAction>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let config = can.ask.app.configuration(&can.call()).await?;
    bulk_actions::get(&can.read(), can.role, id.0).await?;
    watch::stream(Watch { can, id: id.0, config }, &request)
}

/// The bulk action that somebody watches.
struct Watch {
    can: Can<LeadsRead>,
    id: BulkActionId,
    config: Arc<Configuration>,
}

impl Watched for Watch {
    async fn look(&self) -> Option<Seen> {
        let action = bulk_actions::get(&self.can.read(), self.can.role, self.id).await.ok()?;
        let data = serde_json::to_string(&BulkActionView::of(&action, &self.config)).ok()?;
        Some(Seen { version: action.version, over: action.state.is_final(), data })
    }
}
