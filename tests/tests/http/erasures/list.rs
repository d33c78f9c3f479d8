use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;

use super::erase;
use crate::leads::jane;

on_both_databases!(async fn erasures_are_listed_newest_first(app) {
    let admin = app.admin().await;
    let mut done = Vec::new();
    for name in ["ann", "bob", "cleo"] {
        let lead = admin.post("/leads", jane(name)).await.expect(201).id();
        done.push(erase(&admin, &lead).await.id());
    }
    let page = admin.get("/erasures?limit=2").await.expect(200);
    let ids = |page: &leadwright_tests::Reply| -> Vec<String> {
        page["data"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&page), [done[2].clone(), done[1].clone()]);
    let cursor = page["page"]["next_cursor"].as_str().unwrap();
    assert_eq!(ids(&admin.get(format!("/erasures?limit=2&cursor={cursor}")).await.expect(200)), [done[0].clone()]);
    assert_eq!(app.stranger().await.get("/erasures").await.expect(200)["data"].as_array().unwrap().len(), 0);
    app.sign_in(Role::Manager).await.get("/erasures").await.problem(403);
});
