//! `/docs`: the document, shown to people. Everything comes from this server, nothing from elsewhere.

use actix_web::web::{ServiceConfig, redirect};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Mounts the pages.
pub fn mount(config: &mut ServiceConfig) {
    let shown = Config::from("/openapi.json").display_operation_id(true).persist_authorization(true).filter(true);
    config.service(redirect("/docs", "/docs/")).service(SwaggerUi::new("/docs/{_:.*}").config(shown));
}
