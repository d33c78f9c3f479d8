use leadwright_domain::access::Scope;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{order, rules};

on_both_databases!(async fn a_rule_that_can_no_longer_be_read_says_so_and_the_others_work_on(app) {
    let admin = app.admin().await;
    let field = json!({"key": "size", "label": "Size", "kind": "single_select", "options": ["Small", "Large"]});
    let field = admin.post("/custom-fields", field).await.expect(201);
    let when = json!({"field": "custom.size", "op": "eq", "value": "Large"});
    let rule = json!({"name": "large", "when": when, "assign": {"queue": "enterprise"}});
    admin.post("/routing-rules", rule).await.expect(201);
    rules(&admin, &["others"]).await;

    let change = json!({"options": ["Small", "Huge"]});
    admin.patch(format!("/custom-fields/{}", field.id()), change).await.expect(200);
    let list = admin.get("/routing-rules").await.expect(200);
    assert_eq!(list["data"][0]["broken"].as_array().unwrap().len(), 1);
    assert_eq!(list["data"][1]["broken"], json!([]));

    let reader = app.app.db.read(&app.app.call(Scope::system(app.organization), None));
    let configuration = app.app.configurations.for_reader(&reader).await.unwrap();
    let asked: Vec<&str> = configuration.routing_rules.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!((asked, configuration.faults.len()), (vec!["others"], 1));
});

on_both_databases!(async fn only_the_organizations_own_rules_are_listed(app) {
    rules(&app.stranger().await, &["strange"]).await;
    assert!(order(&app.admin().await).await.is_empty());
});
