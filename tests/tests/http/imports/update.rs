use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{counts, import, leads, send, work};

const FILE: &str = "Who,Contact point,Joined,Colour\nAnn One,ann@example.com,03/04/2024,red\nBea Two,bea@example.com,25/12/2023,blue\n";

on_both_databases!(async fn a_look_at_the_preview_says_what_columns_stand_for(app) {
    let admin = app.admin().await;
    let job = import(&admin, "", FILE).await;
    assert_eq!((&job["preview"]["create"], &job["preview"]["reject"]), (&2.into(), &0.into()), "{}", job.text);
    assert_eq!(job["preview"]["rows"][0]["lead"]["contact_name"], "ann", "nothing but the addresses is told by its cells");
    let path = format!("/imports/{}", job.id());
    let mapping = json!({
        "columns": {"who": "contact_name", "contact point": "email", "Joined": "created_at"}, "other_columns": "notes",
    });
    let seen = admin.get(&path).await.etag();
    let body = json!({"mapping": mapping, "default_source": "trade_show", "default_company": "Fair Inc"});
    app.stranger().await.patch(&path, body.clone()).await.problem(404);
    let changed = admin.with("If-Match", &seen).patch(&path, body.clone()).await.expect(200);
    assert_eq!((&changed["state"], &changed["preview"]), (&json!("queued"), &json!(null)));
    assert_eq!(admin.patch(&path, body).await.problem(409)["state"], "queued");
    work(&admin).await;
    let job = admin.get(&path).await.expect(200);
    assert_eq!((&job["state"], &job["preview"]["create"]), (&json!("awaiting_confirmation"), &2.into()), "{}", job.text);

    admin.post(format!("{path}/confirm"), json!({})).await.expect(202);
    work(&admin).await;
    assert_eq!(counts(&admin.get(&path).await), [2, 0, 0, 0]);
    let found = leads(&admin).await;
    // 25/12 tells that the day comes first in the whole column.
    assert_eq!(found[1].created_at.to_rfc3339(), "2024-04-03T00:00:00+00:00");
    assert_eq!(found[1].profile.notes.as_deref(), Some("Colour: red"));
    assert_eq!(found[1].profile.company_name.as_deref(), Some("Fair Inc"));
});

on_both_databases!(async fn what_cannot_be_is_named_at_once(app) {
    let admin = app.admin().await;
    let job = import(&admin, "", FILE).await;
    let body = json!({"mapping": {"columns": {"Who": "nmae"}}, "default_source": "nowhere"});
    let problem = admin.patch(format!("/imports/{}", job.id()), body).await.problem(422);
    let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|fault| fault["pointer"].clone()).collect();
    assert_eq!(pointers, ["#/mapping/columns/Who", "#/default_source"]);
    let query = "mapping=%7B%22columns%22%3A%7B%22Who%22%3A%22contact_name%22%2C%22Contact%20point%22%3A%22email%22%7D%7D";
    assert_eq!(counts(&import(&admin, &format!("mode=auto&{query}"), FILE).await), [2, 0, 0, 0]);
    let problem = send(&admin, "mapping=%7B%22columns%22%3A%7B%22Who%22%3A%22x%22%7D%7D&mapping_id=7", FILE).await.problem(422);
    let named: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|fault| fault["parameter"].clone()).collect();
    assert_eq!(named, ["mapping_id", "mapping"]);
});
