use leadwright_domain::{access::Role, imports::Counts};
use leadwright_tests::on_both_databases;

use super::{counts, import, leads, people, send, work};

on_both_databases!(async fn a_file_sent_again_makes_nothing_new(app) {
    let marketer = app.sign_in(Role::Marketer).await;
    let job = import(&marketer, "mode=auto", people(620)).await;
    assert_eq!(counts(&job), [620, 0, 0, 0]);
    assert_eq!((&job["kind"], &job["progress"]["done"], &job["progress"]["total"]), (&"import".into(), &620.into(), &620.into()));
    assert_eq!(leads(&marketer).await.len(), 620);

    let again = import(&marketer, "mode=auto&duplicates=skip", people(620)).await;
    assert_eq!(counts(&again), [0, 0, 620, 0]);
    assert_eq!(leads(&marketer).await.len(), 620);
});

on_both_databases!(async fn the_answer_is_a_job_with_its_address(app) {
    let admin = app.admin().await;
    let sent = send(&admin, "mode=auto", people(3)).await.expect(202);
    assert_eq!(sent["state"], "queued");
    assert_eq!(sent["kind"], "import");
    assert_eq!(sent.header("location"), format!("/api/v1/imports/{}", sent.id()));
    assert_eq!(sent["result"], serde_json::json!(Counts::default()));
    assert_eq!(work(&admin).await, 1);
    assert_eq!(work(&admin).await, 0);
});

on_both_databases!(async fn the_same_key_is_the_same_import(app) {
    let admin = app.admin().await.with("Idempotency-Key", "k1");
    let first = send(&admin, "mode=auto", people(3)).await.expect(202);
    let again = send(&admin, "mode=auto", people(3)).await.expect(202);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.id(), first.id());
    let problem = send(&admin, "mode=auto", people(4)).await.problem(422);
    assert_eq!(problem["code"], "idempotency-key-reused");
    assert_eq!(work(&admin).await, 1);
    assert_eq!(admin.get("/imports").await.expect(200)["data"].as_array().unwrap().len(), 1);
});

on_both_databases!(async fn wishes_that_nobody_understands_are_named_at_once(app) {
    let problem = send(&app.admin().await, "mode=atuo&duplicates=merge&default_source=nowhere&x=1", people(1)).await.problem(422);
    let named: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|fault| fault["parameter"].as_str().unwrap()).collect();
    for name in ["mode", "duplicates", "default_source", "x"] {
        assert!(named.contains(&name), "{problem}");
    }
});

on_both_databases!(async fn what_is_no_file_is_refused(app) {
    let admin = app.admin().await;
    assert_eq!(send(&admin, "", "").await.problem(422)["errors"][0]["code"], "empty_file");
    assert_eq!(send(&admin, "", b"PK\x03\x04...".to_vec()).await.problem(422)["errors"][0]["code"], "unreadable_workbook");
    assert_eq!(send(&admin, "", b"\xd0\xcf\x11\xe0...".to_vec()).await.problem(422)["errors"][0]["code"], "unreadable_workbook");
    assert_eq!(send(&admin, "", b"\x1f\x8b nothing".to_vec()).await.problem(422)["errors"][0]["code"], "damaged_file");
    let wrong = admin.post_raw("/imports", "multipart/form-data; boundary=x", "{}").await.problem(415);
    assert!(wrong["detail"].as_str().unwrap().contains("the file itself"), "{wrong}");
    app.sign_in(Role::Rep).await.post_raw("/imports", "text/csv", people(1)).await.problem(403);
    app.anonymous().post_raw("/imports", "text/csv", people(1)).await.problem(401);
});
