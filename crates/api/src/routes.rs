//! Every endpoint, in the order of the document.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{api_keys, auth, lead_sources, me, operations, organization, teams, users, well_known};

/// Mounts everything that is in the document.
pub fn all(config: &mut ServiceConfig<'_>) {
    api(config);
    operational(config);
}

/// Mounts `/api/v1`.
fn api(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/api/v1")
            .configure(access)
            .service(lead_sources::list::list_lead_sources)
            .service(lead_sources::create::create_lead_source)
            .service(lead_sources::get::get_lead_source)
            .service(lead_sources::update::update_lead_source),
    );
}

/// Who may do what.
fn access(config: &mut ServiceConfig<'_>) {
    config
        .service(auth::login::login)
        .service(auth::refresh::refresh_tokens)
        .service(auth::logout::logout)
        .service(me::get::get_me)
        .service(me::sessions::list_sessions)
        .service(me::revoke_session::revoke_session)
        .service(me::password::change_password)
        .service(organization::get::get_organization)
        .service(organization::update::update_organization)
        .service(users::list::list_users)
        .service(users::create::create_user)
        .service(users::get::get_user)
        .service(users::update::update_user)
        .service(teams::list::list_teams)
        .service(teams::create::create_team)
        .service(teams::get::get_team)
        .service(teams::update::update_team)
        .service(teams::delete::delete_team)
        .service(api_keys::list::list_api_keys)
        .service(api_keys::create::create_api_key)
        .service(api_keys::revoke::revoke_api_key);
}

/// Mounts what is at the root.
fn operational(config: &mut ServiceConfig<'_>) {
    config
        .service(operations::liveness::get_liveness)
        .service(operations::readiness::get_readiness)
        .service(operations::metrics::get_metrics)
        .service(operations::document::get_openapi_document)
        .service(operations::problem_index::list_problems)
        .service(operations::problem_page::get_problem)
        .service(well_known::jwks::get_jwks);
}
