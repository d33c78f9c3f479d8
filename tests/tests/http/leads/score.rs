use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{a_lead, create};

fn sum(component: &Value) -> f64 {
    component["rules"].as_array().unwrap().iter().map(|rule| rule["points"].as_f64().unwrap()).sum()
}

on_both_databases!(async fn the_lines_add_up_to_the_components_and_those_to_the_score(app) {
    let admin = app.admin().await;
    let mut jane = a_lead("Jane Doe");
    for (field, value) in [("job_title", json!("CEO")), ("company_size", json!("50-100")), ("country", json!("US"))] {
        jane[field] = value;
    }
    let lead = admin.post("/leads", jane).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    let done = json!([{"kind": "event_attended", "item": "a"}, {"kind": "event_attended", "item": "b"}]);
    admin.post(format!("{path}/interactions"), done).await.expect(201);
    let score = admin.get(format!("{path}/score")).await.expect(200);
    let components = score["components"].as_array().unwrap();
    let names: Vec<&str> = components.iter().map(|one| one["component"].as_str().unwrap()).collect();
    assert_eq!(names, ["demographic", "behavioral", "firmographic", "adjustment"]);
    for component in components {
        assert_eq!(sum(component), component["points"].as_f64().unwrap(), "{component}");
    }
    let total: i64 = components.iter().map(|one| one["points"].as_i64().unwrap()).sum();
    assert_eq!(score["score"], total);
    assert_eq!(components[1]["points"], 40, "two events give 50, the component at most 40");
    let limit = components[1]["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == "limit").unwrap();
    assert_eq!((limit["points"].as_i64(), limit["reason"]["code"].as_str()), (Some(-10), Some("limited")));
    assert!(limit["reason"]["text"].as_str().unwrap().contains("50"));
    assert!(score["next_change_at"].is_string(), "events fade");
    assert_eq!((&score["adjustments"], &score["model_version"]), (&json!([]), &json!(1)));
});

on_both_databases!(async fn what_is_missing_is_named(app) {
    let admin = app.admin().await;
    let lead = create(&admin, "Jane Doe").await;
    let score = admin.get(format!("/leads/{}/score", lead.id())).await.expect(200);
    let open = score["unevaluable"].as_array().unwrap();
    let country = open.iter().find(|rule| rule["rule"] == "Same country").unwrap_or_else(|| panic!("{score:?}"));
    assert_eq!((&country["points"], &country["missing"]), (&json!(3), &json!(["country"])));
    assert_eq!(score["rating"], "cold");
    assert_eq!(score["recommended_action"], "nurture");
    app.stranger().await.get(format!("/leads/{}/score", lead.id())).await.problem(404);
});

on_both_databases!(async fn time_takes_points_away(app) {
    let admin = app.admin().await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}", lead.id());
    admin.post(format!("{path}/interactions"), json!({"kind": "site_visited"})).await.expect(201);
    app.advance(chrono::TimeDelta::days(30));
    let score = admin.get(format!("{path}/score")).await.expect(200);
    let visited = &score["components"][1]["rules"][0];
    assert_eq!((visited["points"].as_f64(), &visited["reason"]["params"]["faded"]), (Some(2.5), &json!(2.5)));
});
