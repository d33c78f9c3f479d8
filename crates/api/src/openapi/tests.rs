#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn the_file_in_the_repository_is_up_to_date() {
    let kept = include_str!("../../../../openapi/openapi.json");
    assert!(
        kept == rendered().unwrap(),
        "run `cargo run -- openapi > openapi/openapi.json` and look at the difference"
    );
}

#[test]
fn every_group_of_operations_is_described() {
    let document = document().unwrap();
    let known: Vec<&str> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let tag = operation["tags"][0].as_str().unwrap();
            assert!(known.contains(&tag), "{method} {path}: describe the group {tag} in openapi/tags.rs");
        }
    }
}

#[test]
fn what_may_be_sent_is_bounded() {
    let document = document().unwrap();
    let aliases = &document["components"]["schemas"]["CreateLeadSource"]["properties"]["aliases"];
    assert_eq!((&aliases["maxItems"], &aliases["items"]["maxLength"]), (&50.into(), &2_000.into()));
    let answered = &document["components"]["schemas"]["LeadSource"]["properties"];
    assert_eq!(answered["name"].get("maxLength"), None);
}

#[test]
fn operations_have_the_headers_of_their_kind() {
    let document = document().unwrap();
    let parameters = |path: &str, method: &str| -> Vec<String> {
        let all = document["paths"][path][method]["parameters"].as_array().unwrap();
        all.iter().filter_map(|one| one["$ref"].as_str()?.rsplit('/').next().map(ToOwned::to_owned)).collect()
    };
    assert_eq!(parameters("/api/v1/lead-sources", "get"), Vec::<String>::new());
    assert_eq!(parameters("/api/v1/lead-sources", "post"), ["IdempotencyKey"]);
    assert_eq!(parameters("/api/v1/lead-sources/{source_id}", "get"), ["IfNoneMatch"]);
    assert_eq!(parameters("/api/v1/lead-sources/{source_id}", "patch"), ["IfMatch"]);
    let created = &document["paths"]["/api/v1/lead-sources"]["post"]["responses"]["201"]["headers"];
    for header in ["Location", "RateLimit", "RateLimit-Policy", "X-Request-Id", "Idempotency-Replayed"] {
        assert!(created.get(header).is_some(), "{header}: {created}");
    }
}

#[test]
fn what_was_made_leads_on_to_what_can_be_done_with_it() {
    let document = document().unwrap();
    let links = |path: &str, status: &str| &document["paths"][path]["post"]["responses"][status]["links"];
    let lead = links("/api/v1/leads", "201");
    assert_eq!(lead["getLead"]["parameters"]["lead_id"], "$response.body#/id");
    assert_eq!(lead["moveLead"]["operationId"], "moveLead");
    assert_eq!(lead.get("searchLeads"), None);
    let form = links("/api/v1/capture-forms", "201");
    assert_eq!(form["captureLead"]["parameters"]["form_key"], "$response.body#/key");
    assert_eq!(links("/api/v1/auth/login", "200")["refreshTokens"]["operationId"], "refreshTokens");
}

#[test]
fn bodies_have_the_examples_of_their_schemas() {
    let document = document().unwrap();
    let body = &document["paths"]["/api/v1/leads"]["post"]["requestBody"]["content"]["application/json"];
    assert_eq!(body["example"]["contact_name"], "Jane Doe");
    assert!(document["paths"]["/healthz"]["get"].get("requestBody").is_none());
}
