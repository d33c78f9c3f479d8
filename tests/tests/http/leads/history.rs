use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::create_own;

on_both_databases!(async fn every_move_tells_how_long_it_took(app) {
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}", lead.id());
    app.advance(chrono::TimeDelta::hours(2));
    rep.post(format!("{path}/transitions"), json!({"to": "contacted"})).await.expect(200);
    app.advance(chrono::TimeDelta::days(1));
    let aside = json!({"to": "nurture", "reason": "no_budget", "note": "Next year"});
    rep.post(format!("{path}/transitions"), aside).await.expect(200);
    app.advance(chrono::TimeDelta::hours(1));
    let history = rep.get(format!("{path}/history")).await.expect(200);
    let moves = history["data"].as_array().unwrap();
    assert_eq!((&moves[0]["from"], &moves[0]["to"], &moves[0]["reason"]), (&json!("contacted"), &json!("nurture"), &json!("no_budget")));
    assert_eq!((&moves[0]["note"], &moves[0]["actor"]["id"]), (&json!("Next year"), &json!(rep.user)));
    let about = |seconds: &serde_json::Value, expected: i64| (seconds.as_i64().unwrap() - expected).abs() < 60;
    assert!(about(&moves[0]["spent_seconds"], 86_400) && about(&moves[1]["spent_seconds"], 7_200), "{moves:?}");
    assert_eq!(history["current"]["status"], "nurture");
    assert!(about(&history["current"]["status_seconds"], 3_600));
    assert!(about(&history["current"]["stage_seconds"], 86_400 + 10_800), "the hand-off has stood from the beginning");
    let first = rep.get(format!("{path}/history?limit=1")).await.expect(200);
    let next = first.header("link").trim_start_matches("</api/v1").split('>').next().unwrap().to_owned();
    let second = rep.get(next).await.expect(200);
    assert_eq!(second["data"], json!([moves[1]]));
    assert_eq!(second["page"]["has_more"], false);
    app.stranger().await.get(format!("{path}/history")).await.problem(404);
});
