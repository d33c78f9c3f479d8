use leadwright_tests::{Reply, on_both_databases};
use serde_json::{Value, json};

use super::jane_with;
use crate::suggestions::{a_form, a_program, post};

fn writers(found: &Reply) -> Vec<(&str, Option<&str>)> {
    let mut all: Vec<_> = found["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["field"].as_str().unwrap(), one["from"]["writer"].as_str()))
        .collect();
    all.sort_unstable();
    all
}

on_both_databases!(async fn each_field_knows_who_wrote_it(app) {
    let (admin, form) = (app.admin().await, a_form(&app.admin().await).await);
    let receipt = post(&admin, &form, json!({"name": "Jane Doe", "email": "doe@example.com", "city": "Bonn"})).await;
    let submission = admin.get(format!("/submissions/{}", receipt.text_of("receipt_id"))).await.expect(200);
    let address = format!("/leads/{}", submission.text_of("lead_id"));
    let program = a_program(&admin).await;
    program.patch(&address, json!({"country": "DE", "city": "Ulm"})).await.expect(200);
    admin.patch(&address, json!({"last_name": "Roe", "priority": "high", "custom": {}})).await.expect(200);
    admin.patch(&address, json!({"country": null})).await.expect(200);
    let found = admin.get(format!("{address}/provenance")).await.expect(200);
    let expected = [("city", Some("sync")), ("contact_name", Some("person")), ("country", Some("person")), ("email", Some("form")), ("priority", Some("person"))];
    assert_eq!(writers(&found), expected, "{}", found.text);
    let of = |name: &str| found["fields"].as_array().unwrap().iter().find(|one| one["field"] == name).unwrap().clone();
    assert_eq!((&of("country")["emptied"], &of("email")["emptied"]), (&json!(true), &json!(false)));
    assert_eq!(of("email")["from"]["submission_id"], json!(receipt.text_of("receipt_id")));
    // The other lead's word on a blank comes along with it, and goes with it.
    let other = program.post("/leads", jane_with("other", json!({"industry": "Steel"}))).await.expect(201);
    admin.post(format!("{address}/merge"), json!({"with": [other.id()]})).await.expect(200);
    let merged = admin.get(format!("{address}/provenance")).await.expect(200);
    assert!(writers(&merged).contains(&("industry", Some("sync"))), "{}", merged.text);
    admin.post(format!("/leads/{}/unmerge", other.id()), Value::Null).await.expect(200);
    assert_eq!(writers(&admin.get(format!("{address}/provenance")).await.expect(200)), expected);
});

on_both_databases!(async fn an_organization_decides_who_is_stronger(app) {
    let (admin, form) = (app.admin().await, a_form(&app.admin().await).await);
    let order = json!(["form", "person", "sync", "enrichment"]);
    let set = admin.patch("/organization", json!({"precedence": {"fields": {"phone": order}}})).await.expect(200);
    assert_eq!(set["precedence"], json!({"order": ["person", "sync", "form", "enrichment"], "fields": {"phone": order}}));
    admin.patch("/organization", json!({"precedence": {"fields": {"country": order}, "order": ["sync", "person", "form", "enrichment"]}})).await.expect(200);
    let one = admin.patch("/organization", json!({"precedence": {"fields": {"country": null}}})).await.expect(200);
    assert_eq!(one["precedence"]["fields"], json!({"phone": order}));
    let wrong = json!({"precedence": {"order": ["person", "person", "form", "sync"], "fields": {"fone": order, "city": ["form"]}}});
    let wrong = admin.patch("/organization", wrong).await.problem(422);
    assert_eq!(wrong["errors"].as_array().unwrap().len(), 3, "{wrong}");
    // A form's word is the person's own: with `update` it replaces the number that a colleague wrote, and nothing else.
    let forms = admin.get("/capture-forms").await.expect(200);
    let id = forms["data"][0]["id"].as_str().unwrap();
    admin.patch(format!("/capture-forms/{id}"), json!({"duplicate_policy": "update"})).await.expect(200);
    let lead = admin.post("/leads", jane_with("may", json!({"phone": "+14155550100", "city": "Bonn"}))).await.expect(201);
    post(&admin, &form, json!({"name": "Jane may", "email": "may@example.com", "phone": "+14155550111", "city": "Ulm"})).await;
    let after = admin.get(format!("/leads/{}", lead.id())).await.expect(200);
    assert_eq!((&after["phone"], &after["city"]), (&json!("+14155550111"), &json!("Bonn")));
    // Here programs are stronger than people.
    let program = a_program(&admin).await;
    assert_eq!(program.patch(format!("/leads/{}", lead.id()), json!({"city": "Rome"})).await.expect(200)["city"], "Rome");
    let person = admin.patch(format!("/leads/{}", lead.id()), json!({"city": "Oslo"})).await.expect(200);
    assert_eq!((&person["city"], person.header("Suggested")), (&json!("Rome"), "city"));
});
