//! Which sources may name what.

use crate::code::{begins_with, ends_in, paths, tokens};
use crate::tree::{Source, rust_sources};
use crate::{bites, nothing_found};

/// The outside world, time and chance: all of it is handed to the domain as values.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::os",
    "tokio",
    "async_std",
    "sea_orm",
    "sqlx",
    "actix_web",
    "reqwest",
    "rand",
    "getrandom",
];
const NOW_AND_CHANCE: &[&str] = &[
    "SystemTime::now",
    "Utc::now",
    "Local::now",
    "std::time::Instant",
    "Uuid::now_v7",
    "Uuid::now_v1",
    "Uuid::now_v6",
    "Uuid::new_v4",
];

/// Calls that begin a statement on an entity without asking whose rows they are.
const UNSCOPED: &[&str] = &[
    "find",
    "find_by_id",
    "find_related",
    "find_also_related",
    "find_also_linked",
    "find_with_related",
    "find_with_linked",
    "insert",
    "insert_many",
    "update",
    "update_many",
    "delete",
    "delete_many",
    "delete_by_id",
];

/// The same begun the other way round.
const BARE: &[&str] =
    &["Insert::one", "Insert::many", "Update::one", "Update::many", "Delete::one", "Delete::many", "Select::new"];

/// The tables that belong to no organization: a closed list.
const GLOBAL: &[&str] = &["organizations", "login_identities", "public_keys", "signing_keys", "rate_windows", "nodes"];

fn impure(source: &Source) -> Vec<String> {
    paths(source)
        .into_iter()
        .filter(|named| {
            OUTSIDE.iter().any(|module| begins_with(&named.path, module))
                || NOW_AND_CHANCE.iter().any(|call| ends_in(&named.path, call))
        })
        .map(|named| source.at(named.line, &format!("the domain names {}; pass it in as a value", named.path)))
        .collect()
}

fn speaks_sql(source: &Source) -> Vec<String> {
    let crates = ["sea_orm", "sea_query", "sqlx", "leadwright_migrations"];
    tokens(source)
        .into_iter()
        .filter(|token| crates.contains(&token.text.as_str()))
        .map(|token| source.at(token.line, &format!("{} is for crates/persistence", token.text)))
        .collect()
}

fn unscoped(source: &Source) -> Vec<String> {
    let is_type_parameter = |name: &str| name.len() <= 2 && name.starts_with(|c: char| c.is_ascii_uppercase());
    let is_statement = |path: &str| {
        let Some((front, call)) = path.rsplit_once("::") else { return false };
        let is_global = GLOBAL.iter().any(|table| ends_in(front, &format!("{table}::Entity")));
        let on_an_entity = ["Entity", "EntityTrait"].iter().any(|name| ends_in(front, name)) && !is_global;
        UNSCOPED.contains(&call) && (front.is_empty() || on_an_entity || is_type_parameter(front))
            || BARE.iter().any(|bare| ends_in(path, bare))
    };
    let statements = paths(source).into_iter().filter(|named| is_statement(&named.path));
    let statements = statements.map(|named| source.at(named.line, &format!("{}: go through Scope", named.path)));
    let tokens = tokens(source);
    let renamed = tokens.windows(2).filter(|pair| pair[0].text == "Entity" && pair[1].text == "as");
    // `<Entity as EntityTrait>` is no renaming, but its call is found above.
    let renamed = renamed.map(|pair| source.at(pair[0].line, "an Entity under another name escapes this test"));
    statements.chain(renamed).collect()
}

fn reads_environment(source: &Source) -> Vec<String> {
    paths(source)
        .into_iter()
        .filter(|named| begins_with(&named.path, "std::env"))
        .map(|named| source.at(named.line, "the environment is read in crates/api/src/config only"))
        .collect()
}

fn is_the_scope(source: &Source) -> bool {
    source.path == "crates/persistence/src/scope.rs" || source.under("crates/persistence/src/scope/")
}

fn is_the_config(source: &Source) -> bool {
    source.path == "crates/api/src/config.rs" || source.under("crates/api/src/config/")
}

#[test]
fn the_domain_is_pure() {
    nothing_found(rust_sources().filter(|source| source.under("crates/domain/src/")).flat_map(impure).collect());
}

#[test]
fn only_persistence_speaks_sql() {
    let others = ["crates/domain/", "crates/app/", "crates/api/"];
    let others = rust_sources().filter(|source| others.iter().any(|other| source.under(other)));
    nothing_found(others.flat_map(speaks_sql).collect());
}

#[test]
fn entities_are_reached_through_scope() {
    let repositories = rust_sources().filter(|source| source.under("crates/") && !is_the_scope(source));
    nothing_found(repositories.flat_map(unscoped).collect());
}

#[test]
fn the_environment_is_read_in_one_place() {
    let product = rust_sources().filter(|source| source.under("crates/") || source.under("migrations/"));
    nothing_found(product.filter(|source| !is_the_config(source)).flat_map(reads_environment).collect());
}

#[test]
fn an_impure_domain_is_found() {
    let found = |text: &str| impure(&Source::sample("crates/domain/src/a.rs", text));
    bites(&found("use std::{fmt, fs};"), "std::fs");
    bites(&found("fn f() { let now = chrono::Utc::now(); }"), "chrono::Utc::now");
    bites(&found("use uuid::Uuid;\nfn f() { m!(Uuid::now_v7()) }"), "a.rs:2");
    bites(&found("fn f() -> u8 { rand::random() }"), "rand::random");
    assert!(found("/// Not std::fs.\nuse std::fmt; use chrono::Utc; fn f(now: Instant) { random::x(); }").is_empty());
}

#[test]
fn sql_outside_persistence_is_found() {
    let found = |text: &str| speaks_sql(&Source::sample("crates/api/src/leads/a.rs", text));
    bites(&found("use sea_orm::EntityTrait;"), "sea_orm");
    bites(&found("fn f() { sqlx::query(\"SELECT 1\"); }"), "sqlx");
    assert!(found("/// sqlx is elsewhere.\nfn f() { log(\"sea_orm\"); }").is_empty());
}

#[test]
fn an_unscoped_statement_is_found() {
    let found = |text: &str| unscoped(&Source::sample("crates/persistence/src/leads/a.rs", text));
    bites(&found("fn f() { lead::Entity::find().all(db) }"), "lead::Entity::find");
    bites(&found("fn f() { Entity::update_many() }"), "Entity::update_many");
    bites(&found("fn f() { <lead::Entity as EntityTrait>::find() }"), "::find");
    bites(&found("fn f<E: EntityTrait>() { E::find() }"), "E::find");
    bites(&found("fn f() { sea_orm::Insert::one(row) }"), "Insert::one");
    bites(&found("use entities::lead::Entity as Lead;"), "another name");
    assert!(found("fn f() { global::organizations::Entity::find() }").is_empty());
    assert!(found("fn f() { scope.find::<lead::Entity>(); IdentityEntity::find(); map.insert(1); }").is_empty());
}

#[test]
fn a_glance_at_the_environment_is_found() {
    let found = |text: &str| reads_environment(&Source::sample("crates/app/src/a.rs", text));
    bites(&found("use std::env;"), "a.rs:1");
    bites(&found("fn f() { std::env::var(\"X\"); }"), "a.rs:1");
    assert!(found("const V: &str = env!(\"CARGO_PKG_VERSION\");").is_empty());
}
