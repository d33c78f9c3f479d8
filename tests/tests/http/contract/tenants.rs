//! Another organization's admin, with real ids of the first: nothing is there, and nothing leaks.

use std::collections::BTreeMap;

use leadwright_app::capture::{OrderReplay, SubmissionFilter};
use leadwright_domain::access::Scope;
use leadwright_tests::{Client, TestApp, on_both_databases};
use serde_json::{Value, json};

use super::who::{Who, operations};

/// What the world may know: operations that take these are open to it.
const PUBLIC: &[&str] = &["form_key", "slug"];

/// One record of everything that an address can name, by the name of the parameter.
async fn records(app: &TestApp, admin: &Client) -> BTreeMap<&'static str, String> {
    let made = async |path: &str, body: Value| admin.post(path, body).await.expect(201);
    let form = made("/capture-forms", json!({"name": "Contact", "source": "website"})).await;
    let posted = json!({"name": "Jane Doe", "email": "jane@example.com"});
    let posted = app.anonymous().post(format!("/capture/{}", form.text_of("key")), posted).await.expect(202);
    let person =
        json!({"email": "rep@example.com", "name": "Rep", "role": "rep", "password": leadwright_tests::ADMIN_PASSWORD});
    let rule = json!({"name": "All", "position": 1, "when": {"all": []}, "assign": {"queue": "inbound"}});
    let import = admin.post_raw("/imports", "text/csv", "Name,E-mail\nBob,bob@example.com\n").await.expect(202);
    let order = OrderReplay(SubmissionFilter::default());
    let replay = app.app.db.write(app.app.call(Scope::system(app.organization), None), order).await.unwrap();
    let sources = admin.get("/lead-sources").await.expect(200);
    let sessions = admin.get("/me/sessions").await.expect(200);
    let (_, suggestion) = crate::suggestions::a_suggestion(admin).await;
    let (_, _, pair) = crate::duplicates::a_pair(admin).await;
    BTreeMap::from([
        ("scan_id", admin.post("/duplicates/scan", json!({})).await.expect(202).id()),
        ("suggestion_id", suggestion["id"].as_str().unwrap().to_owned()),
        ("pair_id", pair["id"].as_str().unwrap().to_owned()),
        ("erasure_id", made("/erasures", json!({"email": "gone@example.com", "reason": "other"})).await.id()),
        ("lead_id", made("/leads", crate::leads::jane("ann")).await.id()),
        ("form_id", form.id()),
        ("import_id", import.id()),
        ("mapping_id", made("/import-mappings", json!({"name": "List", "mapping": {}})).await.id()),
        (
            "bulk_action_id",
            made("/leads/bulk", json!({"ids": [uuid::Uuid::nil()], "action": {"kind": "archive"}})).await.id(),
        ),
        ("view_id", made("/views", json!({"name": "Mine", "shared": true})).await.id()),
        ("submission_id", posted.text_of("receipt_id")),
        ("entry_id", made("/block-list", json!({"kind": "domain", "value": "junk.test"})).await.id()),
        ("replay_id", replay.id.to_string()),
        ("rule_id", made("/routing-rules", rule).await.id()),
        ("tag_id", made("/tags", json!({"name": "Fair"})).await.id()),
        ("field_id", made("/custom-fields", json!({"key": "seats", "label": "Seats", "kind": "number"})).await.id()),
        ("team_id", made("/teams", json!({"name": "East"})).await.id()),
        ("user_id", made("/users", person).await.id()),
        ("key_id", made("/api-keys", json!({"name": "Shop", "scopes": ["leads:read"]})).await.id()),
        ("source_id", sources["data"][0]["id"].as_str().unwrap().to_owned()),
        ("session_id", sessions["data"][0]["id"].as_str().unwrap().to_owned()),
        ("form_key", form.text_of("key")),
        ("slug", "not-found".to_owned()),
    ])
}

on_both_databases!(async fn another_organization_finds_nothing(app) {
    let (admin, stranger) = (app.admin().await, app.stranger().await);
    let records = records(&app, &admin).await;
    let real = |name: &str| records.get(name).unwrap_or_else(|| panic!("make a record for {{{name}}}")).clone();
    let before = everything(&app, &admin, real).await;
    for operation in operations().into_iter().filter(|operation| operation.id != "logout") {
        let reply = operation.call(&stranger, real).await;
        if matches!(operation.who, Who::World) {
            continue;
        }
        if operation.path.contains('{') {
            assert_eq!(reply.status, 404, "{}: {}", operation.id, reply.text);
        }
        for (name, id) in records.iter().filter(|(name, _)| !PUBLIC.contains(name)) {
            // The problem names the address that was asked for, nothing else.
            let text = reply.text.replace(&format!("/{id}"), "");
            assert!(!text.contains(id.as_str()), "{} tells of {name}: {}", operation.id, reply.text);
        }
    }
    assert_eq!(everything(&app, &admin, real).await, before, "nothing changed");
});

/// What the admin of the first organization reads of every single record.
async fn everything(app: &TestApp, admin: &Client, real: impl Fn(&str) -> String + Copy) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for operation in operations() {
        if operation.method == reqwest::Method::GET && operation.path.ends_with("_id}") {
            all.push((operation.id.clone(), operation.call(admin, real).await.expect(200).json));
        }
    }
    assert_eq!(app.organization, admin.organization);
    all
}
