use futures_util::future::join;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{jane, jane_with};

on_both_databases!(async fn an_id_of_another_system_names_one_lead(app) {
    let admin = app.admin().await;
    let known = admin.post("/leads", jane_with("one", json!({"external_ids": {"crm": "7"}}))).await.expect(201);
    assert_eq!(known["external_ids"], json!({"crm": "7"}));
    let other = jane_with("two", json!({"external_ids": {"crm": "7"}}));
    for policy in ["reject", "flag"] {
        let problem = admin.post(format!("/leads?duplicates={policy}"), other.clone()).await.problem(409);
        assert_eq!(problem["existing_id"], known["id"]);
        let is_told = problem["detail"].as_str().unwrap().contains("external_ids");
        assert_eq!(is_told, policy == "flag", "{problem}");
    }
    // The id is the strongest thing that two can share: it is the same lead.
    let updated = admin.post("/leads?duplicates=update", other).await.expect(200);
    assert_eq!((updated.id(), &updated["email"]), (known.id(), &json!("two@example.com")));
    admin.post("/leads", jane_with("three", json!({"external_ids": {"shop": "7"}}))).await.expect(201);
});

on_both_databases!(async fn a_patch_cannot_take_the_id_of_another_lead(app) {
    let admin = app.admin().await;
    admin.post("/leads", jane_with("one", json!({"external_ids": {"crm": "7"}}))).await.expect(201);
    let two = admin.post("/leads", jane("two")).await.expect(201).id();
    let problem = admin.patch(format!("/leads/{two}"), json!({"external_ids": {"crm": "7"}})).await.problem(409);
    assert_eq!((problem["code"].as_str(), problem["field"].as_str()), (Some("already-exists"), Some("external_ids")));
    assert!(app.stored_lead(&two).await.profile.external_ids.is_empty());
});

on_both_databases!(async fn ids_change_member_by_member(app) {
    let admin = app.admin().await;
    let given = json!({"external_ids": {"crm": "7", "shop": "8"}});
    let lead = admin.post("/leads", jane_with("one", given)).await.expect(201).id();
    let patch = json!({"external_ids": {"crm": null, "erp": "9"}});
    let after = admin.patch(format!("/leads/{lead}"), patch).await.expect(200);
    assert_eq!(after["external_ids"], json!({"erp": "9", "shop": "8"}));
    // What was given up may go to another.
    admin.post("/leads", jane_with("two", json!({"external_ids": {"crm": "7"}}))).await.expect(201);
    let none = admin.patch(format!("/leads/{lead}"), json!({"external_ids": null})).await.expect(200);
    assert_eq!(none["external_ids"], json!({}));
});

on_both_databases!(async fn of_two_that_claim_one_id_at_one_moment_one_gets_it(app) {
    let admin = app.admin().await;
    let with = |name| jane_with(name, json!({"external_ids": {"crm": "7"}}));
    let (one, two) = join(admin.post("/leads", with("one")), admin.post("/leads", with("two"))).await;
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", one.text, two.text);

    let (three, four) = (admin.post("/leads", jane("three")).await.id(), admin.post("/leads", jane("four")).await.id());
    let claim = |id: &String| admin.patch(format!("/leads/{id}"), json!({"external_ids": {"erp": "1"}}));
    let (three, four) = join(claim(&three), claim(&four)).await;
    let mut statuses = [three.status, four.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", three.text, four.text);
});

on_both_databases!(async fn a_patch_and_a_new_lead_that_claim_one_id_do_not_both_get_it(app) {
    let admin = app.admin().await;
    for round in 0..5 {
        let old = admin.post("/leads", jane(&format!("old{round}"))).await.expect(201).id();
        let ids = json!({"external_ids": {"erp": round.to_string()}});
        let patch = admin.patch(format!("/leads/{old}"), ids.clone());
        let (patched, created) = join(patch, admin.post("/leads", jane_with(&format!("new{round}"), ids))).await;
        assert!(matches!((patched.status, created.status), (200, 409) | (409, 201)), "{} {}", patched.text, created.text);
    }
});
