use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;

use super::a_form;

on_both_databases!(async fn a_form_is_read_by_its_organization(app) {
    let created = app.admin().await.post("/capture-forms", a_form("Contact")).await.expect(201);
    let path = format!("/capture-forms/{}", created.id());
    assert_eq!(app.sign_in(Role::Viewer).await.get(&path).await.expect(200).json, created.json);
    app.stranger().await.get(&path).await.problem(404);
});
