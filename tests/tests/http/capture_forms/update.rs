use leadwright_tests::on_both_databases;
use serde_json::json;

use super::a_form;

on_both_databases!(async fn a_merge_patch_reaches_into_mapping_and_defaults(app) {
    let admin = app.admin().await;
    let created = admin.post("/capture-forms", a_form("Contact")).await.expect(201);
    let path = format!("/capture-forms/{}", created.id());
    let change = json!({
        "source": "referral",
        "field_mapping": {"ref": null, "firm": "company_name"},
        "defaults": {"priority": null, "company_name": "Unknown"},
        "redirect_url": null
    });
    let changed = admin.patch(&path, change).await.expect(200);
    assert_eq!(changed["field_mapping"], json!({"firm": "company_name", "your-mail": "email"}));
    let defaults =
        json!({"priority": null, "company_name": "Unknown", "product_interests": ["crm"], "tags": ["web"]});
    assert_eq!(changed["defaults"], defaults);
    assert_eq!((&changed["source"], &changed["redirect_url"]), (&json!("referral"), &json!(null)));
    for untouched in ["key", "name", "allowed_origins", "consent_text", "duplicate_policy"] {
        assert_eq!(changed[untouched], created[untouched], "{untouched}");
    }
    let found = app.app.forms.find(&app.app, &created.text_of("key")).await.unwrap().unwrap();
    assert_eq!(found.form.version, 2, "what is kept in memory follows");
});

on_both_databases!(async fn what_is_not_touched_is_not_judged_again(app) {
    let admin = app.admin().await;
    let field = admin.post("/custom-fields", json!({"key": "size", "label": "Size", "kind": "text"})).await.expect(201);
    let mut form = a_form("Contact");
    form["required_fields"] = json!(["custom.size"]);
    let created = admin.post("/capture-forms", form).await.expect(201);
    admin.patch(format!("/custom-fields/{}", field.id()), json!({"active": false})).await.expect(200);

    let path = format!("/capture-forms/{}", created.id());
    admin.patch(&path, json!({"name": "Other"})).await.expect(200);
    let problem = admin.patch(&path, json!({"consent_text": "New"})).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "#/required_fields/0");
});

on_both_databases!(async fn the_key_stays_and_a_stale_version_is_refused(app) {
    let admin = app.admin().await;
    let created = admin.post("/capture-forms", a_form("Contact")).await.expect(201);
    let path = format!("/capture-forms/{}", created.id());
    admin.patch(&path, json!({"key": "f_mine"})).await.problem(422);
    admin.patch(&path, json!({"source": "nowhere"})).await.problem(422);
    admin.patch(&path, json!({"name": "First"})).await.expect(200);
    admin.with("If-Match", created.etag()).patch(&path, json!({"name": "Second"})).await.problem(412);
});
