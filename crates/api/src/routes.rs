//! Every endpoint, in the order of the document.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{capture_forms, catalogue, custom_fields, lead_sources, routing_rules, tags};

/// Mounts `/api/v1`.
pub fn api(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/api/v1")
            .service(lead_sources::list::list_lead_sources)
            .service(lead_sources::create::create_lead_source)
            .service(lead_sources::get::get_lead_source)
            .service(lead_sources::update::update_lead_source)
            .service(custom_fields::list::list_custom_fields)
            .service(custom_fields::create::create_custom_field)
            .service(custom_fields::get::get_custom_field)
            .service(custom_fields::update::update_custom_field)
            .service(tags::list::list_tags)
            .service(tags::create::create_tag)
            .service(tags::get::get_tag)
            .service(tags::update::update_tag)
            .service(tags::delete::delete_tag)
            .service(routing_rules::list::list_routing_rules)
            .service(routing_rules::create::create_routing_rule)
            .service(routing_rules::get::get_routing_rule)
            .service(routing_rules::update::update_routing_rule)
            .service(routing_rules::delete::delete_routing_rule)
            .service(capture_forms::list::list_capture_forms)
            .service(capture_forms::create::create_capture_form)
            .service(capture_forms::get::get_capture_form)
            .service(capture_forms::update::update_capture_form)
            .service(capture_forms::deactivate::deactivate_capture_form)
            .service(catalogue::get::get_catalogue),
    );
}
