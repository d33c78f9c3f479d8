use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{counts, import, leads, people, work};

on_both_databases!(async fn what_an_import_made_is_taken_back_but_for_what_was_worked_on(app) {
    let admin = app.admin().await;
    let known = json!({"contact_name": "Person 0", "email": "person0@example.com", "company_name": "Old", "source": "website", "priority": "low"});
    admin.post("/leads", known).await.expect(201);
    let file = people(600) + "Person 5,person5@example.com,Company 5\n";
    let job = import(&admin, "mode=auto&duplicates=update", file).await;
    assert_eq!(counts(&job)[0], 599);
    let found = admin.get("/leads?q=person7@example.com").await.expect(200);
    let worked = format!("/leads/{}", found["data"][0]["id"].as_str().unwrap());
    admin.patch(&worked, json!({"city": "Rome"})).await.expect(200);
    let gone = admin.get("/leads?q=person9@example.com").await.expect(200);
    let gone = format!("/leads/{}", gone["data"][0]["id"].as_str().unwrap());

    let path = format!("/imports/{}/revert", job.id());
    app.stranger().await.post(&path, json!({})).await.problem(404);
    admin.post(&path, json!({})).await.expect(202);
    assert_eq!(admin.post(&path, json!({})).await.problem(409)["state"], "queued");
    work(&admin).await;
    let job = admin.get(format!("/imports/{}", job.id())).await.expect(200);
    assert_eq!((&job["state"], &job["reverted"]), (&json!("succeeded"), &json!({"removed": 598, "kept": 1})), "{}", job.text);
    assert_eq!(job["result"]["created"], 599);
    assert_eq!(leads(&admin).await.len(), 2);
    admin.get(&worked).await.expect(200);
    admin.get(&gone).await.problem(404);
    assert_eq!(admin.get("/leads?q=person9@example.com&count=exact").await.expect(200)["total"], 0);
    admin.post(&path, json!({})).await.problem(409);

    let again = import(&admin, "mode=auto", people(600)).await;
    assert_eq!(counts(&again), [598, 0, 2, 0]);
});
