//! Streams of server-sent events about a job: `progress` whenever it has got further, and `end` at last.

use std::{convert::Infallible, future::Future, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Data},
};
use futures_util::stream;

use super::{
    ApiError,
    middleware::{Edge, readiness::Stage},
};

/// How often it is looked whether the job has got further.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// After how many looks without news a sign of life is sent.
const SIGN_OF_LIFE: u32 = 30;

/// What a look at a job shows.
#[derive(Debug)]
pub struct Seen {
    /// Counts changes.
    pub version: i64,
    /// Whether nothing more is to be seen.
    pub over: bool,
    /// The job, as JSON.
    pub data: String,
}

/// A job that can be looked at.
pub trait Watched: 'static {
    /// How it stands; `None` where it is gone, or the database is away: whoever opens the stream again is told why.
    fn look(&self) -> impl Future<Output = Option<Seen>>;
}

/// The stream of a job. It begins with the job as it is, so that a connection that broke is simply opened again.
///
/// # Errors
/// The server is not put together.
pub fn stream(watched: impl Watched, request: &HttpRequest) -> Result<HttpResponse, ApiError> {
    let edge = request.app_data::<Data<Edge>>().ok_or_else(ApiError::internal)?.clone();
    let watch = Watch { watched, edge, seen: None, quiet: 0, over: false };
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

/// Somebody who watches a job.
struct Watch<W> {
    watched: W,
    edge: Data<Edge>,
    /// The version that was last told.
    seen: Option<i64>,
    quiet: u32,
    over: bool,
}

impl<W: Watched> Watch<W> {
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
            let Seen { version, over, data } = self.watched.look().await?;
            if self.seen == Some(version) {
                self.quiet += 1;
                if self.quiet.is_multiple_of(SIGN_OF_LIFE) {
                    return Some(": still there\n\n".to_owned());
                }
                continue;
            }
            (self.seen, self.quiet, self.over) = (Some(version), 0, over);
            let kind = if over { "end" } else { "progress" };
            return Some(format!("event: {kind}\nid: {version}\ndata: {data}\n\n"));
        }
    }
}
