use leadwright_domain::access::Role;
use leadwright_tests::{Client, on_both_databases};
use serde_json::{Value, json};

use super::{create, create_own, jane_with};
use crate::duplicates::{a_pair, look};

/// A lead without what counts its changes.
pub(super) async fn as_it_is(client: &Client, id: &str) -> Value {
    let mut lead = client.get(format!("/leads/{id}")).await.expect(200).json;
    for counted in ["version", "updated_at"] {
        lead.as_object_mut().unwrap().remove(counted);
    }
    lead
}

on_both_databases!(async fn a_merge_is_taken_back(app) {
    let admin = app.admin().await;
    let made = async |name: &str, more: Value| admin.post("/leads", jane_with(name, more)).await.expect(201).id();
    let master = made("one", json!({"tags": ["a"], "external_ids": {"crm": "1"}, "notes": "first"})).await;
    let old = made("two", json!({"phone": "+14155552671", "external_ids": {"erp": "2"}, "tags": ["b"], "notes": "second"})).await;
    let new = made("three", json!({"city": "Oslo", "external_ids": {"crm": "3"}, "consent": {"email": {"state": "withdrawn"}}})).await;
    let seen = json!([{"kind": "page_viewed", "url": "https://acme.example/pricing"}]);
    admin.post(format!("/leads/{old}/interactions"), seen.clone()).await.expect(201);
    admin.post(format!("/leads/{master}/interactions"), seen).await.expect(201);
    let before = [as_it_is(&admin, &master).await, as_it_is(&admin, &old).await, as_it_is(&admin, &new).await];
    admin.post(format!("/leads/{master}/merge"), json!({"with": [old, new]})).await.expect(200);

    let back = admin.post(format!("/leads/{old}/unmerge"), json!({})).await.expect(200);
    assert_eq!((&back["kept"], &back["moved"]["interactions"]), (&json!([]), &json!(1)));
    assert_eq!(back["master"]["city"], "Oslo");
    admin.post(format!("/leads/{new}/unmerge"), json!({})).await.expect(200);
    let after = [as_it_is(&admin, &master).await, as_it_is(&admin, &old).await, as_it_is(&admin, &new).await];
    assert_eq!(after, before);
    assert_eq!(admin.get(format!("/leads/{old}/interactions")).await.expect(200)["data"].as_array().unwrap().len(), 1);
    assert_eq!(app.history_of(&old).await[0], "lead.unmerged");
    assert_eq!(app.history_of(&master).await[0], "leads.unmerged");
    assert_eq!(admin.post("/leads", jane_with("x", json!({"external_ids": {"erp": "2"}}))).await.problem(409)["existing_id"], old);
    assert_eq!(admin.post(format!("/leads/{old}/unmerge"), json!({})).await.problem(409)["code"], "state-conflict");
});

on_both_databases!(async fn what_changed_since_stays_and_is_told(app) {
    let admin = app.admin().await;
    let made = async |name: &str, more: Value| admin.post("/leads", jane_with(name, more)).await.expect(201).id();
    let master = made("one", json!({})).await;
    let other = made("two", json!({"city": "Rome", "region": "Lazio", "external_ids": {"erp": "2"}})).await;
    admin.post(format!("/leads/{master}/merge"), json!({"with": [other]})).await.expect(200);
    let changes = json!({"city": "Oslo", "external_ids": {"erp": null}});
    admin.patch(format!("/leads/{master}"), changes).await.expect(200);
    let third = made("third", json!({"external_ids": {"erp": "2"}})).await;
    let back = admin.post(format!("/leads/{other}/unmerge"), json!({})).await.expect(200);
    assert_eq!((&back["master"]["city"], &back["master"]["region"]), (&json!("Oslo"), &json!(null)));
    assert_eq!((&back["lead"]["city"], &back["lead"]["external_ids"]), (&json!("Rome"), &json!({})));
    assert_eq!(back["kept"], json!(["city", "external_ids.erp"]));
    assert_eq!(admin.get(format!("/leads/{third}")).await.expect(200)["external_ids"], json!({"erp": "2"}));
});

on_both_databases!(async fn chains_are_taken_back_from_their_end(app) {
    let admin = app.admin().await;
    let (one, two, three) = (create(&admin, "One").await.id(), create(&admin, "Two").await.id(), create(&admin, "Three").await.id());
    let seen = json!([{"kind": "chat"}]);
    admin.post(format!("/leads/{one}/interactions"), seen).await.expect(201);
    admin.post(format!("/leads/{two}/merge"), json!({"with": [one]})).await.expect(200);
    admin.post(format!("/leads/{three}/merge"), json!({"with": [two]})).await.expect(200);
    let refused = admin.post(format!("/leads/{one}/unmerge"), json!({})).await.problem(409);
    assert_eq!((&refused["code"], &refused["merged_into"]), (&json!("merged"), &json!(three)));
    let back = admin.post(format!("/leads/{two}/unmerge"), json!({})).await.expect(200);
    assert_eq!(back["moved"]["interactions"], 1, "what it had of the first");
    let back = admin.post(format!("/leads/{one}/unmerge"), json!({})).await.expect(200);
    assert_eq!(back["moved"]["interactions"], 1);
});

on_both_databases!(async fn whoever_sees_both_takes_it_back(app) {
    let (admin, ann, bob) = (app.admin().await, app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let (mine, theirs) = (create_own(&ann, "Mine").await.id(), create_own(&bob, "Theirs").await.id());
    admin.post(format!("/leads/{theirs}/merge"), json!({"with": [mine]})).await.expect(200);
    bob.post(format!("/leads/{mine}/unmerge"), json!({})).await.problem(404);
    ann.post(format!("/leads/{mine}/unmerge"), json!({})).await.problem(403);
    admin.with("If-Match", "\"1\"").post(format!("/leads/{mine}/unmerge"), json!({})).await.problem(412);
    admin.post(format!("/leads/{mine}/unmerge"), json!({})).await.expect(200);
    // They resemble each other as before.
    let (robert, bob, pair) = a_pair(&admin).await;
    admin.post(format!("/leads/{}/merge", robert.id()), json!({"with": [bob.id()]})).await.expect(200);
    admin.post(format!("/leads/{}/unmerge", bob.id()), json!({})).await.expect(200);
    look(&admin).await;
    let again = admin.get(format!("/duplicates/{}", pair["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(again["state"], "open");
});
