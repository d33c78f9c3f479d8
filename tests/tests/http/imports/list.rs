use leadwright_tests::on_both_databases;

use super::{people, send, work};

on_both_databases!(async fn imports_are_listed_newest_first(app) {
    let admin = app.admin().await;
    let mut ids = Vec::new();
    for count in 1..=3 {
        ids.insert(0, send(&admin, "mode=auto", people(count)).await.expect(202).id());
    }
    let first = admin.get("/imports?limit=2").await.expect(200);
    let second = admin.get(format!("/imports?limit=2&cursor={}", first["page"]["next_cursor"].as_str().unwrap())).await.expect(200);
    let pages = [&first, &second].map(|page| page["data"].as_array().unwrap().clone()).concat();
    assert_eq!(pages.iter().map(|import| import["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    // The server's own worker may have taken one of them meanwhile.
    for _ in 0..100 {
        work(&admin).await;
        if admin.get("/imports?state=succeeded").await.expect(200)["data"].as_array().unwrap().len() == ids.len() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(admin.get("/imports?state=succeeded").await.expect(200)["data"].as_array().unwrap().len(), 3);
    assert!(app.stranger().await.get("/imports").await.expect(200)["data"].as_array().unwrap().is_empty());
});
