//! Every endpoint, in the order of the document.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{api_keys, auth, capture, lead_sources, leads, me, organization, submissions, teams, users, well_known};

/// Mounts `/api/v1` and what other programs look for at the root.
pub fn api(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/api/v1").configure(access).configure(settings).configure(work).configure(intake),
    );
    config.service(well_known::jwks::get_jwks);
}

/// What an organization sets.
fn settings(config: &mut ServiceConfig<'_>) {
    config
        .service(lead_sources::list::list_lead_sources)
        .service(lead_sources::create::create_lead_source)
        .service(lead_sources::get::get_lead_source)
        .service(lead_sources::update::update_lead_source);
}

/// The leads themselves.
fn work(config: &mut ServiceConfig<'_>) {
    config
        .service(leads::create::create_lead)
        .service(leads::update::update_lead)
        .service(leads::archive::archive_lead)
        .service(leads::restore::restore_lead);
}

/// What the world posts.
fn intake(config: &mut ServiceConfig<'_>) {
    config
        .service(capture::submit::capture_lead)
        .service(capture::preflight::preflight_capture)
        .service(submissions::list::list_submissions)
        .service(submissions::get::get_submission)
        .service(submissions::replay::replay_submission);
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
