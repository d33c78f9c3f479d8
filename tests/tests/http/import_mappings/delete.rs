use leadwright_tests::on_both_databases;

use super::saved;

on_both_databases!(async fn a_mapping_goes_away(app) {
    let admin = app.admin().await;
    let path = format!("/import-mappings/{}", saved(&admin).await.id());
    app.stranger().await.delete(&path).await.problem(404);
    admin.delete(&path).await.expect(204);
    admin.get(&path).await.problem(404);
});
