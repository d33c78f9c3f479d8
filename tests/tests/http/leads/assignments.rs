use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::create_own;

on_both_databases!(async fn every_handover_is_told(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}", lead.id());
    let wish = json!({"user_id": null, "reason": "workload", "note": "On leave"});
    admin.post(format!("{path}/assign"), wish).await.expect(200);
    admin.post(format!("{path}/claim"), json!({})).await.expect(200);
    let list = admin.get(format!("{path}/assignments")).await.expect(200);
    let all = list["data"].as_array().unwrap();
    let hows: Vec<&str> = all.iter().map(|one| one["how"].as_str().unwrap()).collect();
    assert_eq!(hows, ["claimed", "assigned", "created"]);
    assert_eq!(all[0]["after"]["owner_id"], json!(admin.user));
    assert_eq!((&all[1]["before"]["owner_id"], &all[1]["after"]["owner_id"]), (&json!(rep.user), &json!(null)));
    assert_eq!((&all[1]["reason"], &all[1]["note"], &all[1]["actor"]["name"]), (&json!("workload"), &json!("On leave"), &json!("Ada Admin")));
    assert_eq!(all[2]["after"]["owner_id"], json!(rep.user));
    app.stranger().await.get(format!("{path}/assignments")).await.problem(404);
});
