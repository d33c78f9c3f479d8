use leadwright_domain::access::Role;
use leadwright_tests::{Client, Reply, on_both_databases};
use serde_json::json;

use super::{change, make};

fn ids(page: &Reply) -> Vec<String> {
    page["data"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

on_both_databases!(async fn bulk_actions_come_newest_first_page_by_page(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let leads = make(&admin, &["ann"], json!({})).await;
    let tag = async |client: &Client, tag: &str| {
        change(client, &leads, json!({"kind": "add_tags", "tags": [tag]})).await.expect(201).id()
    };
    let made = [tag(&admin, "a").await, tag(&rep, "b").await, tag(&admin, "c").await];
    let page = admin.get("/bulk-actions?limit=2").await.expect(200);
    assert_eq!(ids(&page), [made[2].clone(), made[1].clone()]);
    let rest = admin.get(format!("/bulk-actions?limit=2&cursor={}", page["page"]["next_cursor"].as_str().unwrap())).await;
    assert_eq!((ids(&rest.expect(200)), &page["page"]["has_more"]), (vec![made[0].clone()], &json!(true)));
    assert_eq!(ids(&rep.get("/bulk-actions").await.expect(200)), [made[1].clone()]);
    assert!(ids(&app.stranger().await.get("/bulk-actions").await.expect(200)).is_empty());
});
