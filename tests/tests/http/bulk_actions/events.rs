use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{change, make_many};
use crate::imports::work;

on_both_databases!(async fn whoever_watches_a_bulk_action_sees_it_end(app) {
    let admin = app.admin().await;
    let ids = make_many(&admin, 101).await;
    let job = change(&admin, &ids, json!({"kind": "archive"})).await.expect(202);
    let path = format!("/bulk-actions/{}/events", job.id());
    app.stranger().await.get(&path).await.problem(404);
    let watching = admin.get(&path);
    let working = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        work(&admin).await
    };
    let (stream, _) = tokio::join!(watching, working);
    assert_eq!(stream.header("content-type"), "text/event-stream");
    let kinds: Vec<&str> = stream.text.lines().filter_map(|line| line.strip_prefix("event: ")).collect();
    assert_eq!((kinds.first(), kinds.last()), (Some(&"progress"), Some(&"end")), "{}", stream.text);
    let last = stream.text.lines().filter_map(|line| line.strip_prefix("data: ")).next_back().unwrap();
    let told: serde_json::Value = serde_json::from_str(last).unwrap();
    assert_eq!((&told["state"], &told["result"]["changed"]), (&json!("succeeded"), &json!(101)));
});
