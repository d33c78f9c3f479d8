use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::save;

on_both_databases!(async fn a_view_is_deleted_by_its_owner_and_a_shared_one_by_who_leads(app) {
    let (rep, other, manager) =
        (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await, app.sign_in(Role::Manager).await);
    let own = save(&rep, "Mine", json!({})).await.expect(201);
    let shared = save(&rep, "Ours", json!({"shared": true})).await.expect(201);
    let (own_path, shared_path) = (format!("/views/{}", own.id()), format!("/views/{}", shared.id()));
    manager.delete(&own_path).await.problem(404);
    other.delete(&shared_path).await.problem(403);
    rep.with("If-Match", "\"7.0\"").delete(&own_path).await.problem(412);
    rep.with("If-Match", own.etag()).delete(&own_path).await.expect(204);
    rep.delete(&own_path).await.problem(404);
    manager.delete(&shared_path).await.expect(204);
    let problem = rep.get(format!("/leads?view={}", shared.id())).await.problem(422);
    assert_eq!((&problem["errors"][0]["parameter"], &problem["errors"][0]["code"]), (&json!("view"), &json!("unknown_view")));
});
