use chrono::TimeDelta;
use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{change, counts, make, make_many, undo};
use crate::imports::work;

on_both_databases!(async fn leads_are_as_they_were_unless_somebody_changed_them_since(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let ids = make(&admin, &["ann", "bea", "cid"], json!({"tags": ["old"]})).await;
    for (action, member) in [
        (json!({"kind": "assign", "user_id": rep.user, "reason": "workload"}), "owner_id"),
        (json!({"kind": "transition", "to": "nurture", "reason": "bad_timing"}), "status"),
        (json!({"kind": "set_priority", "priority": "critical"}), "priority"),
        (json!({"kind": "add_tags", "tags": ["new"]}), "tags"),
        (json!({"kind": "remove_tags", "tags": ["OLD"]}), "tags"),
        (json!({"kind": "archive"}), "archived_at"),
    ] {
        let path = format!("/leads/{}", ids[0]);
        let before = admin.get(&path).await.expect(200);
        let done = change(&admin, &ids, action.clone()).await.expect(201);
        assert_eq!(counts(&done), [3, 0, 0], "{action}");
        assert_ne!(admin.get(&path).await[member], before[member], "{action}");
        let undone = undo(&admin, &done).await.expect(201);
        assert_eq!(counts(&undone), [3, 0, 0], "{}", undone.text);
        let after = admin.get(&path).await.expect(200);
        for member in ["owner_id", "team_id", "status", "status_since", "status_reason", "priority", "tags", "archived_at"] {
            assert_eq!(after[member], before[member], "{action}: {member}");
        }
        let event = &app.events_of(&ids[0]).await[0];
        assert_eq!((&event.data["bulk_action_id"], &event.data["undoes"]), (&undone["id"], &done["id"]));
    }
    let history = admin.get(format!("/leads/{}/history", ids[0])).await.expect(200);
    assert_eq!(history["data"][0]["way"], "by_undo");
});

on_both_databases!(async fn what_was_changed_since_stays_and_an_undo_is_done_once(app) {
    let admin = app.admin().await;
    let ids = make(&admin, &["ann", "bea", "cid"], json!({})).await;
    let done = change(&admin, &ids, json!({"kind": "set_priority", "priority": "critical"})).await.expect(201);
    assert_ne!(done["undo_until"], Value::Null);
    admin.patch(format!("/leads/{}", ids[1]), json!({"city": "Rome"})).await.expect(200);
    app.sign_in(Role::Marketer).await.post(format!("/bulk-actions/{}/undo", done.id()), json!({})).await.problem(403);
    let first = undo(&admin, &done).await.expect(201);
    assert_eq!((counts(&first), &first["result"]["problems"]), ([2, 0, 1], &json!({"stale-version": 1})));
    assert_eq!(first["action"], json!({"kind": "undo", "bulk_action_id": done.id()}));
    let kept = admin.get(format!("/bulk-actions/{}/failures", first.id())).await.expect(200);
    assert_eq!((&kept["data"][0]["lead_id"], kept["data"].as_array().unwrap().len()), (&json!(ids[1]), 1));
    assert_eq!(admin.get(format!("/leads/{}", ids[1])).await["priority"], "critical");
    assert_eq!(undo(&admin, &done).await.expect(200).id(), first.id());
    let read = admin.get(format!("/bulk-actions/{}", done.id())).await.expect(200);
    assert_eq!((&read["undone_by"], &read["undo_until"]), (&first["id"], &Value::Null));
    undo(&admin, &first).await.problem(409);
    app.stranger().await.post(format!("/bulk-actions/{}/undo", done.id()), json!({})).await.problem(404);

    let late = change(&admin, &ids, json!({"kind": "archive"})).await.expect(201);
    app.advance(TimeDelta::days(7) + TimeDelta::minutes(1));
    assert!(undo(&admin, &late).await.problem(409)["detail"].as_str().unwrap().contains("7 days"));
    leadwright_app::worker::round(&app.app).await.unwrap();
    let database = app.database().await;
    let sql = "SELECT count(*) AS number FROM bulk_parts WHERE before IS NOT NULL";
    let statement = sea_orm::Statement::from_string(sea_orm::ConnectionTrait::get_database_backend(&database), sql);
    let row = sea_orm::ConnectionTrait::query_one_raw(&database, statement).await.unwrap().unwrap();
    assert_eq!(row.try_get::<i64>("", "number").unwrap(), 0);
    database.close().await.unwrap();
});

on_both_databases!(async fn what_a_team_had_that_is_gone_stays_where_it_is_and_the_others_go_back(app) {
    let admin = app.admin().await;
    let team = async |name: &str| admin.post("/teams", json!({"name": name})).await.expect(201).id();
    let (east, west) = (team("East").await, team("West").await);
    let ids = make(&admin, &["ann", "bea", "cid"], json!({})).await;
    let to = |team: &str| json!({"kind": "assign", "team_id": team, "reason": "workload"});
    change(&admin, &ids[..1], to(&east)).await.expect(201);
    let done = change(&admin, &ids, to(&west)).await.expect(201);
    admin.delete(format!("/teams/{east}")).await.expect(204);
    let undone = undo(&admin, &done).await.expect(201);
    assert_eq!((counts(&undone), &undone["result"]["problems"]), ([2, 0, 1], &json!({"state-conflict": 1})));
    let of = async |id: &String| admin.get(format!("/leads/{id}")).await["team_id"].clone();
    assert_eq!([of(&ids[0]).await, of(&ids[1]).await], [json!(west), Value::Null]);
});

on_both_databases!(async fn a_large_change_is_undone_by_a_job_also_where_it_took_leads_out_of_sight(app) {
    let (admin, manager, rep) = (app.admin().await, app.sign_in(Role::Manager).await, app.sign_in(Role::Rep).await);
    admin.post("/teams", json!({"name": "East", "member_ids": [rep.user]})).await.expect(201);
    let ids = make_many(&manager, 130).await;
    let job = change(&manager, &ids, json!({"kind": "assign", "user_id": rep.user, "reason": "training"})).await.expect(202);
    undo(&manager, &job).await.problem(409);
    work(&manager).await;
    manager.get(format!("/leads/{}", ids[0])).await.problem(404);
    let ordered = undo(&manager, &job).await.expect(202);
    assert_eq!(undo(&manager, &job).await.expect(202).id(), ordered.id());
    work(&manager).await;
    let undone = manager.get(format!("/bulk-actions/{}", ordered.id())).await.expect(200);
    assert_eq!(counts(&undone), [130, 0, 0]);
    assert_eq!(manager.get(format!("/leads/{}", ids[0])).await.expect(200)["owner_id"], Value::Null);
});
