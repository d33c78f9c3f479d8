use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::a_form;

on_both_databases!(async fn a_form_is_found_by_its_key_from_then_on(app) {
    let marketer = app.sign_in(Role::Marketer).await;
    let created = marketer.post("/capture-forms", a_form("Contact")).await.expect(201);
    let key = created.text_of("key");
    assert!(key.starts_with("f_") && key.len() >= 24, "{key}");
    for (member, value) in a_form("Contact").as_object().unwrap() {
        if member != "defaults" {
            assert_eq!(&created[member.as_str()], value, "{member}");
        }
    }
    assert_eq!((&created["defaults"]["priority"], &created["active"]), (&json!("high"), &json!(true)));

    let found = app.app.forms.find(&app.app, &key).await.unwrap().unwrap();
    assert_eq!(found.form.name, "Contact");
    assert_eq!(found.reader.scope().organization, app.organization);
    assert!(app.app.forms.find(&app.app, "f_nobody").await.unwrap().is_none());
});

on_both_databases!(async fn a_form_needs_only_a_name_and_a_source(app) {
    let admin = app.admin().await;
    let created = admin.post("/capture-forms", json!({"name": "Bare", "source": "website"})).await.expect(201);
    assert_eq!(created["duplicate_policy"], "fill_blanks");
    assert_eq!(created["allowed_origins"], json!([]));
    let other = admin.post("/capture-forms", json!({"name": "Bare", "source": "website"})).await.expect(201);
    assert_ne!(created["key"], other["key"]);
});

on_both_databases!(async fn all_faults_come_at_once_with_their_repair(app) {
    let mut form = a_form("Contact");
    form["source"] = json!("websit");
    form["allowed_origins"] = json!(["https://example.com/page"]);
    form["field_mapping"] = json!({"a": "compny_name"});
    form["required_fields"] = json!(["phonee"]);
    form["redirect_url"] = json!("/thanks");
    let problem = app.admin().await.post("/capture-forms", form).await.problem(422);
    let faults = problem["errors"].as_array().unwrap();
    let seen: Vec<(&str, &str)> = faults
        .iter()
        .map(|fault| (fault["pointer"].as_str().unwrap(), fault["suggestion"].as_str().unwrap_or_default()))
        .collect();
    let expected = [
        ("#/source", "website"),
        ("#/allowed_origins/0", "https://example.com"),
        ("#/field_mapping/a", "company_name"),
        ("#/required_fields/0", "phone"),
        ("#/redirect_url", ""),
    ];
    assert_eq!(seen, expected);
});

on_both_databases!(async fn what_does_not_exist_is_refused(app) {
    let admin = app.admin().await;
    for (member, value, pointer) in [
        ("duplicate_policy", json!("reject"), "#/duplicate_policy"),
        ("defaults", json!({"priority": "urgent"}), "#/defaults/priority"),
        ("defaults", json!({"owner": "me"}), "#/defaults/owner"),
        ("captcha_required", json!(true), "#/captcha_required"),
    ] {
        let mut form = a_form("Contact");
        form[member] = value;
        let problem = admin.post("/capture-forms", form).await.problem(422);
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
    app.sign_in(Role::Rep).await.post("/capture-forms", a_form("Contact")).await.problem(403);
});
