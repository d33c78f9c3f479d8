use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::create;

on_both_databases!(async fn the_newest_come_first_page_by_page(app) {
    let admin = app.admin().await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}/interactions", lead.id());
    let at = |minute: usize| format!("2026-03-01T10:{minute:02}:00{}Z", if minute.is_multiple_of(2) { "" } else { ".500" });
    // Told out of order, two of them at the same moment.
    let done: Vec<_> =
        [3, 1, 4, 1, 5, 0].iter().map(|minute| json!({"kind": "chat", "occurred_at": at(*minute)})).collect();
    admin.post(&path, json!(done)).await.expect(201);
    let (mut seen, mut next) = (vec![], format!("{path}?limit=4"));
    loop {
        let page = admin.get(&next).await.expect(200);
        seen.extend(page["data"].as_array().unwrap().clone());
        if page["page"]["has_more"] == false {
            break;
        }
        let link = page.header("link");
        next = link.trim_start_matches("</api/v1").split('>').next().unwrap().to_owned();
    }
    let times: Vec<&str> = seen.iter().map(|one| one["occurred_at"].as_str().unwrap()).collect();
    assert_eq!(times, [at(5), at(4), at(3), at(1), at(1), at(0)]);
    assert_ne!(seen[3]["id"], seen[4]["id"]);
});

on_both_databases!(async fn some_kinds_only(app) {
    let admin = app.admin().await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}/interactions", lead.id());
    admin.post(&path, json!([{"kind": "chat"}, {"kind": "call"}, {"kind": "custom", "data": {"stars": 5}}])).await.expect(201);
    let page = admin.get(format!("{path}?kind=call,custom")).await.expect(200);
    assert_eq!(page["data"].as_array().unwrap().len(), 2);
    let problem = admin.get(format!("{path}?kind=calls")).await.problem(422);
    assert_eq!(problem["errors"][0]["suggestion"], "call");
    app.stranger().await.get(&path).await.problem(404);
    app.sign_in(Role::Viewer).await.get(&path).await.expect(200);
});
