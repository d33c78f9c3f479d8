//! Every endpoint, in the order of the document.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::lead_sources;

/// Mounts `/api/v1`.
pub fn api(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/api/v1")
            .service(lead_sources::list::list_lead_sources)
            .service(lead_sources::create::create_lead_source)
            .service(lead_sources::get::get_lead_source)
            .service(lead_sources::update::update_lead_source),
    );
}
