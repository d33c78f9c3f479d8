use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

on_both_databases!(async fn the_catalogue_is_enough_to_build_a_rule_editor(app) {
    let admin = app.admin().await;
    let custom = json!({"key": "fleet", "label": "Fleet", "kind": "single_select", "options": ["vans", "lorries"]});
    let custom = admin.post("/custom-fields", custom).await.expect(201);
    let fields = admin.get("/conditions/fields").await.expect(200);
    let field = |name: &str| -> Value {
        fields["data"].as_array().unwrap().iter().find(|field| field["name"] == name).cloned().unwrap_or_default()
    };
    assert_eq!(field("status")["type"], "choice");
    assert_eq!(field("status")["options"][0], "new");
    assert_eq!(field("score")["operators"], json!(["eq", "ne", "in", "not_in", "lt", "lte", "gt", "gte", "between", "exists"]));
    assert_eq!((field("interaction.url")["of"].as_str(), field("company_name")["of"].as_str()), (Some("interaction"), Some("lead")));
    assert_eq!(field("custom.fleet")["options"], json!(["vans", "lorries"]));

    admin.patch(format!("/custom-fields/{}", custom.id()), json!({"active": false})).await.expect(200);
    let fields = admin.get("/conditions/fields").await.expect(200);
    assert!(!fields.text.contains("custom.fleet"));
    app.anonymous().get("/conditions/fields").await.problem(401);
});
