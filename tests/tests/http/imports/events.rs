use leadwright_tests::on_both_databases;

use super::{import, people, send, work};

on_both_databases!(async fn a_stream_tells_how_an_import_stands_and_ends_with_it(app) {
    let admin = app.admin().await;
    let job = import(&admin, "mode=auto", people(3)).await;
    let path = format!("/imports/{}/events", job.id());
    let stream = admin.get(&path).await.expect(200);
    assert_eq!(stream.header("content-type"), "text/event-stream");
    assert!(stream.text.starts_with("event: end\nid: "), "{}", stream.text);
    let data = stream.text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    let told: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!((&told["state"], &told["result"]["created"]), (&"succeeded".into(), &3.into()));
    app.stranger().await.get(&path).await.problem(404);
});

on_both_databases!(async fn whoever_watches_sees_it_end(app) {
    let admin = app.admin().await;
    let job = send(&admin, "mode=auto", people(3)).await.expect(202);
    let path = format!("/imports/{}/events", job.id());
    let watching = admin.get(&path);
    let working = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        work(&admin).await
    };
    let (stream, _) = tokio::join!(watching, working);
    let kinds: Vec<&str> = stream.text.lines().filter_map(|line| line.strip_prefix("event: ")).collect();
    assert_eq!((kinds.first(), kinds.last()), (Some(&"progress"), Some(&"end")), "{}", stream.text);
});
