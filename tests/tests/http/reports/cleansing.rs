use leadwright_domain::access::{Role, Scope};
use leadwright_tests::on_both_databases;
use serde_json::json;

use crate::leads::jane_with;

on_both_databases!(async fn every_figure_finds_its_leads(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let none = admin.get("/reports/cleansing").await.expect(200);
    assert_eq!((&none["leads"], &none["complete"], &none["fields"][0]["filled"]), (&json!(0), &json!(true), &json!(0)));
    for (name, more) in [
        ("ann", json!({"country": "DE", "phone": "+14155552671"})),
        ("test", json!({"company_name": "N/A", "contact_name": "UNKNOWN", "owner_id": admin.user})),
        ("info", json!({"contact_name": "info@example.com", "city": "Bonn"})),
        ("gone", json!({"contact_name": "asdf"})),
    ] {
        let lead = admin.post("/leads", jane_with(name, more)).await.expect(201);
        if name == "gone" {
            admin.delete(format!("/leads/{}", lead.id())).await.expect(204);
        }
    }
    let report = admin.get("/reports/cleansing").await.expect(200);
    assert_eq!((&report["leads"], &report["complete"]), (&json!(3), &json!(true)));
    let mut told = std::collections::BTreeMap::new();
    for list in ["fields", "doubts"] {
        for one in report[list].as_array().unwrap() {
            let found = admin.post("/leads/search", json!({"where": one["where"], "count": "exact"})).await.expect(200);
            let count = if list == "fields" { &one["blank"] } else { &one["count"] };
            assert_eq!(&found["total"], count, "{one}");
            let name = if list == "fields" { &one["field"] } else { &one["code"] };
            told.insert(name.as_str().unwrap(), count.as_i64().unwrap());
        }
    }
    let expected = [("country", 2), ("phone", 2), ("email", 0), ("city", 2), ("placeholder_email", 1), ("shared_mailbox", 1),
        ("placeholder_name", 1), ("name_is_an_address", 1), ("placeholder_company", 1), ("no_way_to_reach", 0)];
    for (name, count) in expected {
        assert_eq!(told[name], count, "{name}: {}", report.text);
    }
    let call = app.app.call(Scope::system(app.organization), None);
    assert_eq!(app.app.db.read(&call).leads().tally(&[], 2).await.unwrap().leads, 2, "no more than the newest");
    assert_eq!(rep.get("/reports/cleansing").await.expect(200)["leads"], json!(2), "what a rep does not see does not count");
});
