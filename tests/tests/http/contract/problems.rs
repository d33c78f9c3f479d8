//! Every kind of problem that a caller can meet, as it looks.

use insta::assert_json_snapshot;
use leadwright_domain::access::Role;
use leadwright_tests::{TestApp, on_both_databases};
use serde_json::{Map, Value, json};

use crate::{
    capture::a_form,
    leads::{jane, jane_with},
};

/// Problems by their type, in the order in which they were met.
#[derive(Default)]
struct Met(Map<String, Value>);

impl Met {
    fn add(&mut self, problem: Value) {
        let code = problem["code"].as_str().unwrap().to_owned();
        self.0.insert(code, masked(problem));
    }
}

/// What differs from run to run, by what it is.
fn masked(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name.clone(), if name == "request_id" { json!("[id]") } else { masked(value) }))
            .collect(),
        Value::Array(values) => values.into_iter().map(masked).collect(),
        Value::String(text) => {
            let id = |part: &str| uuid::Uuid::parse_str(part).is_ok() || part.starts_with("f_");
            let parts: Vec<&str> = text.split('/').map(|part| if id(part) { "[id]" } else { part }).collect();
            json!(parts.join("/"))
        }
        other => other,
    }
}

async fn of_leads(app: &TestApp, met: &mut Met) {
    let admin = app.admin().await;
    let rep = app.sign_in(Role::Rep).await;
    let lead = admin.post("/leads", jane_with("doe", json!({"external_ids": {"crm": "1"}}))).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    met.add(admin.post("/leads", json!({"email": "x", "priorty": "low"})).await.problem(422));
    met.add(admin.post("/leads", jane("doe")).await.problem(409));
    let other = admin.post("/leads", jane("other")).await.expect(201).id();
    met.add(admin.patch(format!("/leads/{other}"), json!({"external_ids": {"crm": "1"}})).await.problem(409));
    met.add(admin.with("If-Match", "\"7\"").patch(&path, json!({"city": "Rome"})).await.problem(412));
    met.add(rep.post("/leads", jane_with("own", json!({"owner_id": app.admin}))).await.problem(403));
    admin.delete(&path).await.expect(204);
    met.add(admin.patch(&path, json!({"city": "Rome"})).await.problem(409));
    met.add(admin.patch(format!("/leads/{}", uuid::Uuid::nil()), json!({})).await.problem(404));
    met.add(app.anonymous().patch(&path, json!({})).await.problem(401));
}

async fn of_progress(app: &TestApp, met: &mut Met) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane("progress")).await.expect(201);
    let moves = format!("/leads/{}/transitions", lead.id());
    met.add(admin.post(&moves, json!({"to": "new"})).await.problem(409));
    admin.post(&moves, json!({"to": "contacted"})).await.expect(200);
    met.add(admin.post(&moves, json!({"to": "qualified"})).await.problem(409));
    let stages = format!("/leads/{}/stage-transitions", lead.id());
    met.add(admin.post(&stages, json!({"to": "sales_accepted"})).await.problem(409));
    let team = admin.post("/teams", json!({"name": "East"})).await.expect(201).id();
    admin.post("/leads", jane_with("teamed", json!({"team_id": team}))).await.expect(201);
    met.add(admin.delete(format!("/teams/{team}")).await.problem(409));
    let import = admin.post_raw("/imports", "text/csv", "Name\nAnn Lee\n").await.expect(202);
    met.add(admin.post(format!("/imports/{}/confirm", import.id()), json!({})).await.problem(409));
}

async fn of_bodies(app: &TestApp, met: &mut Met) {
    let admin = app.admin().await;
    met.add(admin.post_raw("/leads", "application/json", "{").await.problem(400));
    met.add(admin.post_raw("/leads", "text/csv", "email").await.problem(415));
    met.add(admin.put("/leads", json!({})).await.problem(405));
    met.add(admin.get("/nowhere").await.problem(404));
    met.add(admin.with("Accept", "text/csv").get("/lead-sources").await.problem(406));
    met.add(admin.get("/submissions?cursor=nonsense").await.problem(422));
    let keyed = admin.with("Idempotency-Key", "k");
    keyed.post("/leads", jane("keyed")).await.expect(201);
    met.add(keyed.post("/leads", jane("another")).await.problem(422));
    let (_, form) = a_form(app, json!({"allowed_origins": ["https://example.com"]})).await;
    met.add(app.anonymous().post_raw(&form, "application/json", vec![b' '; 300 * 1024]).await.problem(413));
}

on_both_databases!(async fn problems_look_alike(app) {
    let mut met = Met::default();
    of_leads(&app, &mut met).await;
    of_progress(&app, &mut met).await;
    of_bodies(&app, &mut met).await;
    let wrong = json!({"email": leadwright_tests::ADMIN_EMAIL, "password": "wrong"});
    met.add(app.anonymous().post("/auth/login", wrong).await.problem(401));
    assert_json_snapshot!("problems", Value::Object(met.0));
});
