use std::{convert::Infallible, sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{Bytes, Data},
};
use futures_util::stream;
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
    middleware::{Edge, readiness::Stage},
};

/// How often it is looked whether the import has got further.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// After how many looks without news a sign of life is sent.
const SIGN_OF_LIFE: u32 = 30;

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
    let watch = Watch {
        id: id.0,
        config: can.ask.app.configuration(&can.call()).await?,
        edge: request.app_data::<Data<Edge>>().ok_or_else(ApiError::internal)?.clone(),
        can,
        seen: None,
        quiet: 0,
        over: false,
    };
    imports::get(&watch.can.read(), watch.id).await?;
    let events = stream::unfold(watch, |mut watch| async move {
        let event = watch.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(event)), watch))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // Compression would hold events back.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(Box::pin(events)))
}

/// Somebody who watches an import.
struct Watch {
    can: Can<ImportsWrite>,
    id: ImportId,
    config: Arc<Configuration>,
    edge: Data<Edge>,
    /// The version that was last told.
    seen: Option<i64>,
    quiet: u32,
    over: bool,
}

impl Watch {
    /// The next event; `None` when there will be none.
    async fn next(&mut self) -> Option<String> {
        if self.over {
            return None;
        }
        loop {
            if self.seen.is_some() {
                tokio::time::sleep(LOOK_EVERY).await;
            }
            if self.edge.readiness.stage() == Stage::Stopping {
                return None;
            }
            // Where it was deleted, or the database is away, the stream ends; whoever opens it again is told why.
            let import = imports::get(&self.can.read(), self.id).await.ok()?;
            if self.seen == Some(import.version) {
                self.quiet += 1;
                if self.quiet.is_multiple_of(SIGN_OF_LIFE) {
                    return Some(": still there\n\n".to_owned());
                }
                continue;
            }
            self.seen = Some(import.version);
            self.quiet = 0;
            self.over = import.state.is_final() || import.state == JobState::AwaitingConfirmation;
            let kind = if self.over { "end" } else { "progress" };
            let data = serde_json::to_string(&ImportView::of(&import, &self.config)).ok()?;
            return Some(format!("event: {kind}\nid: {}\ndata: {data}\n\n", import.version));
        }
    }
}
