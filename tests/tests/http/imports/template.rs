use leadwright_tests::on_both_databases;

use super::{counts, import};

on_both_databases!(async fn the_template_is_a_file_that_can_be_sent(app) {
    let admin = app.admin().await;
    let field = serde_json::json!({"key": "shoe_size", "label": "Shoe size", "kind": "text"});
    admin.post("/custom-fields", field).await.expect(201);
    let template = admin.get("/imports/template.csv").await.expect(200);
    assert!(template.header("content-type").starts_with("text/csv"));
    assert!(template.text.lines().next().unwrap().contains("custom.shoe_size"), "{}", template.text);
    let job = import(&admin, "mode=auto", template.text).await;
    assert_eq!(counts(&job), [1, 0, 0, 0]);
    assert_eq!(job["unmapped_columns"], serde_json::json!([]));
});
