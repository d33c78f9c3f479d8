use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_patch_changes_what_it_names(app) {
    let admin = app.admin().await;
    let before = admin.get("/organization").await.expect(200);
    let wish = json!({
        "name": "Acme East", "timezone": "europe/berlin", "default_region": "Germany", "base_currency": "eur",
        "country": null, "latitude": 52.52, "longitude": 13.405, "rep_visibility": "team",
        "route_when": "marketing_qualified", "required_bant": ["need"], "profile_industries": ["it"],
        "profile_technologies": [], "sla_minutes": 30,
    });
    let after = admin.with("If-Match", before.etag()).patch("/organization", wish.clone()).await.expect(200);
    for (member, value) in wish.as_object().unwrap() {
        let expected = match member.as_str() {
            "timezone" => json!("Europe/Berlin"),
            "default_region" => json!("DE"),
            "base_currency" => json!("EUR"),
            _ => value.clone(),
        };
        assert_eq!(after[member], expected, "{member}");
    }
    let read = admin.get("/organization").await.expect(200);
    assert_eq!((&read.json, read.etag()), (&after.json, after.etag()));
    admin.with("If-Match", before.etag()).patch("/organization", json!({"name": "Late"})).await.problem(412);
});

on_both_databases!(async fn all_faults_come_at_once(app) {
    let wish = json!({"timezone": "Berlin", "country": "Narnia", "base_currency": "XYZ", "latitude": 1.5});
    let problem = app.admin().await.patch("/organization", wish).await.problem(422);
    let faults = problem["errors"].as_array().unwrap();
    let pointers: Vec<&str> = faults.iter().map(|fault| fault["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["#/timezone", "#/country", "#/base_currency", "#/longitude"]);
    assert_eq!(faults[0]["suggestion"], "Europe/Berlin");
});

on_both_databases!(async fn only_admins_may(app) {
    for role in [Role::Manager, Role::Marketer, Role::Rep, Role::Viewer] {
        app.sign_in(role).await.patch("/organization", json!({"name": "Mine"})).await.problem(403);
    }
});
