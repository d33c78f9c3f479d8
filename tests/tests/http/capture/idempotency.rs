use futures_util::future::join_all;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_form, somebody};

on_both_databases!(async fn a_repeat_gets_the_first_receipt(app) {
    let (_, path) = a_form(&app, json!({})).await;
    let shop = app.anonymous().with("Idempotency-Key", "order-1");
    let first = shop.post(&path, somebody("doe")).await.expect(202);
    let again = shop.post(&path, somebody("doe")).await.expect(202);
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
    assert_eq!(shop.post(&path, somebody("else")).await.problem(422)["code"], "idempotency-key-reused");
    let (_, other) = a_form(&app, json!({})).await;
    let elsewhere = shop.post(&other, somebody("doe")).await.expect(202);
    assert_ne!(elsewhere["receipt_id"], first["receipt_id"], "keys of two forms don't meet");
    assert_eq!(app.counts(["submissions", "leads"]).await, [2, 1]);
});

on_both_databases!(async fn twins_at_one_moment_are_one_submission(app) {
    let (_, path) = a_form(&app, json!({})).await;
    let shop = app.anonymous().with("Idempotency-Key", "order-1");
    let replies = join_all((0..12).map(|_| shop.post(&path, somebody("doe")))).await;
    for reply in &replies {
        assert_eq!((reply.status, &reply.text), (202, &replies[0].text));
    }
    assert_eq!(app.counts(["submissions", "leads", "idempotency_keys"]).await, [1, 1, 1]);
});

on_both_databases!(async fn what_was_unfit_may_be_mended_under_the_same_key(app) {
    let (_, path) = a_form(&app, json!({})).await;
    let shop = app.anonymous().with("Idempotency-Key", "order-1");
    shop.post(&path, json!({"name": "Jane"})).await.problem(422);
    shop.post(&path, somebody("doe")).await.expect(202);
});
