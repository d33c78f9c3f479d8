use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::jane_with;
use crate::{
    imports::{counts, import},
    suggestions::a_suggestion,
};

on_both_databases!(async fn a_file_overwrites_whoever_is_weaker(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane_with("fay", json!({"city": "Bonn"}))).await.expect(201);
    let address = format!("/leads/{}", lead.id());
    let file = |city: &str, title: &str| format!("Name,E-mail,City,Job Title\nJane fay,fay@example.com,{city},{title}\n");
    let read = async || admin.get(&address).await.expect(200);
    let sync = import(&admin, "mode=auto&duplicates=update", file("Ulm", "CEO")).await;
    assert_eq!((counts(&sync), &sync["writes_as"]), ([0, 1, 0, 0], &json!("sync")));
    assert_eq!((&read().await["city"], &read().await["job_title"]), (&json!("Bonn"), &json!("CEO")));
    let bought = import(&admin, "mode=auto&duplicates=update&writes_as=enrichment", file("Hamm", "CFO")).await;
    assert_eq!(counts(&bought), [0, 0, 1, 0]);
    let found = admin.get(format!("{address}/suggestions")).await.expect(200);
    let said: Vec<_> = found["data"].as_array().unwrap().iter()
        .map(|one| json!([one["field"], one["value"], one["from"]["writer"], one["from"]["import_id"]])).collect();
    let (sync, bought) = (sync.id(), bought.id());
    assert_eq!(json!(said), json!([
        ["city", "Hamm", "enrichment", bought], ["job_title", "CFO", "enrichment", bought], ["city", "Ulm", "sync", sync],
    ]));
    let person = import(&admin, "mode=auto&duplicates=update&writes_as=person", file("Hamm", "CTO")).await;
    assert_eq!(counts(&person), [0, 1, 0, 0]);
    assert_eq!((&read().await["city"], &read().await["job_title"]), (&json!("Hamm"), &json!("CTO")));
    let left = admin.get(format!("{address}/suggestions")).await.expect(200);
    assert_eq!(left["data"].as_array().unwrap().len(), 2, "what the lead holds by now is no suggestion: {}", left.text);
    let program = crate::suggestions::a_program(&admin).await;
    let refused = crate::imports::send(&program, "writes_as=person", file("Rome", "CIO")).await;
    assert_eq!(refused.problem(422)["errors"][0]["code"], "not_a_person");
});

on_both_databases!(async fn suggestions_go_with_the_person(app) {
    let admin = app.admin().await;
    let (lead, suggestion) = a_suggestion(&admin).await;
    let address = format!("/leads/{}", lead.id());
    let known = admin.get(format!("{address}/personal-data")).await.expect(200);
    assert_eq!((&known["suggestions"][0]["id"], &known["suggestions"][0]["value"]), (&suggestion["id"], &json!("Ulm")));
    // Merged into another it asks nobody, and taken out again it is there again.
    let master = admin.post("/leads", jane_with("master", json!({"city": "Rome"}))).await.expect(201);
    admin.post(format!("/leads/{}/merge", master.id()), json!({"with": [lead.id()], "fields": {"city": lead.id()}})).await.expect(200);
    assert_eq!(admin.get("/suggestions").await.expect(200)["data"], json!([]));
    let elsewhere = admin.get(format!("{address}/suggestions")).await.expect(308);
    for faulty in ["suggestions?limit=0", "duplicates?state=AAA", "interactions?kind=AAA"] {
        let problem = admin.get(format!("{address}/{faulty}")).await.problem(422);
        assert_eq!(problem["errors"].as_array().map(Vec::len), Some(1), "{faulty}");
    }
    for list in ["suggestions", "duplicates", "interactions", "merges"] {
        let problem = admin.get(format!("{address}/{list}?cursor={}", "0".repeat(1001))).await.problem(422);
        assert_eq!(problem["code"], "invalid-cursor", "{list}");
    }
    assert!(elsewhere.header("Location").ends_with(&format!("{}/suggestions", master.id())));
    admin.post(format!("{address}/unmerge"), Value::Null).await.expect(200);
    assert_eq!(admin.get("/suggestions").await.expect(200)["data"][0]["id"], suggestion["id"]);
    admin.post("/erasures", json!({"lead_id": lead.id(), "reason": "requested_by_person"})).await.expect(201);
    assert_eq!(app.counts(["suggestions"]).await, [0]);
    admin.get(format!("/suggestions/{}", suggestion["id"].as_str().unwrap())).await.problem(404);
});
