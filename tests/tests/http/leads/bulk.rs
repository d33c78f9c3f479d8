use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{a_team, create_own, jane_with};
use crate::{
    bulk_actions::{change, counts, make, make_many},
    imports::work,
    views::save,
};

on_both_databases!(async fn a_few_leads_change_at_once_and_each_tells_of_it(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let team = a_team(&admin, "East", &[&rep]).await;
    let ids = make(&admin, &["ann", "bea", "cid"], json!({})).await;
    let wish = json!({"kind": "assign", "user_id": rep.user, "reason": "workload", "note": "Off to Rome"});
    let first = admin.get(format!("/leads/{}", ids[0])).await.expect(200);
    admin.patch(format!("/leads/{}", ids[1]), json!({"tags": ["VIP"]})).await.expect(200);
    let done = change(&admin.with("Idempotency-Key", "k"), &ids, wish.clone()).await.expect(201);
    assert_eq!(counts(&done), [3, 0, 0]);
    assert_eq!(done.header("location"), format!("/api/v1/bulk-actions/{}", done.id()));
    assert_eq!((&done["action"]["user_id"], &done["action"]["note"], &done["selection"]["ids"]), (&json!(rep.user), &json!("Off to Rome"), &json!(3)));
    let lead = admin.get(format!("/leads/{}", ids[0])).await.expect(200);
    assert_eq!((&lead["owner_id"], &lead["team_id"], &lead["version"]), (&json!(rep.user), &json!(team), &json!(2)));
    admin.with("If-None-Match", first.etag()).get(format!("/leads/{}", ids[0])).await.expect(200);
    let event = &app.events_of(&ids[0]).await[0];
    assert_eq!((event.kind.as_str(), &event.data["bulk_action_id"], &event.data["reason"]), ("lead.assigned", &json!(done.id()), &json!("workload")));
    let again = change(&admin.with("Idempotency-Key", "k"), &ids, wish.clone()).await.expect(201);
    assert_eq!((again.header("idempotency-replayed"), again.id()), ("true", done.id()));
    assert_eq!(counts(&change(&admin, &ids, wish).await.expect(201)), [0, 3, 0]);

    assert_eq!(counts(&change(&admin, &ids, json!({"kind": "add_tags", "tags": ["vip", "Fair"]})).await.expect(201)), [3, 0, 0]);
    assert_eq!(admin.get(format!("/leads/{}", ids[1])).await["tags"], json!(["VIP", "Fair"]));
    assert_eq!(counts(&change(&admin, &ids, json!({"kind": "remove_tags", "tags": ["FAIR"]})).await.expect(201)), [3, 0, 0]);
    assert_eq!(counts(&change(&admin, &ids[..2], json!({"kind": "set_priority", "priority": "critical"})).await.expect(201)), [2, 0, 0]);
    let found = admin.get("/leads?priority=critical&q=jane&count=exact").await.expect(200);
    assert_eq!(found["total"], 2);
    assert_eq!(counts(&change(&admin, &ids, json!({"kind": "archive"})).await.expect(201)), [3, 0, 0]);
    let back = json!({"where": {"field": "priority", "op": "eq", "value": "critical"}, "action": {"kind": "restore"}});
    assert_eq!(counts(&admin.post("/leads/bulk", back).await.expect(201)), [2, 0, 0]);
    assert_eq!(admin.get("/leads?count=exact").await["total"], 2);
});

on_both_databases!(async fn each_lead_goes_by_its_own_rules(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let ids = make(&admin, &["ann", "bea", "cid", "dan", "eve"], json!({})).await;
    admin.post(format!("/leads/{}/transitions", ids[1]), json!({"to": "contacted"})).await.expect(200);
    admin.delete(format!("/leads/{}", ids[2])).await.expect(204);
    admin.post(format!("/leads/{}/merge", ids[0]), json!({"with": [ids[3]]})).await.expect(200);
    let nobody = uuid::Uuid::max().to_string();
    let all: Vec<String> = ids.iter().cloned().chain([nobody.clone(), ids[0].clone()]).collect();
    let move_on = json!({"kind": "transition", "to": "contacted"});
    let dry = admin.post("/leads/bulk?dry_run=true", json!({"ids": all, "action": move_on})).await.expect(200);
    assert_eq!((&dry["total"], &dry["examined"], &dry["result"]["changed"], &dry["result"]["unchanged"]), (&json!(6), &json!(6), &json!(2), &json!(1)));
    assert_eq!(dry["result"]["problems"], json!({"archived": 1, "merged": 1, "not-found": 1}));
    assert_eq!((&dry["sample"][0]["before"]["status"], &dry["sample"][0]["after"]["status"]), (&json!("new"), &json!("contacted")));
    assert_eq!(dry["failures"].as_array().unwrap().len(), 3);
    assert_eq!(app.counts(["bulk_actions"]).await, [0]);
    let done = change(&admin, &all, move_on).await.expect(201);
    assert_eq!((counts(&done), &done["result"]["problems"]), ([2, 1, 3], &dry["result"]["problems"]));
    let qualify = change(&admin, &ids[..1], json!({"kind": "transition", "to": "qualified"})).await.expect(201);
    assert_eq!(qualify["result"]["problems"], json!({"bant-incomplete": 1}));
    let pass = json!({"kind": "transition", "to": "qualified", "override": true, "note": "I know them"});
    assert_eq!(counts(&change(&admin, &ids[..1], pass.clone()).await.expect(201)), [1, 0, 0]);

    // A rep changes what a rep sees, and gives nothing away.
    let own = create_own(&rep, "Own Lead").await;
    admin.post(format!("/leads/{}/assign", ids[1]), json!({"user_id": admin.user, "reason": "other"})).await.expect(200);
    let theirs = [own.id(), ids[1].clone()];
    let done = change(&rep, &theirs, json!({"kind": "set_priority", "priority": "low"})).await.expect(201);
    assert_eq!((counts(&done), &done["result"]["problems"]), ([1, 0, 1], &json!({"not-found": 1})));
    change(&rep, &theirs, json!({"kind": "assign", "user_id": null, "reason": "other"})).await.problem(403);
    change(&rep, &theirs, pass).await.problem(403);
    let all_leads = json!({"where": {"all": []}, "action": {"kind": "archive"}});
    let seen = rep.get("/leads?count=exact").await["total"].clone();
    assert_eq!(rep.post("/leads/bulk?dry_run=true", all_leads).await.expect(200)["total"], seen);
});

on_both_databases!(async fn what_makes_no_sense_is_refused_before_any_lead_is_touched(app) {
    let admin = app.admin().await;
    let ids = make(&admin, &["ann"], json!({})).await;
    let refused = async |body: Value| -> Vec<(String, String)> {
        let problem = admin.post("/leads/bulk", body).await.problem(422);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let errors = problem["errors"].as_array().unwrap().iter();
        errors.map(|one| (text(&one["pointer"]), text(&one["code"]))).collect()
    };
    let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    let archive = json!({"kind": "archive"});
    assert_eq!(refused(json!({"action": archive})).await, one("#", "required"));
    assert_eq!(refused(json!({"ids": ids, "where": {"all": []}, "action": archive})).await, one("#/ids", "not_here"));
    assert_eq!(refused(json!({"ids": ids, "action": {"kind": "archive", "to": "new"}})).await, one("#/action/to", "not_here"));
    for (action, pointer, code) in [
        (json!({"kind": "assign", "user_id": uuid::Uuid::nil(), "reason": "workload"}), "#/action/user_id", "unknown_user"),
        (json!({"kind": "assign", "user_id": null}), "#/action/reason", "required"),
        (json!({"kind": "assign", "user_id": null, "reason": "worklod"}), "#/action/reason", "invalid_choice"),
        (json!({"kind": "assign", "reason": "other"}), "#/action", "required"),
        (json!({"kind": "transition"}), "#/action/to", "required"),
        (json!({"kind": "transition", "to": "converted"}), "#/action/to", "only_by_conversion"),
        (json!({"kind": "transition", "to": "nurture"}), "#/action/reason", "required"),
        (json!({"kind": "set_priority"}), "#/action/priority", "required"),
        (json!({"kind": "add_tags"}), "#/action/tags", "required"),
        (json!({"kind": "add_tag", "tags": ["x"]}), "#/action/kind", "invalid_choice"),
    ] {
        assert_eq!(refused(json!({"ids": ids, "action": action})).await, one(pointer, code), "{action}");
    }
    let both = json!({"view": uuid::Uuid::nil(), "where": {"field": "x"}, "action": archive});
    assert!(refused(both).await.contains(&("#/view".to_owned(), "unknown_view".to_owned())));
    let long = json!({"any": vec![json!({"field": "city", "op": "eq", "value": "x"}); 60]});
    let view = save(&admin, "Long", json!({"where": long})).await.expect(201);
    assert_eq!(refused(json!({"view": view.id(), "where": long, "action": archive})).await, one("#/where", "condition_too_large"));
    assert_eq!(admin.get(format!("/leads/{}", ids[0])).await["version"], 1);
});

on_both_databases!(async fn more_leads_are_a_job_that_changes_what_was_picked(app) {
    let admin = app.admin().await;
    let ids = make_many(&admin, 320).await;
    let view = save(&admin, "Low", json!({"where": {"field": "priority", "op": "eq", "value": "low"}})).await.expect(201);
    // What is changed leaves the view while the job runs, and those who come in later are not meant.
    let body = json!({"view": view.id(), "action": {"kind": "set_priority", "priority": "high"}});
    let job = admin.with("Idempotency-Key", "k").post("/leads/bulk", body.clone()).await.expect(202);
    assert_eq!((&job["state"], job.header("location")), (&json!("queued"), format!("/api/v1/bulk-actions/{}", job.id()).as_str()));
    assert_eq!(admin.with("Idempotency-Key", "k").post("/leads/bulk", body).await.expect(202).id(), job.id());
    admin.post("/leads", jane_with("late", json!({"priority": "low"}))).await.expect(201);
    admin.delete(format!("/views/{}", view.id())).await.expect(204);
    assert_eq!(work(&admin).await, 1);
    let job = admin.get(format!("/bulk-actions/{}", job.id())).await.expect(200);
    assert_eq!((counts(&job), &job["progress"]["done"], &job["progress"]["percent"]), ([320, 0, 0], &json!(320), &json!(100)));
    assert_eq!(admin.get("/leads?priority=high&count=exact").await["total"], 320);
    assert_eq!(admin.get("/leads?priority=low&count=exact").await["total"], 1);
    assert_eq!(app.events_of(&ids[319]).await[0].data["bulk_action_id"], job["id"]);
});
