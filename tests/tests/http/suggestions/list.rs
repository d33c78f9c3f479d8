use futures_util::future::join_all;
use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{a_form, a_suggestion, post};
use crate::leads::jane_with;

on_both_databases!(async fn suggestions_are_paged_filtered_and_seen_as_leads_are(app) {
    let (admin, ann, bob) = (app.admin().await, app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let form = a_form(&admin).await;
    for (name, rep) in [("ann", &ann), ("bob", &bob), ("cid", &bob)] {
        rep.post("/leads", jane_with(name, json!({"city": "Bonn", "country": "DE", "owner_id": rep.user}))).await.expect(201);
        let said = json!({"name": format!("Jane {name}"), "email": format!("{name}@example.com"), "city": "Ulm", "country": "AT"});
        post(&admin, &form, said).await;
    }
    let names = |page: &leadwright_tests::Reply| -> Vec<String> {
        let name = |one: &Value| format!("{} {}", one["lead"]["contact_name"].as_str().unwrap(), one["field"].as_str().unwrap());
        page["data"].as_array().unwrap().iter().map(name).collect()
    };
    let all = admin.get("/suggestions").await.expect(200);
    assert_eq!(names(&all).len(), 6, "{}", all.text);
    let cities = admin.get("/suggestions?field=city&limit=2").await.expect(200);
    assert_eq!(names(&cities), ["Jane cid city", "Jane bob city"]);
    let cursor = cities["page"]["next_cursor"].as_str().unwrap();
    let rest = admin.get(format!("/suggestions?field=city&limit=2&cursor={cursor}")).await.expect(200);
    assert_eq!((names(&rest), &rest["page"]["has_more"]), (vec!["Jane ann city".to_owned()], &json!(false)));
    assert_eq!(names(&ann.get("/suggestions").await.expect(200)), ["Jane ann city", "Jane ann country"]);
    let hers = all["data"].as_array().unwrap().iter().find(|one| one["lead"]["contact_name"] == "Jane ann").unwrap();
    let address = format!("/suggestions/{}", hers["id"].as_str().unwrap());
    bob.get(&address).await.problem(404);
    bob.post(format!("{address}/accept"), Value::Null).await.problem(404);
    bob.post(format!("{address}/dismiss"), Value::Null).await.problem(404);
    assert_eq!(admin.get("/suggestions?writer=sync").await.expect(200)["data"], json!([]));
    let wrong = admin.get("/suggestions?state=gone&writer=me&field=ctiy&lead_id=x&limit=0").await.problem(422);
    assert_eq!(wrong["errors"].as_array().unwrap().len(), 5, "{wrong}");
    // What is archived asks nobody.
    admin.delete(format!("/leads/{}", hers["lead_id"].as_str().unwrap())).await.expect(204);
    assert_eq!(names(&admin.get("/suggestions").await.expect(200)).len(), 4);
});

on_both_databases!(async fn many_who_say_the_same_at_once_suggest_it_once(app) {
    let admin = app.admin().await;
    let (lead, _) = a_suggestion(&admin).await;
    let form = a_form(&admin).await;
    let towns = ["Ulm", "Hamm"];
    let say = |number: usize| json!({"name": "Jane sue", "email": "sue@example.com", "city": towns[number % 2], "message": format!("{number}")});
    join_all((0..12).map(|number| post(&admin, &form, say(number)))).await;
    let found = admin.get(format!("/suggestions?lead_id={}", lead.id())).await.expect(200);
    let mut values: Vec<_> = found["data"].as_array().unwrap().iter().map(|one| one["value"].as_str().unwrap()).collect();
    values.sort_unstable();
    assert_eq!(values, ["Hamm", "Ulm"], "{}", found.text);
    // No lead keeps more than twenty.
    for number in 0..25 {
        post(&admin, &form, json!({"name": "Jane sue", "email": "sue@example.com", "city": format!("Town {number}")})).await;
    }
    let found = admin.get(format!("/leads/{}/suggestions?limit=200", lead.id())).await.expect(200);
    let values: Vec<_> = found["data"].as_array().unwrap().iter().map(|one| one["value"].as_str().unwrap()).collect();
    assert_eq!((values.len(), values[0], values[19]), (20, "Town 24", "Town 5"));
});
