use leadwright_tests::{Client, TestApp, on_both_databases};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{a_lead, create, names};

on_both_databases!(async fn a_condition_chooses_the_leads(app) {
    let admin = app.admin().await;
    for (name, country, size) in [("Ann One", "US", "50-100"), ("Bea Two", "DE", "10"), ("Cid Three", "CA", "500")] {
        let mut body = a_lead(name);
        (body["country"], body["company_size"], body["tags"]) = (json!(country), json!(size), json!(["Spring Fair"]));
        admin.post("/leads", body).await.expect(201);
    }
    create(&admin, "Dan Four").await;
    for (condition, found) in [
        (json!({"all": []}), "Dan Four, Cid Three, Bea Two, Ann One"),
        (json!({"any": []}), ""),
        (json!({"field": "country", "op": "in", "value": ["US", "CA"]}), "Cid Three, Ann One"),
        (json!({"field": "country", "op": "ne", "value": "US"}), "Dan Four, Cid Three, Bea Two"),
        (json!({"not": {"field": "country", "op": "exists", "value": true}}), "Dan Four"),
        (json!({"field": "company_size", "op": "gte", "value": 50}), "Cid Three, Ann One"),
        (json!({"field": "tags", "op": "contains", "value": "SPRING"}), "Cid Three, Bea Two, Ann One"),
        (json!({"interaction": "page_viewed", "count": {"gte": 1}}), ""),
    ] {
        let page = admin.post("/leads/search", json!({"where": condition, "count": "exact"})).await.expect(200);
        assert_eq!(names(&page).join(", "), found, "{condition}");
        assert_eq!(page["total"], names(&page).len());
    }
    let page = admin.post("/leads/search", json!({"q": "ann", "where": null, "fields": ["score"]})).await.expect(200);
    assert_eq!(page["data"][0].as_object().unwrap().len(), 2);
});

on_both_databases!(async fn pages_of_a_search_belong_to_its_condition(app) {
    let admin = app.admin().await;
    for name in ["Ann One", "Bea Two", "Cid Three"] {
        create(&admin, name).await;
    }
    let search = |condition: &str, cursor: Option<&str>| {
        json!({"where": {"field": "contact_name", "op": "ne", "value": condition}, "sort": "created_at", "limit": 2, "cursor": cursor})
    };
    let first = admin.post("/leads/search", search("x", None)).await.expect(200);
    let cursor = first["page"]["next_cursor"].as_str().unwrap();
    let second = admin.post("/leads/search", search("x", Some(cursor))).await.expect(200);
    assert_eq!((names(&first), names(&second)), (vec!["Ann One", "Bea Two"], vec!["Cid Three"]));
    let other = admin.post("/leads/search", search("y", Some(cursor))).await.problem(422);
    assert_eq!(other["code"], "invalid-cursor");
});

on_both_databases!(async fn faults_point_into_the_condition(app) {
    let body = json!({
        "where": {"all": [{"field": "countri", "op": "eq", "value": "US"}, {"field": "score", "op": "contains", "value": 1}]},
        "fields": ["id", "scor"], "q": "!!!"
    });
    let problem = app.admin().await.post("/leads/search", body).await.problem(422);
    let pointers: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["#/fields/1", "#/where/all/0/field", "#/where/all/1/op", "#/q"]);
    assert_eq!(problem["errors"][1]["suggestion"], "country");
    let problem = app.admin().await.post("/leads/search", json!({"sort": "-scor", "limit": 201, "filter": 1})).await.problem(422);
    let pointers: std::collections::BTreeSet<&str> =
        problem["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers.into_iter().collect::<Vec<_>>(), ["#/filter", "#/limit", "#/sort"]);
});

/// A lead with an interaction, and a database that from now on takes forever to look at interactions.
async fn forever(app: &TestApp, admin: &Client) -> Value {
    let lead = create(admin, "Ann One").await;
    let visit = json!({"kind": "page_viewed", "url": "https://example.com/", "visitor_id": "v1"});
    admin.post(format!("/leads/{}/interactions", lead.id()), visit).await.expect(201);
    let database = app.database().await;
    database.execute_unprepared("ALTER TABLE interactions RENAME TO kept").await.unwrap();
    let view = "CREATE VIEW interactions AS WITH RECURSIVE forever(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM forever) \
                SELECT kept.* FROM kept, forever WHERE forever.n < 0";
    database.execute_unprepared(view).await.unwrap();
    database.close().await.unwrap();
    json!({"where": {"interaction": "page_viewed", "count": {"gte": 1}}})
}

on_both_databases!(async fn a_condition_that_takes_too_long_is_given_up(app) {
    let admin = app.admin().await;
    let search = forever(&app, &admin).await;
    let problem = admin.post("/leads/search", search.clone()).await.problem(422);
    assert_eq!(problem["code"], "condition-too-costly");
    assert_eq!(problem["errors"][0]["pointer"], "#/where");
    let facets = json!({"where": search["where"], "by": ["status"]});
    assert_eq!(admin.post("/leads/facets", facets).await.problem(422)["code"], "condition-too-costly");
    admin.get("/leads").await.expect(200);
});
