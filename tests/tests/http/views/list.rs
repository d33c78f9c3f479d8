use leadwright_domain::access::Role;
use leadwright_tests::{Client, on_both_databases};
use serde_json::json;

use super::save;

async fn names(client: &Client) -> Vec<String> {
    let list = client.get("/views").await.expect(200);
    list["data"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

on_both_databases!(async fn ones_own_views_and_the_shared_ones_come_by_name(app) {
    let (rep, manager) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Manager).await);
    save(&rep, "b mine", json!({})).await.expect(201);
    save(&rep, "A shared", json!({"shared": true})).await.expect(201);
    save(&manager, "C theirs", json!({"shared": true})).await.expect(201);
    save(&manager, "D private", json!({})).await.expect(201);
    assert_eq!(names(&rep).await, ["A shared", "b mine", "C theirs"]);
    assert_eq!(names(&manager).await, ["A shared", "C theirs", "D private"]);
    assert!(names(&app.stranger().await).await.is_empty());
    rep.get("/views?shared=true").await.problem(422);
});
