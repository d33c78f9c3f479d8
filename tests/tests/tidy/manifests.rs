//! Which crate may depend on what.

use crate::tree::{Source, sources};
use crate::{bites, nothing_found};

/// A crate, and the dependencies that would break its boundary. A star stands for any ending.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "crates/domain/Cargo.toml",
        &[
            "tokio*",
            "async-std",
            "smol",
            "futures*",
            "sea-orm*",
            "sqlx*",
            "rusqlite",
            "actix*",
            "axum",
            "hyper*",
            "reqwest",
            "ureq",
            "rand*",
            "getrandom",
            "tempfile",
            "config",
            "clap",
            "tracing*",
            "metrics*",
            "leadwright-*",
        ],
    ),
    (
        "crates/persistence/Cargo.toml",
        &["actix*", "reqwest", "utoipa*", "clap", "config", "leadwright-app", "leadwright-api"],
    ),
    ("crates/app/Cargo.toml", &["sea-orm*", "sqlx*", "actix*", "utoipa*", "clap", "config", "leadwright-api"]),
    ("crates/api/Cargo.toml", &["sea-orm*", "sqlx*", "leadwright-migrations"]),
    ("migrations/Cargo.toml", &["actix*", "tokio*", "leadwright-*"]),
];

fn over_the_boundary(manifest: &Source) -> Vec<String> {
    let Some((_, forbidden)) = FORBIDDEN.iter().find(|(path, _)| *path == manifest.path) else { return Vec::new() };
    let is_forbidden = |name: &str| {
        forbidden
            .iter()
            .any(|pattern| pattern.strip_suffix('*').map_or(name == *pattern, |start| name.starts_with(start)))
    };
    dependencies(&manifest.text)
        .filter(|(_, name)| is_forbidden(name))
        .map(|(line, name)| manifest.at(line, &format!("must not depend on {name}")))
        .collect()
}

/// The names under `[dependencies]` (in any of its spellings), with their lines; tests may use what they like.
fn dependencies(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut inside = false;
    (1..).zip(text.lines()).filter_map(move |(number, line)| {
        let line = line.trim();
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section.ends_with("dependencies") && !section.ends_with("dev-dependencies");
            let own_section = section.rsplit_once("dependencies.").filter(|(front, _)| !front.ends_with("dev-"));
            return own_section.map(|(_, name)| (number, name));
        }
        let name = line.split(['.', '=', ' ']).next().filter(|name| !name.is_empty() && !name.starts_with('#'))?;
        inside.then_some((number, name))
    })
}

/// The crates that deny.toml bans, as far as the lock file has them.
fn banned(deny: &str, lock: &str) -> Vec<String> {
    let names = deny.lines().filter_map(|line| line.trim().strip_prefix("{ crate = \"")?.split('"').next());
    let is_locked = |name: &&str| lock.lines().any(|line| line == format!("name = \"{name}\""));
    names.filter(is_locked).map(|name| format!("Cargo.lock: {name} is banned by deny.toml")).collect()
}

#[test]
fn nothing_banned_is_built_in() {
    nothing_found(banned(include_str!("../../../deny.toml"), include_str!("../../../Cargo.lock")));
}

#[test]
fn a_banned_crate_is_found() {
    let lock = "[[package]]\nname = \"rsa\"\n";
    bites(&banned("deny = [\n    { crate = \"rsa\", reason = \"x\" },\n]", lock), "rsa is banned");
    bites(&banned(include_str!("../../../deny.toml"), lock), "rsa is banned");
    assert!(banned("{ crate = \"rs\" }", lock).is_empty());
}

#[test]
fn crates_keep_to_their_side() {
    let checked: Vec<_> =
        sources().iter().filter(|source| FORBIDDEN.iter().any(|(path, _)| *path == source.path)).collect();
    assert_eq!(checked.len(), FORBIDDEN.len(), "a manifest is missing");
    nothing_found(checked.into_iter().flat_map(over_the_boundary).collect());
}

#[test]
fn a_forbidden_dependency_is_found() {
    let found = |text: &str| over_the_boundary(&Source::sample("crates/domain/Cargo.toml", text));
    bites(&found("[dependencies]\nserde = \"1\"\ntokio.workspace = true"), "Cargo.toml:3: must not depend on tokio");
    bites(&found("[dependencies]\nsea-orm-migration = { version = \"2\" }"), "sea-orm-migration");
    bites(&found("[dependencies.reqwest]\nversion = \"1\""), "reqwest");
    bites(&found("[target.'cfg(unix)'.dependencies]\nrand = \"1\""), "rand");
    bites(&found("[build-dependencies]\nrand = \"1\""), "rand");
    assert!(
        found("[dependencies]\nserde = \"1\"\n[dev-dependencies]\ntokio = \"1\"\n[features]\nrand = []").is_empty()
    );
}
