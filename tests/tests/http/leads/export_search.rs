use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{
    a_lead,
    export::{column, rows, told},
};

on_both_databases!(async fn a_condition_chooses_the_rows_of_a_file(app) {
    let admin = app.admin().await;
    for (name, country) in [("Ann One", "US"), ("Bea Two", "DE"), ("Cid Three", "US")] {
        let mut lead = a_lead(name);
        lead["country"] = json!(country);
        lead["external_ids"] = json!({"sap": format!("{name}-1")});
        admin.post("/leads", lead).await.expect(201);
    }
    let mut wish = json!({
        "where": {"field": "country", "op": "eq", "value": "US"}, "sort": "created_at", "columns": ["contact_name", "external_ids.sap"],
    });
    let file = admin.post("/leads/export", wish.clone()).await.expect(200);
    assert_eq!(rows(&file)[0], ["id", "contact_name", "external_ids.sap"]);
    assert_eq!(column(&file, "external_ids.sap"), ["Ann One-1", "Cid Three-1"]);
    assert_eq!(told(&app).await[0]["asked"]["where"], json!(["country"]));

    wish["columns"] = json!(["contact_name", "cuntry"]);
    wish["where"] = json!({"field": "nothing", "op": "eq", "value": 1});
    let problem = admin.post("/leads/export", wish).await.problem(422);
    let errors = problem["errors"].as_array().unwrap();
    assert_eq!((&errors[0]["pointer"], &errors[0]["suggestion"]), (&json!("#/columns/1"), &json!("country")));
    assert!(errors[1]["pointer"].as_str().unwrap().starts_with("#/where"));
    let mut long = a_lead("Dan Four");
    let bought: Vec<_> = (0..190).map(|n| json!({"product": format!("{n}{}", "x".repeat(190))})).collect();
    long["purchases"] = json!(bought);
    let long = admin.post("/leads", long).await.expect(201).id();
    let problem = admin.post("/leads/export", json!({"format": "xlsx"})).await.problem(422);
    let error = &problem["errors"][0];
    assert_eq!((&error["code"], &error["pointer"]), (&json!("cell_too_long"), &json!("#/columns")), "{problem}");
    admin.delete(format!("/leads/{long}")).await.expect(204);
    let all = admin.post("/leads/export", json!({"format": "ndjson"})).await.expect(200);
    assert_eq!(all.text.lines().count(), 3);
});
