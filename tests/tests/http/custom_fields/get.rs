use leadwright_tests::on_both_databases;

use super::a_field;

on_both_databases!(async fn another_organizations_field_is_not_found(app) {
    let theirs = app.stranger().await.post("/custom-fields", a_field("size")).await.expect(201);
    app.admin().await.get(format!("/custom-fields/{}", theirs.id())).await.problem(404);
});
