use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use crate::capture::a_form;

on_both_databases!(async fn a_post_tells_what_is_not_kept_as_it_came(app) {
    let admin = app.admin().await;
    let (form, capture) = a_form(&app, json!({})).await;
    let body = json!({"name": "  JANE DOE", "email": "Jane@Example.com", "role": "vp sales", "x": "1", "country": "Narnia"});
    let receipt = app.anonymous().post(&capture, body).await.expect(202).text_of("receipt_id");
    let path = format!("/submissions/{receipt}/cleansing");
    let told = admin.get(&path).await.expect(200);
    let of = |name: &str| told["cleansed"].as_array().unwrap().iter().find(|one| one["field"] == name).cloned();
    assert_eq!(of("contact_name"), Some(json!({"field": "contact_name", "from": "  JANE DOE", "to": "Jane Doe", "rule": "case"})));
    assert_eq!(of("email").unwrap()["rule"], "email_lowered");
    assert_eq!(of("job_title").unwrap()["to"], "VP Sales");
    assert_eq!((told["cleansed"].as_array().unwrap().len(), told["errors"].as_array().unwrap().len()), (3, 0), "{}", told.text);
    assert_eq!(told["warnings"][0]["code"], "invalid_country");
    let lead = admin.get(format!("/submissions/{receipt}")).await.expect(200).text_of("lead_id");
    assert_eq!((&told["lead_id"], &told["form_id"]), (&json!(lead), &json!(form.id())));
    // It is read by the form as it is now.
    let mapped = json!({"field_mapping": {"x": "city"}});
    admin.patch(format!("/capture-forms/{}", form.id()), mapped).await.expect(200);
    admin.get(&path).await.expect(200);
    let unfit = app.anonymous().post(&capture, json!({"name": "JIM", "email": "nope"})).await.problem(422);
    let failed = admin.get(format!("/submissions/{}/cleansing", unfit["receipt_id"].as_str().unwrap())).await.expect(200);
    assert_eq!((&failed["cleansed"], &failed["errors"][0]["code"]), (&json!([]), &json!("invalid_email")), "{}", failed.text);

    app.sign_in(Role::Rep).await.get(&path).await.problem(403);
    app.stranger().await.get(&path).await.problem(404);
    app.anonymous().get(&path).await.problem(401);
    admin.post("/erasures", json!({"lead_id": lead, "reason": "other"})).await.expect(201);
    admin.get(&path).await.problem(410);
});

on_both_databases!(async fn what_another_system_sent_is_read_as_its_adapter_reads_it(app) {
    let admin = app.admin().await;
    let form = json!({"name": "Ads", "source": "website", "adapter": "google_ads", "adapter_secret": "s3cret"});
    let form = admin.post("/capture-forms", form).await.expect(201);
    let body = json!({"lead_id": "1", "google_key": "s3cret", "user_column_data": [
        {"column_id": "EMAIL", "string_value": "ADA@engines.example"}, {"column_id": "FULL_NAME", "string_value": "ada lovelace"},
    ]});
    let tried = admin.post(format!("/capture-forms/{}/test", form.id()), body.clone()).await.expect(200);
    let posted = app.anonymous().post(format!("/capture/{}", form.text_of("key")), body).await;
    let list = admin.get("/submissions").await.expect(200);
    let kept = admin.get(format!("/submissions/{}/cleansing", list["data"][0]["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(kept["cleansed"], tried["deliveries"][0]["lead"]["cleansed"], "{}", posted.text);
    let told: Vec<&Value> = kept["cleansed"].as_array().unwrap().iter().map(|one| &one["to"]).collect();
    assert_eq!(told, [&json!("ada@engines.example"), &json!("Ada Lovelace")], "{}", kept.text);
});
