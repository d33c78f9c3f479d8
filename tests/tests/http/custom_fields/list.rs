use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;

use super::a_field;

on_both_databases!(async fn fields_come_in_the_order_in_which_they_were_made(app) {
    let admin = app.admin().await;
    for key in ["zebra", "apple"] {
        admin.post("/custom-fields", a_field(key)).await.expect(201);
    }
    app.stranger().await.post("/custom-fields", a_field("strange")).await.expect(201);
    let list = app.sign_in(Role::Viewer).await.get("/custom-fields").await.expect(200);
    let keys: Vec<&str> = list["data"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["zebra", "apple"]);
    assert_eq!(list["page"]["has_more"], false);
});
