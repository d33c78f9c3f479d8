use leadwright_tests::on_both_databases;

use super::a_pair;

on_both_databases!(async fn a_pair_tells_why(app) {
    let admin = app.admin().await;
    let (_, _, listed) = a_pair(&admin).await;
    let pair = admin.get(format!("/duplicates/{}", listed["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(pair.json, listed);
    assert_eq!(pair["reasons"][0]["text"], "The first name of one is a short form of the other's.");
    admin.get(format!("/duplicates/{}", uuid::Uuid::nil())).await.problem(404);
});
