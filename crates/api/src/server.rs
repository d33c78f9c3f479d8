//! The HTTP server: middleware around the routes.

use std::net::TcpListener;

use actix_web::{App, HttpServer, dev::Server, web::Data};
use utoipa_actix_web::AppExt;

use crate::{http::ApiError, openapi, routes, schemas::Schemas};

/// Starts serving on a bound listener; the returned future runs until the server stops.
///
/// # Errors
/// The document or the socket is out of order.
pub fn start(app: leadwright_app::App, listener: TcpListener) -> anyhow::Result<Server> {
    let schemas = Data::new(Schemas::compile(&openapi::document()?)?);
    let app = Data::new(app);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(app.clone())
            .app_data(schemas.clone())
            .into_utoipa_app()
            .configure(routes::api)
            .into_app()
            .default_service(actix_web::web::to(|| async { Err::<&str, _>(ApiError::unknown_route()) }))
    })
    .listen(listener)?
    .run();
    Ok(server)
}
