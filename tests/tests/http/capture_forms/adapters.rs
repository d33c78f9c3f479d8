//! The settings of adapters: checked, and their secrets never told.

use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn secrets_go_in_and_never_come_out(app) {
    let admin = app.admin().await;
    let form = json!({
        "name": "Ads", "source": "website", "adapter": "meta_lead_ads", "adapter_secret": "s3cret-1", "adapter_access_token": "s3cret-2",
        "adapter_fetch_url": "https://graph.example.com/v1/{id}",
    });
    let form = admin.post("/capture-forms", form).await.expect(201);
    let path = format!("/capture-forms/{}", form.id());
    let shown = admin.get(&path).await.expect(200);
    assert!(!shown.text.contains("s3cret"), "{}", shown.text);
    assert_eq!((&shown["adapter_secret_set"], &shown["adapter_access_token_set"], &shown["adapter_verify_token_set"]), (&json!(true), &json!(true), &json!(false)));
    let cleared = admin.patch(&path, json!({"adapter_secret": null})).await.expect(200);
    assert_eq!((&cleared["adapter_secret_set"], &cleared["adapter_access_token_set"]), (&json!(false), &json!(true)));
    let moved = admin.patch(&path, json!({"adapter_fetch_url": "https://evil.example.com/{id}"})).await.expect(200);
    assert_eq!(moved["adapter_access_token_set"], false, "a token stays with the address that it was given for");
    admin.patch(&path, json!({"adapter_access_token": "s3cret-3"})).await.expect(200);
    let other = admin.patch(&path, json!({"adapter": "tally"})).await.expect(200);
    assert_eq!((&other["adapter_access_token_set"], &other["adapter_fetch_url"]), (&json!(false), &json!(null)));
    let catalogue = admin.get("/catalogue").await.expect(200);
    let adapters = catalogue["enumerations"].as_array().unwrap().iter().find(|one| one["name"] == "adapter").unwrap();
    assert!(adapters["values"].as_array().unwrap().iter().any(|word| word["value"] == "gravity_forms"));
});

on_both_databases!(async fn a_mapping_is_checked_with_its_repair(app) {
    let admin = app.admin().await;
    let form = |more: serde_json::Value| {
        let mut form = json!({"name": "Any", "source": "website"});
        form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        form
    };
    for (more, pointer) in [
        (json!({"adapter": "generic"}), "#/adapter_mapping/fields"),
        (json!({"adapter": "generic", "adapter_mapping": {"fields": {"emial": "/a"}}}), "#/adapter_mapping/fields/emial"),
        (json!({"adapter": "generic", "adapter_mapping": {"fields": {"email": "contact.email"}}}), "#/adapter_mapping/fields/email"),
        (json!({"adapter": "tally", "adapter_mapping": {"fields": {"email": "/a"}}}), "#/adapter_mapping"),
        (json!({"adapter": "tally", "adapter_fetch_url": "https://example.com/{id}"}), "#/adapter_fetch_url"),
        (json!({"adapter": "meta_lead_ads", "adapter_fetch_url": "https://{id}.example.com/"}), "#/adapter_fetch_url"),
        (json!({"adapter": "meta_lead_ads", "adapter_fetch_url": "file:///{id}"}), "#/adapter_fetch_url"),
        (json!({"adapter": "mailchimp"}), "#/adapter"),
    ] {
        let problem = admin.post("/capture-forms", form(more)).await.problem(422);
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
});
