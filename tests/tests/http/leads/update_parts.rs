//! Patches of what has members: they change member by member.

use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{faults, jane, jane_with};

on_both_databases!(async fn bant_is_patched_part_by_part(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane("doe")).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    admin.patch(&path, json!({"bant": {"budget": {"state": "met", "level": 3, "notes": "Ask again"}}})).await.expect(200);
    let after = admin.patch(&path, json!({"bant": {"budget": {"level": 5, "notes": null}, "need": {"state": "not_met"}}})).await.expect(200);
    let budget = &after["bant"]["budget"];
    assert_eq!((&budget["state"], &budget["level"], &budget["notes"]), (&json!("met"), &json!(5), &Value::Null));
    assert_eq!((&after["bant"]["need"]["state"], &after["version"]), (&json!("not_met"), &json!(3)));
    assert_eq!(app.history_of(&lead.id()).await, ["lead.bant_changed", "lead.bant_changed", "lead.created"]);

    let wrong = json!({"bant": {"budget": {"level": 6}, "need": {"state": "maybe", "colour": 1}, "mood": {}}});
    let problem = admin.patch(&path, wrong).await.problem(422);
    let pointers: Vec<&str> = faults(&problem).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["#/bant/budget/level", "#/bant/mood", "#/bant/need/colour", "#/bant/need/state"]);
    let same = admin.patch(&path, json!({"bant": {"budget": {"level": 5}}})).await.expect(200);
    assert_eq!(same["version"], 3);
});

on_both_databases!(async fn custom_fields_are_patched_one_by_one(app) {
    let admin = app.admin().await;
    for (key, kind) in [("seats", "number"), ("trial", "boolean"), ("renewal", "date")] {
        admin.post("/custom-fields", json!({"key": key, "label": key, "kind": kind})).await.expect(201);
    }
    let given = json!({"custom": {"seats": 10, "trial": true, "renewal": "2026-05-01"}});
    let lead = admin.post("/leads", jane_with("doe", given)).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    let after = admin.patch(&path, json!({"custom": {"seats": 12.5, "trial": null}})).await.expect(200);
    assert_eq!(after["custom"], json!({"seats": 12.5, "renewal": "2026-05-01"}));
    let problem = admin.patch(&path, json!({"custom": {"seats": "many", "renewal": "soon", "nosuch": 1}})).await.problem(422);
    let pointers: Vec<&str> = faults(&problem).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["#/custom/nosuch", "#/custom/renewal", "#/custom/seats"]);
    assert_eq!(admin.patch(&path, json!({"custom": null})).await.expect(200)["custom"], json!({}));
});

on_both_databases!(async fn a_required_custom_field_is_demanded_and_kept(app) {
    let admin = app.admin().await;
    let early = admin.post("/leads", jane("early")).await.expect(201).id();
    admin.post("/custom-fields", json!({"key": "seats", "label": "Seats", "kind": "number", "required": true})).await.expect(201);
    let problem = admin.post("/leads", jane("late")).await.problem(422);
    assert_eq!(faults(&problem), [("#/custom/seats", "required")]);
    let lead = admin.post("/leads", jane_with("late", json!({"custom": {"seats": 1}}))).await.expect(201).id();
    let problem = admin.patch(format!("/leads/{lead}"), json!({"custom": {"seats": null}})).await.problem(422);
    assert_eq!(faults(&problem), [("#/custom/seats", "required")]);
    admin.patch(format!("/leads/{early}"), json!({"city": "Rome"})).await.expect(200);
});

on_both_databases!(async fn consent_is_patched_channel_by_channel(app) {
    let admin = app.admin().await;
    let given = json!({"consent": {"email": {"state": "granted", "how": "Form"}, "sms": {"state": "granted"}}});
    let lead = admin.post("/leads", jane_with("doe", given)).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    let after = admin.patch(&path, json!({"consent": {"email": {"state": "withdrawn"}, "sms": null}})).await.expect(200);
    let consent = &after["consent"];
    assert_eq!((&consent["email"]["state"], &consent["email"]["how"]), (&json!("withdrawn"), &json!("Form")));
    assert_eq!(consent["sms"]["state"], "unknown");
    admin.patch(&path, json!({"consent": {"fax": {"state": "granted"}}})).await.problem(422);
});

on_both_databases!(async fn nested_values_keep_what_is_not_named(app) {
    let admin = app.admin().await;
    let given = json!({
        "next_action": {"text": "Call", "due_at": "2026-05-01T10:00:00Z"},
        "annual_revenue": {"amount": 100, "max_amount": 500, "currency": "USD"}, "last_touch": {"utm_source": "google", "utm_medium": "cpc"},
    });
    let lead = admin.post("/leads", jane_with("doe", given)).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    let patch = json!({"next_action": {"due_at": "2026-06-01T10:00:00+02:00"}, "annual_revenue": {"currency": "EUR"}, "last_touch": {"utm_medium": null}});
    let after = admin.patch(&path, patch).await.expect(200);
    assert_eq!(after["next_action"], json!({"text": "Call", "due_at": "2026-06-01T08:00:00Z"}));
    assert_eq!(after["annual_revenue"], json!({"amount": 100, "max_amount": 500, "currency": "EUR"}));
    assert_eq!((&after["last_touch"]["utm_source"], &after["last_touch"]["utm_medium"]), (&json!("google"), &Value::Null));
});
