//! Every endpoint, in the order of the document.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{capture, lead_sources, leads, submissions};

/// Mounts `/api/v1`.
pub fn api(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/api/v1")
            .service(lead_sources::list::list_lead_sources)
            .service(lead_sources::create::create_lead_source)
            .service(lead_sources::get::get_lead_source)
            .service(lead_sources::update::update_lead_source)
            .service(leads::create::create_lead)
            .service(leads::update::update_lead)
            .service(leads::archive::archive_lead)
            .service(leads::restore::restore_lead)
            .service(capture::submit::capture_lead)
            .service(capture::preflight::preflight_capture)
            .service(submissions::list::list_submissions)
            .service(submissions::get::get_submission)
            .service(submissions::replay::replay_submission),
    );
}
