use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, get};
use leadwright_app::{Configuration, imports};
use leadwright_domain::{
    ids::{ImportId, kind::Import},
    imports::JobState,
};
use utoipa::ToSchema;

use super::ImportView;
use crate::http::{
    ApiError, Can, PathId,
    can::ImportsWrite,
    watch::{self, Seen, Watched},
};

/// An event of the stream.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of an event, for the document")]
pub struct ImportEvent {
    /// `progress`, or `end` with the last one.
    #[schema(example = "progress")]
    event: String,
    /// The version of the import.
    #[schema(example = "3")]
    id: String,
    /// The import, as JSON.
    data: String,
}

/// Watch an import
///
/// A stream of server-sent events: `progress` with the import whenever it has got further, and at last `end`, when it is
/// over or waits for somebody to confirm. It begins with the import as it is, so that a connection that broke is simply
/// opened again. Read it with `fetch`, which can send the token.
#[utoipa::path(
    tag = "Imports", operation_id = "streamImport", security(("bearer" = ["imports:write"])),
    params(("import_id" = uuid::Uuid, Path, description = "The id of the import")),
    responses((status = 200, description = "The stream", body = ImportEvent, content_type = "text/event-stream"))
)]
#[get("/imports/{import_id}/events")]
pub async fn stream_import(
    can: Can<ImportsWrite>,
    id: PathId<Import>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let config = can.ask.app.configuration(&can.call()).await?;
    imports::get(&can.read(), id.0).await?;
    watch::stream(Watch { can, id: id.0, config }, &request)
}

/// The import that somebody watches.
struct Watch {
    can: Can<ImportsWrite>,
    id: ImportId,
    config: Arc<Configuration>,
}

impl Watched for Watch {
    async fn look(&self) -> Option<Seen> {
        let import = imports::get(&self.can.read(), self.id).await.ok()?;
        let over = import.state.is_final() || import.state == JobState::AwaitingConfirmation;
        let data = serde_json::to_string(&ImportView::of(&import, &self.config)).ok()?;
        Some(Seen { version: import.version, over, data })
    }
}
