use leadwright_tests::on_both_databases;

use super::{counts, import, leads, people, send, work};

const FILE: &str = "Name,E-mail,Source\nAnn,ann@example.com,Harbour Fair\nAnn,ann@example.com,\nBob,,\n";

on_both_databases!(async fn a_review_shows_what_would_happen_and_waits(app) {
    let admin = app.admin().await;
    let job = import(&admin, "", FILE).await;
    assert_eq!(job["state"], "awaiting_confirmation");
    let preview = &job["preview"];
    assert_eq!((&preview["create"], &preview["skip"], &preview["reject"]), (&1.into(), &1.into(), &1.into()), "{preview}");
    assert_eq!(preview["rows"][0]["lead"]["contact_name"], "Ann");
    assert_eq!(preview["rows"][2]["becomes"], "rejected");
    assert_eq!(preview["errors"][0]["lines"], serde_json::json!([4]));
    assert_eq!(preview["new_sources"], serde_json::json!(["Harbour Fair"]));
    assert!(leads(&admin).await.is_empty());
    assert_eq!(work(&admin).await, 0);

    let path = format!("/imports/{}/confirm", job.id());
    assert_eq!(admin.post(&path, serde_json::json!({})).await.expect(202)["state"], "queued");
    assert_eq!(admin.post(&path, serde_json::json!({})).await.problem(409)["state"], "queued");
    work(&admin).await;
    let job = admin.get(format!("/imports/{}", job.id())).await;
    assert_eq!(counts(&job), [1, 0, 1, 1]);
    assert_eq!(leads(&admin).await.len(), 1);
});

on_both_databases!(async fn strangers_confirm_nothing(app) {
    let admin = app.admin().await;
    let job = send(&admin, "", FILE).await.expect(202);
    let path = format!("/imports/{}/confirm", job.id());
    app.stranger().await.post(path, serde_json::json!({})).await.problem(404);
});

on_both_databases!(async fn a_review_knows_the_people_of_earlier_rows(app) {
    let admin = app.admin().await;
    let file = people(700) + "Again,person1@example.com,Other\n";
    let job = import(&admin, "", file).await;
    assert_eq!((&job["preview"]["create"], &job["preview"]["skip"]), (&700.into(), &1.into()), "{}", job.text);
    admin.post(format!("/imports/{}/confirm", job.id()), serde_json::json!({})).await.expect(202);
    work(&admin).await;
    assert_eq!(counts(&admin.get(format!("/imports/{}", job.id())).await), [700, 0, 1, 0]);
});
