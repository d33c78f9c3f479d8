use leadwright_tests::{Reply, on_both_databases};
use serde_json::json;

use super::{change, counts, make_many};
use crate::imports::work;

fn leads(page: &Reply) -> Vec<String> {
    page["data"].as_array().unwrap().iter().map(|one| one["lead_id"].as_str().unwrap().to_owned()).collect()
}

on_both_databases!(async fn who_was_left_out_is_listed_with_the_reason_page_by_page(app) {
    let admin = app.admin().await;
    let ids = make_many(&admin, 300).await;
    let archived: Vec<String> = ids.iter().step_by(3).cloned().collect();
    assert_eq!(counts(&change(&admin, &archived, json!({"kind": "archive"})).await.expect(201)), [100, 0, 0]);
    let job = change(&admin, &ids, json!({"kind": "transition", "to": "contacted"})).await.expect(202);
    work(&admin).await;
    let path = format!("/bulk-actions/{}", job.id());
    assert_eq!(counts(&admin.get(&path).await.expect(200)), [200, 0, 100]);
    let mut listed = Vec::new();
    let mut page = admin.get(format!("{path}/failures?limit=30")).await.expect(200);
    assert_eq!(page["data"][0]["code"], "archived");
    assert!(page["data"][0]["detail"].as_str().unwrap().contains("restore"), "{}", page.text);
    loop {
        listed.extend(leads(&page));
        let Some(cursor) = page["page"]["next_cursor"].as_str() else { break };
        page = admin.get(format!("{path}/failures?limit=30&cursor={cursor}")).await.expect(200);
    }
    let mut expected = archived;
    expected.sort();
    assert_eq!(listed, expected);
    app.stranger().await.get(format!("{path}/failures")).await.problem(404);
});
