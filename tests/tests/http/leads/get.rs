use leadwright_domain::ids::{Id, LeadId};
use leadwright_tests::on_both_databases;

use super::{create, insert, plain};

on_both_databases!(async fn a_lead_is_read_as_it_was_created(app) {
    let admin = app.admin().await;
    let created = create(&admin, "Ann One").await;
    let read = admin.get(format!("/leads/{}", created.id())).await.expect(200);
    assert_eq!((&read.json, read.etag()), (&created.json, created.etag()));
    assert_eq!((read["source"].as_str(), read["version"].as_i64()), (Some("website"), Some(1)));
    assert!(read["created_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(read["allowed_transitions"], serde_json::json!(["contacted", "nurture", "unqualified"]));
});

on_both_databases!(async fn what_is_known_is_not_sent_again(app) {
    let admin = app.admin().await;
    let created = create(&admin, "Ann One").await;
    let path = format!("/leads/{}", created.id());
    let knows = admin.with("If-None-Match", created.etag());
    assert_eq!(knows.get(&path).await.expect(304).text, "");
    // Other fields are another representation.
    let some = knows.get(format!("{path}?fields=score")).await.expect(200);
    admin.with("If-None-Match", some.etag()).get(format!("{path}?fields=score")).await.expect(304);
    admin.with("If-None-Match", some.etag()).get(format!("{path}?fields=rating")).await.expect(200);
    admin.patch(&path, serde_json::json!({"city": "Berlin"})).await.expect(200);
    knows.get(&path).await.expect(200);
    assert_eq!(admin.get(format!("{path}?fields=scor")).await.problem(422)["errors"][0]["suggestion"], "score");
});

on_both_databases!(async fn archived_leads_answer_and_merged_ones_lead_to_their_master(app) {
    let admin = app.admin().await;
    let (mut archived, master, mut merged) = (plain(1), plain(2), plain(3));
    archived.archived_at = Some(archived.created_at);
    (merged.archived_at, merged.merged_into) = (Some(merged.created_at), Some(master.id));
    let (old, kept, gone) = (archived.id, master.id, merged.id);
    insert(&app, vec![archived, master, merged]).await;
    assert!(admin.get(format!("/leads/{old}")).await.expect(200)["archived_at"].is_string());
    let moved = admin.get(format!("/leads/{gone}")).await.expect(308);
    assert_eq!(moved.header("location"), format!("/api/v1/leads/{kept}"));
    let nobody: LeadId = Id::from_uuid(uuid::Uuid::now_v7());
    assert_eq!(admin.get(format!("/leads/{nobody}")).await.problem(404)["code"], "not-found");
    admin.get("/leads/not-an-id").await.problem(404);
    app.stranger().await.get(format!("/leads/{kept}")).await.problem(404);
    app.anonymous().get(format!("/leads/{kept}")).await.problem(401);
});
