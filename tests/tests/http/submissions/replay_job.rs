use futures_util::future::join_all;
use leadwright_app::worker::jobs;
use leadwright_tests::on_both_databases;
use serde_json::json;
use tokio::sync::watch;

use crate::capture::a_form;

on_both_databases!(async fn many_are_a_job_that_ends(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (form, path) = a_form(&app, json!({"duplicate_policy": "flag"})).await;
    let posts = (0..105).map(|number| world.post(&path, json!({"wer": "Jane", "wohin": format!("n{number}@example.com")})));
    for reply in join_all(posts).await {
        reply.problem(422);
    }
    let mapping = json!({"field_mapping": {"wer": "contact_name", "wohin": "email"}});
    admin.patch(format!("/capture-forms/{}", form.id()), mapping).await.expect(200);
    let wanted = json!({"form_id": form.id(), "states": ["failed"]});
    let key = admin.with("Idempotency-Key", "once");
    let ordered = key.post("/submissions/replay", wanted.clone()).await.expect(202);
    assert_eq!(key.post("/submissions/replay", wanted).await.expect(202).id(), ordered.id());
    let address = ordered.header("location").trim_start_matches("/api/v1").to_owned();
    assert_eq!((&ordered["state"], &ordered["progress"]), (&json!("queued"), &json!({"done": 0, "total": 105})));
    app.stranger().await.get(&address).await.problem(404);

    let (_stop, stopped) = watch::channel(false);
    jobs::run_due(&app.app, &stopped).await.unwrap();
    let done = admin.get(&address).await.expect(200);
    assert_eq!((&done["state"], &done["progress"]["done"]), (&json!("succeeded"), &json!(105)), "{}", done.text);
    assert_eq!(done["result"], json!({"created": 105, "updated": 0, "merged": 0, "failed": 0, "refused": 0}));
    assert_eq!(app.counts(["leads", "submissions"]).await, [105, 105]);
});
