//! Every endpoint, in the order of the document.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    api_keys, auth, block_list, bulk_actions, capture, capture_forms, catalogue, conditions, custom_fields, duplicates,
    erasures, import_mappings, imports, lead_sources, leads, me, operations, organization, reports, routing_rules,
    submissions, suggestions, tags, teams, users, views, well_known,
};

/// Mounts everything that is in the document.
pub fn all(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/api/v1")
            .configure(access)
            .configure(settings)
            .configure(work)
            .configure(progress)
            .configure(one_person)
            .configure(quality)
            .configure(privacy)
            .configure(intake),
    );
    operational(config);
}

/// What an organization sets.
fn settings(config: &mut ServiceConfig<'_>) {
    config
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
        .service(block_list::list::list_block_list)
        .service(block_list::add::add_to_block_list)
        .service(block_list::remove::remove_from_block_list)
        .service(capture_forms::test::test_capture_form)
        .service(catalogue::get::get_catalogue);
}

/// The leads themselves.
fn work(config: &mut ServiceConfig<'_>) {
    config
        .service(leads::list::list_leads)
        .service(leads::create::create_lead)
        .service(leads::search::search_leads)
        .service(leads::facets::count_lead_facets)
        .service(leads::export::export_leads)
        .service(leads::export_search::export_lead_search)
        .service(leads::get::get_lead)
        .service(leads::update::update_lead)
        .service(leads::archive::archive_lead)
        .service(leads::restore::restore_lead)
        .service(leads::timeline::get_lead_timeline)
        .service(leads::bulk::change_leads)
        .service(bulk_actions::list::list_bulk_actions)
        .service(bulk_actions::get::get_bulk_action)
        .service(bulk_actions::failures::list_bulk_failures)
        .service(bulk_actions::events::stream_bulk_action)
        .service(bulk_actions::cancel::cancel_bulk_action)
        .service(bulk_actions::undo::undo_bulk_action)
        .service(views::list::list_views)
        .service(views::create::create_view)
        .service(views::get::get_view)
        .service(views::update::update_view)
        .service(views::delete::delete_view)
        .service(conditions::fields::list_condition_fields);
}

/// What becomes of leads.
fn progress(config: &mut ServiceConfig<'_>) {
    config
        .service(leads::record_interactions::record_lead_interactions)
        .service(leads::interactions::list_interactions)
        .service(leads::score::explain_lead_score)
        .service(leads::batch::batch_leads)
        .service(leads::transition::move_lead)
        .service(leads::stage_transition::move_stage)
        .service(leads::history::get_lead_history)
        .service(leads::touches::list_lead_touches)
        .service(leads::get_bant::get_lead_bant)
        .service(leads::update_bant::update_lead_bant)
        .service(leads::assign::assign_lead)
        .service(leads::claim::claim_lead)
        .service(leads::assignments::list_lead_assignments)
        .service(leads::route::route_lead)
        .service(leads::routing::get_lead_routing);
}

/// Who is one person.
fn one_person(config: &mut ServiceConfig<'_>) {
    config
        .service(duplicates::list::list_duplicates)
        .service(duplicates::scan::scan_duplicates)
        .service(duplicates::get_scan::get_duplicate_scan)
        .service(duplicates::cancel_scan::cancel_duplicate_scan)
        .service(duplicates::get::get_duplicate)
        .service(duplicates::dismiss::dismiss_duplicate)
        .service(duplicates::reopen::reopen_duplicate)
        .service(leads::duplicates::list_lead_duplicates)
        .service(leads::merge::merge_leads)
        .service(leads::unmerge::unmerge_lead)
        .service(leads::merges::list_lead_merges);
}

/// Who wrote what, and what others say.
fn quality(config: &mut ServiceConfig<'_>) {
    config
        .service(suggestions::list::list_suggestions)
        .service(suggestions::get::get_suggestion)
        .service(suggestions::accept::accept_suggestion)
        .service(suggestions::dismiss::dismiss_suggestion)
        .service(leads::suggestions::list_lead_suggestions)
        .service(leads::provenance::get_lead_provenance)
        .service(leads::cleansing::get_lead_cleansing)
        .service(reports::cleansing::get_cleansing_report);
}

/// What is known of people, and how it goes.
fn privacy(config: &mut ServiceConfig<'_>) {
    config
        .service(leads::personal_data::get_personal_data)
        .service(erasures::list::list_erasures)
        .service(erasures::create::erase_person)
        .service(erasures::get::get_erasure);
}

/// What the world posts.
fn intake(config: &mut ServiceConfig<'_>) {
    config
        .service(capture::submit::capture_lead)
        .service(capture::challenge::answer_capture_challenge)
        .service(capture::preflight::preflight_capture)
        .service(capture::token::get_form_token)
        .service(imports::template::get_import_template)
        .service(imports::list::list_imports)
        .service(imports::create::create_import)
        .service(imports::rejected::get_rejected_rows)
        .service(imports::confirm::confirm_import)
        .service(imports::cancel::cancel_import)
        .service(imports::get::get_import)
        .service(imports::update::update_import)
        .service(imports::delete::delete_import)
        .service(imports::revert::revert_import)
        .service(imports::events::stream_import)
        .service(import_mappings::list::list_import_mappings)
        .service(import_mappings::create::create_import_mapping)
        .service(import_mappings::get::get_import_mapping)
        .service(import_mappings::update::update_import_mapping)
        .service(import_mappings::delete::delete_import_mapping)
        .service(submissions::list::list_submissions)
        .service(submissions::replay_all::replay_submissions)
        .service(submissions::replay_job::get_replay)
        .service(submissions::get::get_submission)
        .service(submissions::cleansing::get_submission_cleansing)
        .service(submissions::replay::replay_submission)
        .service(submissions::release::release_submission)
        .service(submissions::reject::reject_submission);
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
        .service(well_known::jwks::get_jwks)
        .service(operations::liveness::get_liveness)
        .service(operations::readiness::get_readiness)
        .service(operations::metrics::get_metrics)
        .service(operations::document::get_openapi_document)
        .service(operations::problem_index::list_problems)
        .service(operations::problem_page::get_problem);
}
