use futures_util::future::join_all;
use leadwright_tests::on_both_databases;

use super::jane;

on_both_databases!(async fn a_repeat_gets_the_first_answer(app) {
    let admin = app.admin().await.with("Idempotency-Key", "one");
    let first = admin.post("/leads", jane("doe")).await.expect(201);
    let again = admin.post("/leads", jane("doe")).await.expect(201);
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
    assert_eq!((again.etag(), again.header("location")), (first.etag(), first.header("location")));
    let other = admin.post("/leads", jane("other")).await.problem(422);
    assert_eq!(other["code"], "idempotency-key-reused");
    assert_eq!(app.counts(["leads", "idempotency_keys"]).await, [1, 1]);
});

on_both_databases!(async fn a_refusal_frees_the_key(app) {
    let admin = app.admin().await;
    admin.post("/leads", jane("doe")).await.expect(201);
    let keyed = admin.with("Idempotency-Key", "one");
    keyed.post("/leads", jane("doe")).await.problem(409);
    keyed.post("/leads", jane("other")).await.expect(201);
});

on_both_databases!(async fn twins_at_one_moment_are_one_lead(app) {
    let admin = app.admin().await.with("Idempotency-Key", "one");
    let replies = join_all((0..10).map(|_| admin.post("/leads", jane("doe")))).await;
    let first = replies.iter().find(|reply| reply.header("idempotency-replayed").is_empty()).unwrap();
    for reply in &replies {
        assert_eq!((reply.status, &reply.text), (201, &first.text));
    }
    assert_eq!(replies.iter().filter(|reply| reply.header("idempotency-replayed") == "true").count(), 9);
});

on_both_databases!(async fn a_dry_run_keeps_no_key(app) {
    let admin = app.admin().await.with("Idempotency-Key", "one");
    admin.post("/leads?dry_run=true", jane("doe")).await.expect(200);
    admin.post("/leads", jane("doe")).await.expect(201);
});
