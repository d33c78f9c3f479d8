//! The API from outside: a file for each endpoint, under the name of the endpoint's own, and one for each convention.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api_keys;
mod auth;
mod block_list;
mod bulk_actions;
mod capture;
mod capture_forms;
mod catalogue;
mod conditions;
mod contract;
mod conventions;
mod custom_fields;
mod demo;
mod duplicates;
mod erasures;
mod import_mappings;
mod imports;
mod lead_sources;
mod leads;
mod me;
mod operations;
mod organization;
mod reports;
mod routing_rules;
mod submissions;
mod suggestions;
mod tags;
mod teams;
mod users;
mod views;
mod well_known;
