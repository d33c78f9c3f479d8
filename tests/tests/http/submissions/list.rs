use leadwright_tests::on_both_databases;
use serde_json::json;

use crate::capture::{a_form, somebody};

on_both_databases!(async fn submissions_are_paged_newest_first(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let mut receipts = Vec::new();
    for number in 0..5 {
        receipts.push(world.post(&path, somebody(&format!("n{number}"))).await.expect(202).text_of("receipt_id"));
    }
    receipts.reverse();
    let mut found = Vec::new();
    let mut next = "/submissions?limit=2".to_owned();
    for pages in 1.. {
        let page = admin.get(&next).await.expect(200);
        found.extend(page["data"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        assert!(pages <= 3);
        let Some(cursor) = page["page"]["next_cursor"].as_str() else {
            assert_eq!((page["page"]["has_more"].as_bool(), page.header("link")), (Some(false), ""));
            break;
        };
        assert!(page.header("link").contains("rel=\"next\"") && page.header("link").contains(cursor));
        next = format!("/submissions?limit=2&cursor={cursor}");
    }
    assert_eq!(found, receipts);
});

on_both_databases!(async fn those_of_a_form_or_state_are_found(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (form, path) = a_form(&app, json!({})).await;
    let (_, other) = a_form(&app, json!({})).await;
    world.post(&path, somebody("one")).await.expect(202);
    let failed = world.post(&path, json!({})).await.problem(422)["receipt_id"].clone();
    world.post(&other, somebody("two")).await.expect(202);
    let list = admin.get(format!("/submissions?form_id={}", form.id())).await.expect(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 2);
    let list = admin.get("/submissions?state=failed").await.expect(200);
    assert_eq!((list["data"].as_array().unwrap().len(), &list["data"][0]["id"]), (1, &failed));
    let list = app.stranger().await.get("/submissions").await.expect(200);
    assert_eq!(list["data"], json!([]));
    let problem = admin.get("/submissions?state=faild&limit=0&form_id=x&colour=red").await.problem(422);
    assert_eq!(problem["errors"].as_array().unwrap().len(), 4, "{problem}");
    admin.get("/submissions?cursor=nonsense").await.problem(422);
});
