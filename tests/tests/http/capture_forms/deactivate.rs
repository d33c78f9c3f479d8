use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::a_form;

on_both_databases!(async fn a_form_out_of_use_takes_nothing_until_it_is_back(app) {
    let admin = app.admin().await;
    let created = admin.post("/capture-forms", a_form("Contact")).await.expect(201);
    let (path, key) = (format!("/capture-forms/{}", created.id()), created.text_of("key"));
    assert!(app.app.forms.find(&app.app, &key).await.unwrap().is_some());
    app.sign_in(Role::Rep).await.delete(&path).await.problem(403);
    app.stranger().await.delete(&path).await.problem(404);

    admin.with("If-Match", created.etag()).delete(&path).await.expect(204);
    assert!(app.app.forms.find(&app.app, &key).await.unwrap().is_none());
    assert_eq!(admin.get(&path).await.expect(200)["active"], false);
    admin.patch(&path, json!({"active": true})).await.expect(200);
    assert!(app.app.forms.find(&app.app, &key).await.unwrap().is_some());
});
