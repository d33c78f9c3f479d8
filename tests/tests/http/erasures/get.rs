use leadwright_tests::on_both_databases;
use serde_json::json;

use super::erase;
use crate::leads::jane;

on_both_databases!(async fn an_erasure_says_nothing_of_the_person(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane("ann")).await.expect(201).id();
    let done = erase(&admin, &lead).await;
    let read = admin.get(format!("/erasures/{}", done.id())).await.expect(200);
    assert_eq!(read.json, done.json);
    assert_eq!(read["actor"]["id"], json!(app.admin));
    assert!(!read.text.contains("ann") && !read.text.contains("Jane"), "{}", read.text);
    app.stranger().await.get(format!("/erasures/{}", done.id())).await.problem(404);
});
