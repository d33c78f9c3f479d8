use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::a_lead;

on_both_databases!(async fn the_columns_of_a_board_come_in_one_call(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    for (name, source, priority, owned) in
        [("Ann One", "website", "low", true), ("Bea Two", "website", "high", false), ("Cid Three", "referral", "high", true)]
    {
        let mut body = a_lead(name);
        (body["source"], body["priority"]) = (json!(source), json!(priority));
        if owned {
            body["owner_id"] = json!(rep.user.unwrap());
        }
        admin.post("/leads", body).await.expect(201);
    }
    let by = json!(["status", "priority", "source", "owner", "rating", "stage"]);
    let counted = admin.post("/leads/facets", json!({"by": by})).await.expect(200);
    let pairs = |facet: &str| -> Vec<(String, i64)> {
        let of = counted["data"][facet].as_array().unwrap();
        of.iter().map(|one| (one["value"].as_str().unwrap_or("nobody").to_owned(), one["count"].as_i64().unwrap())).collect()
    };
    let expected = |pairs: &[(&str, i64)]| pairs.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect::<Vec<_>>();
    assert_eq!(pairs("status")[0], ("new".to_owned(), 3));
    assert_eq!(pairs("status").len(), 6);
    assert_eq!(pairs("priority"), expected(&[("low", 1), ("medium", 0), ("high", 2), ("critical", 0)]));
    assert_eq!(pairs("source"), expected(&[("website", 2), ("referral", 1)]));
    assert_eq!(pairs("owner"), expected(&[(&rep.user.unwrap().to_string(), 2), ("nobody", 1)]));
    assert_eq!(counted["data"]["source"][0]["label"], "Website");
    for facet in ["rating", "stage"] {
        assert_eq!(pairs(facet).iter().map(|(_, count)| count).sum::<i64>(), 3, "{facet}");
    }

    let wanted = json!({"by": ["status"], "where": {"field": "priority", "op": "eq", "value": "high"}, "q": "two"});
    assert_eq!(admin.post("/leads/facets", wanted).await.expect(200)["data"]["status"][0]["count"], 1);
    // A rep counts what a rep sees: own leads and those that nobody owns.
    let other = app.sign_in(Role::Rep).await.post("/leads/facets", json!({"by": ["status"]})).await.expect(200);
    assert_eq!(other["data"]["status"][0]["count"], 1);
});

on_both_databases!(async fn faults_are_told(app) {
    let admin = app.admin().await;
    let problem = admin.post("/leads/facets", json!({"by": ["statu"]})).await.problem(422);
    assert_eq!((problem["errors"][0]["pointer"].as_str(), problem["errors"][0]["suggestion"].as_str()), (Some("#/by/0"), Some("status")));
    admin.post("/leads/facets", json!({"by": []})).await.problem(422);
    let problem = admin.post("/leads/facets", json!({"by": ["status"], "where": {"field": "x"}})).await.problem(422);
    assert!(problem["errors"][0]["pointer"].as_str().unwrap().starts_with("#/where"));
});
