//! The HTTP server: middleware around the routes.

use std::{
    net::TcpListener,
    sync::{Arc, OnceLock},
};

use actix_web::{
    App, HttpServer,
    dev::Server,
    middleware::{Compress, from_fn},
    web::{self, Data},
};
use serde_json::Value;
use tracing_actix_web::TracingLogger;
use utoipa_actix_web::AppExt;

use crate::{
    config::Settings,
    http::middleware::{
        Edge, cors, encoding, headers, limits, negotiation, no_route, observe, problems,
        readiness::{self, Readiness},
        request_id,
        span::Spans,
    },
    openapi,
    operations::{docs, document::Document, metrics},
    routes,
    schemas::Schemas,
};

/// The document of the API and what is made of it.
struct Published {
    document: Value,
    schemas: Arc<Schemas>,
    rendered: Arc<Document>,
}

/// It follows from the routes alone, so it is made once, however many servers a process starts.
fn published() -> anyhow::Result<&'static Published> {
    static PUBLISHED: OnceLock<Published> = OnceLock::new();
    if let Some(published) = PUBLISHED.get() {
        return Ok(published);
    }
    let document = openapi::document()?;
    let schemas = Arc::new(Schemas::of(&document)?);
    let rendered = Arc::new(Document::new(openapi::render(&document)?));
    Ok(PUBLISHED.get_or_init(|| Published { document, schemas, rendered }))
}

/// Starts serving on a bound listener; the returned future runs until the server stops.
///
/// # Errors
/// The document or the socket is out of order.
pub fn start(
    app: leadwright_app::App,
    listener: TcpListener,
    settings: &Settings,
    readiness: Readiness,
) -> anyhow::Result<Server> {
    metrics::record()?;
    let published = published()?;
    let (schemas, document) = (Data::from(Arc::clone(&published.schemas)), Data::from(Arc::clone(&published.rendered)));
    let edge = Data::new(Edge::new(settings, &published.document, readiness));
    let app = Data::new(app);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(app.clone())
            .app_data(schemas.clone())
            .app_data(edge.clone())
            .app_data(document.clone())
            .into_utoipa_app()
            .configure(routes::all)
            .into_app()
            .configure(docs::mount)
            .default_service(web::to(no_route))
            // The last one is the outermost.
            .wrap(from_fn(readiness::gate))
            .wrap(from_fn(negotiation::negotiate))
            .wrap(from_fn(limits::limit))
            .wrap(from_fn(problems::complete))
            .wrap(from_fn(encoding::spare_small))
            .wrap(Compress::default())
            .wrap(from_fn(encoding::weaken_tags))
            .wrap(from_fn(problems::catch))
            .wrap(from_fn(cors::share))
            .wrap(from_fn(headers::secure))
            .wrap(from_fn(observe::count))
            .wrap(TracingLogger::<Spans>::new())
            .wrap(from_fn(request_id::keep))
    })
    .client_request_timeout(settings.http.header_timeout.0)
    .keep_alive(settings.http.keep_alive.0)
    .shutdown_timeout(settings.http.shutdown_timeout.0.as_secs().max(1))
    .disable_signals();
    let server = match settings.http.worker_threads.0 {
        0 => server,
        threads => server.workers(threads as usize),
    };
    Ok(server.listen(listener)?.run())
}
