//! The same post twice within the window of a form is one submission.

use chrono::TimeDelta;
use futures_util::future::join_all;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_form, somebody};

on_both_databases!(async fn the_same_post_within_the_window_is_one(app) {
    let world = app.anonymous();
    let (_, path) = a_form(&app, json!({"duplicate_window_seconds": 600, "duplicate_policy": "flag"})).await;
    let bodies: Vec<_> = (0..40).map(|number| somebody(&format!("n{}", number % 4))).collect();
    let answers = join_all(bodies.iter().map(|body| world.post(&path, body.clone()))).await;
    let mut receipts: Vec<String> = answers.into_iter().map(|answer| answer.expect(202).text_of("receipt_id")).collect();
    let first = receipts[0].clone();
    receipts.sort();
    receipts.dedup();
    assert_eq!((receipts.len(), app.counts(["leads", "submissions"]).await), (4, [4, 4]));

    let encoded = "application/x-www-form-urlencoded";
    let one = world.post_raw(&path, encoded, "name=Bo&email=bo%40li.example&tag=a&tag=b").await.expect(202);
    let turned = world.post_raw(&path, encoded, "email=bo%40li.example&tag=a&tag=b&name=Bo").await.expect(202);
    assert_eq!(one.text_of("receipt_id"), turned.text_of("receipt_id"), "the order of inputs says nothing");
    let other = world.post_raw(&path, encoded, "email=bo%40li.example&tag=b&tag=a&name=Bo").await.expect(202);
    assert_ne!(one.text_of("receipt_id"), other.text_of("receipt_id"), "but that of one input's values does");

    let mut token = somebody("n0");
    token["form_token"] = json!("another try, another token");
    assert_eq!(world.post(&path, token).await.expect(202).text_of("receipt_id"), first);
    let mut other = somebody("n0");
    other["message"] = json!("One more thing");
    assert_ne!(world.post(&path, other).await.expect(202).text_of("receipt_id"), first);
    app.advance(TimeDelta::seconds(601));
    assert_ne!(world.post(&path, somebody("n0")).await.expect(202).text_of("receipt_id"), first);
    assert_eq!(app.counts(["submissions"]).await, [8]);

    let (_, plain) = a_form(&app, json!({})).await;
    world.post(&plain, somebody("n0")).await.expect(202);
    world.post(&plain, somebody("n0")).await.expect(202);
    assert_eq!(app.counts(["submissions"]).await, [10], "without a window, each post is kept");
});
