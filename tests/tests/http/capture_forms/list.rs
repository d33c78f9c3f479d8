use leadwright_tests::on_both_databases;

use super::a_form;

on_both_databases!(async fn forms_come_oldest_first(app) {
    let admin = app.admin().await;
    for name in ["Zebra", "Apple"] {
        admin.post("/capture-forms", a_form(name)).await.expect(201);
    }
    app.stranger().await.post("/capture-forms", a_form("Strange")).await.expect(201);
    let list = admin.get("/capture-forms").await.expect(200);
    let names: Vec<&str> = list["data"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Zebra", "Apple"]);
});
