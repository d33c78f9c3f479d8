use leadwright_domain::access::Role;
use leadwright_tests::{Client, Reply, on_both_databases};
use serde_json::{Value, json};

use super::save;
use crate::leads::jane_with;

async fn leads(client: &Client) {
    for (name, priority, city) in
        [("ann", "high", "Rome"), ("bea", "high", "Oslo"), ("cid", "low", "Rome"), ("dan", "high", "Rome")]
    {
        client.post("/leads", jane_with(name, json!({"priority": priority, "city": city}))).await.expect(201);
    }
}

fn names(page: &Reply) -> Vec<&str> {
    page["data"].as_array().unwrap().iter().map(|lead| lead["contact_name"].as_str().unwrap()).collect()
}

on_both_databases!(async fn a_list_shows_a_view_and_narrows_it_down(app) {
    let admin = app.admin().await;
    leads(&admin).await;
    let view = save(&admin, "Urgent", json!({"sort": "created_at", "fields": ["contact_name"], "shared": true})).await.expect(201);
    let list = format!("/leads?view={}", view.id());
    let page = admin.get(format!("{list}&count=exact&limit=2")).await.expect(200);
    assert_eq!((names(&page), &page["total"]), (vec!["Jane ann", "Jane bea"], &json!(3)));
    assert_eq!(page["data"][0].as_object().unwrap().len(), 2, "id and the members of the view: {}", page["data"][0]);
    let cursor = page["page"]["next_cursor"].as_str().unwrap();
    let next = admin.get(format!("{list}&count=exact&limit=2&cursor={cursor}")).await.expect(200);
    assert_eq!(names(&next), ["Jane dan"]);
    admin.get(format!("/leads?limit=2&sort=created_at&cursor={cursor}")).await.problem(422);
    assert!(page.header("link").contains("view="), "{}", page.header("link"));
    let narrowed = admin.get(format!("{list}&q=dan&sort=-created_at&fields=contact_name,city")).await.expect(200);
    assert_eq!((names(&narrowed), &narrowed["data"][0]["city"]), (vec!["Jane dan"], &json!("Rome")));
    assert_eq!(names(&admin.get(format!("{list}&priority=low")).await.expect(200)), Vec::<&str>::new());

    let rome = json!({"field": "city", "op": "eq", "value": "Rome"});
    let found = admin.post("/leads/search", json!({"view": view.id(), "where": rome})).await.expect(200);
    assert_eq!(names(&found), ["Jane ann", "Jane dan"]);
    let counted = admin.post("/leads/facets", json!({"view": view.id(), "where": rome, "by": ["priority"]})).await.expect(200);
    let high = json!({"value": "high", "label": null, "count": 2});
    assert!(counted["data"]["priority"].as_array().unwrap().contains(&high), "{}", counted.text);
    // Through a shared view everybody sees their own.
    admin.patch(format!("/leads/{}", page["data"][0]["id"].as_str().unwrap()), json!({"city": "Bern"})).await.expect(200);
    let other = admin.post("/leads/search", json!({"where": rome})).await.expect(200);
    assert_eq!(names(&other).len(), 2);
    assert_eq!(names(&app.sign_in(Role::Rep).await.get(&list).await.expect(200)).len(), 3);
});

on_both_databases!(async fn what_a_view_says_of_archived_leads_holds_unless_the_list_says_otherwise(app) {
    let admin = app.admin().await;
    leads(&admin).await;
    let gone = admin.get("/leads?q=dan").await["data"][0]["id"].as_str().unwrap().to_owned();
    admin.delete(format!("/leads/{gone}")).await.expect(204);
    let view = save(&admin, "Bin", json!({"archived": "true", "q": "jane"})).await.expect(201);
    let list = format!("/leads?view={}", view.id());
    assert_eq!(names(&admin.get(&list).await.expect(200)), ["Jane dan"]);
    assert_eq!(names(&admin.get(format!("{list}&archived=any")).await.expect(200)).len(), 3);
    let counted = admin.post("/leads/facets", json!({"view": view.id(), "by": ["status"]})).await.expect(200);
    assert_eq!(counted["data"]["status"][0]["count"], 1);
});

on_both_databases!(async fn a_view_that_can_no_longer_be_read_says_so_and_is_mended(app) {
    let admin = app.admin().await;
    let field = json!({"key": "size", "label": "Size", "kind": "single_select", "options": ["Small", "Large"]});
    let field = admin.post("/custom-fields", field).await.expect(201);
    let large = json!({"field": "custom.size", "op": "eq", "value": "Large"});
    let view = save(&admin, "Large", json!({"where": large})).await.expect(201);
    let path = format!("/views/{}", view.id());
    admin.patch(format!("/custom-fields/{}", field.id()), json!({"options": ["Small", "Huge"]})).await.expect(200);
    let broken = admin.with("If-None-Match", view.etag()).get(&path).await.expect(200);
    let why = "custom.size: `Large` is none of the options; give one of Small, Huge";
    assert_eq!(broken["broken"], json!([why]));
    let problem = admin.get(format!("/leads?view={}&score_gte=x", view.id())).await.problem(422);
    let codes: Vec<&Value> = problem["errors"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(codes, ["broken_view", "wrong_type"], "{problem}");
    assert!(problem["errors"][0]["detail"].as_str().unwrap().contains(why), "{problem}");
    let problem = admin.post("/leads/search", json!({"view": view.id()})).await.problem(422);
    assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("#/view"), &json!("broken_view")));
    admin.patch(&path, json!({"name": "Huge"})).await.expect(200);
    let mended = admin.patch(&path, json!({"where": {"field": "custom.size", "op": "eq", "value": "Huge"}})).await.expect(200);
    assert_eq!(mended["broken"], json!([]));
    admin.get(format!("/leads?view={}", view.id())).await.expect(200);
    admin.get("/leads?view=mine").await.problem(422);
});
