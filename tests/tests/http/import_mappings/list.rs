use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;

use super::saved;

on_both_databases!(async fn whoever_imports_sees_all_mappings(app) {
    saved(&app.admin().await).await;
    let seen = app.sign_in(Role::Manager).await.get("/import-mappings").await.expect(200);
    assert_eq!(seen["data"][0]["name"], "Fair");
    assert_eq!(app.stranger().await.get("/import-mappings").await.expect(200)["data"], serde_json::json!([]));
});
