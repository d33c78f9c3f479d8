//! Every operation has a test where one looks for it, and every test file is compiled.

use crate::code::tokens;
use crate::tree::{Source, rust_sources, sources};
use crate::{bites, nothing_found};

const OPERATIONS: &str = "crates/api/src/";
const TESTS: &str = "tests/tests/http/";

/// The operations of a file: the `operation_id`s of its `#[utoipa::path]`s.
fn operations(source: &Source) -> Vec<String> {
    let tokens = tokens(source);
    let ids = tokens.windows(3).filter(|three| three[0].text == "operation_id" && three[1].text == "=");
    ids.map(|three| three[2].text.trim_matches('"').to_owned()).collect()
}

fn is_a_test(source: &Source) -> bool {
    let tokens = tokens(source);
    let attribute = tokens.windows(2).any(|two| two[0].text == "test" && two[1].text == "]");
    attribute || tokens.windows(2).any(|two| two[0].text == "on_both_databases" && two[1].text == "!")
}

/// Operations in a wrong place, and operations without a mirrored test.
fn without_a_mirror(all: &[Source]) -> Vec<String> {
    let mut findings = Vec::new();
    for source in all.iter().filter(|source| source.is_rust() && source.under(OPERATIONS)) {
        let ids = operations(source);
        if ids.is_empty() {
            continue;
        }
        let (place, ids) = (&source.path[OPERATIONS.len()..], ids.join(", "));
        if place.split('/').count() != 2 || place.ends_with("/mod.rs") {
            findings.push(source.at(1, &format!("{ids}: an operation lives in {OPERATIONS}<slice>/<endpoint>.rs")));
        }
        match all.iter().find(|test| test.path == format!("{TESTS}{place}")) {
            None => findings.push(source.at(1, &format!("{ids}: no test in {TESTS}{place}"))),
            Some(test) if !is_a_test(test) => findings.push(test.at(1, &format!("{ids}: no test in this file"))),
            Some(_) => {}
        }
    }
    findings
}

/// Operations that write without a use case: a handler only translates.
fn without_a_use_case(source: &Source) -> Option<String> {
    let tokens = tokens(source);
    let writes = ["post", "put", "patch", "delete"];
    let writes = tokens.windows(4).any(|four| {
        four[0].text == "#" && four[1].text == "[" && writes.contains(&four[2].text.as_str()) && four[3].text == "("
    });
    let calls_one = tokens.iter().any(|token| token.text == "leadwright_app");
    (writes && !calls_one).then(|| source.at(1, "an operation that writes runs a use case of leadwright_app"))
}

/// The same operation id twice: generated clients would lose one.
fn named_twice(all: &[Source]) -> Vec<String> {
    let product = all.iter().filter(|source| source.is_rust() && source.under(OPERATIONS));
    let mut ids: Vec<_> = product.flat_map(operations).collect();
    ids.sort();
    ids.windows(2).filter(|two| two[0] == two[1]).map(|two| format!("two operations are named {}", two[0])).collect()
}

/// Test files that no `mod` leads to: cargo would silently leave them out.
fn never_compiled(all: &[Source]) -> Vec<String> {
    let declares = |path: &str, name: &str| {
        all.iter().filter(|source| source.path == path).any(|source| {
            tokens(source)
                .windows(3)
                .any(|three| three[0].text == "mod" && three[1].text == name && three[2].text == ";")
        })
    };
    let harness_files = all.iter().filter(|source| source.is_rust() && source.path.matches('/').count() >= 3);
    harness_files
        .filter(|source| source.under("tests/tests/") && !source.path.ends_with("/main.rs"))
        .filter(|source| {
            let module = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
            let (folder, name) = module.rsplit_once('/').unwrap_or_default();
            let parents = [format!("{folder}/main.rs"), format!("{folder}/mod.rs"), format!("{folder}.rs")];
            !parents.iter().any(|parent| declares(parent, name))
        })
        .map(|source| source.at(1, "no mod leads to this file, so it is never compiled"))
        .collect()
}

#[test]
fn operations_have_mirrored_tests() {
    nothing_found(without_a_mirror(sources()));
}

#[test]
fn operations_that_write_run_a_use_case() {
    nothing_found(rust_sources().filter(|source| source.under(OPERATIONS)).filter_map(without_a_use_case).collect());
}

#[test]
fn operations_have_names_of_their_own() {
    nothing_found(named_twice(sources()));
}

#[test]
fn every_test_file_is_compiled() {
    nothing_found(never_compiled(sources()));
}

const OPERATION: &str = "#[utoipa::path(operation_id = \"moveLead\")] async fn f() {}";

#[test]
fn an_operation_without_a_test_is_found() {
    let operation = || Source::sample("crates/api/src/qualification/move_lead.rs", OPERATION);
    let mirror = |text| Source::sample("tests/tests/http/qualification/move_lead.rs", text);
    bites(&without_a_mirror(&[operation()]), "moveLead: no test in tests/tests/http/qualification/move_lead.rs");
    bites(&without_a_mirror(&[operation(), mirror("fn helper() {}")]), "moveLead: no test in this file");
    assert!(without_a_mirror(&[operation(), mirror("#[tokio::test] async fn f() {}")]).is_empty());
    assert!(without_a_mirror(&[operation(), mirror("on_both_databases!(async fn f(app) {});")]).is_empty());
}

#[test]
fn an_operation_in_a_wrong_place_is_found() {
    bites(&without_a_mirror(&[Source::sample("crates/api/src/leads.rs", OPERATION)]), "<slice>/<endpoint>.rs");
    bites(&without_a_mirror(&[Source::sample("crates/api/src/leads/mod.rs", OPERATION)]), "<slice>/<endpoint>.rs");
}

#[test]
fn an_operation_without_a_use_case_is_found() {
    let found = |text: &str| without_a_use_case(&Source::sample("crates/api/src/leads/create.rs", text));
    assert!(found("#[post(\"/leads\")] async fn create() {}").is_some());
    assert!(found("use leadwright_app::leads::CreateLead; #[post(\"/leads\")] async fn create() {}").is_none());
    assert!(found("#[get(\"/leads\")] async fn list() {}").is_none());
}

#[test]
fn a_name_used_twice_is_found() {
    let both = ["crates/api/src/a/b.rs", "crates/api/src/a/c.rs"].map(|path| Source::sample(path, OPERATION));
    bites(&named_twice(&both), "moveLead");
    assert!(named_twice(&both[..1]).is_empty());
}

#[test]
fn an_orphaned_test_file_is_found() {
    let file = |path, text| Source::sample(path, text);
    let orphan = || file("tests/tests/http/leads/create.rs", "");
    bites(&never_compiled(&[orphan(), file("tests/tests/http/leads/mod.rs", "mod other;")]), "leads/create.rs");
    assert!(
        never_compiled(&[
            orphan(),
            file("tests/tests/http/leads/mod.rs", "mod create;"),
            file("tests/tests/http/main.rs", "mod leads;")
        ])
        .is_empty()
    );
    assert!(
        never_compiled(&[
            orphan(),
            file("tests/tests/http/leads.rs", "mod create;"),
            file("tests/tests/http/main.rs", "mod leads;")
        ])
        .is_empty()
    );
}
