//! Every endpoint, in the order of the document.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{lead_sources, operations};

/// Mounts everything that is in the document.
pub fn all(config: &mut ServiceConfig<'_>) {
    api(config);
    operational(config);
}

/// Mounts `/api/v1`.
fn api(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/api/v1")
            .service(lead_sources::list::list_lead_sources)
            .service(lead_sources::create::create_lead_source)
            .service(lead_sources::get::get_lead_source)
            .service(lead_sources::update::update_lead_source),
    );
}

/// Mounts what is at the root.
fn operational(config: &mut ServiceConfig<'_>) {
    config
        .service(operations::liveness::get_liveness)
        .service(operations::readiness::get_readiness)
        .service(operations::metrics::get_metrics)
        .service(operations::document::get_openapi_document)
        .service(operations::problem_index::list_problems)
        .service(operations::problem_page::get_problem);
}
