use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_pair, look};

on_both_databases!(async fn a_dismissed_pair_can_be_asked_again(app) {
    let admin = app.admin().await;
    let (_, bob, pair) = a_pair(&admin).await;
    let at = format!("/duplicates/{}", pair["id"].as_str().unwrap());
    admin.post(format!("{at}/dismiss"), json!({"note": "No"})).await.expect(200);
    let again = admin.post(format!("{at}/reopen"), json!({})).await.expect(200);
    assert_eq!((&again["state"], &again["note"], &again["decided_by"]), (&json!("open"), &json!(null), &json!(null)));
    admin.post(format!("{at}/reopen"), json!({})).await.expect(200);

    admin.delete(format!("/leads/{}", bob.id())).await.expect(204);
    look(&admin).await;
    assert_eq!(admin.post(format!("{at}/reopen"), json!({})).await.problem(409)["state"], "closed");
});
