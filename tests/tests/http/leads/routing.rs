use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_team, create, create_own};

on_both_databases!(async fn a_routed_lead_tells_why(app) {
    let (admin, rep, away) = (app.admin().await, app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let team = a_team(&admin, "Sales", &[&rep, &away]).await;
    admin.patch(format!("/users/{}", away.user.unwrap()), json!({"active": false})).await.expect(200);
    let french = json!({"field": "country", "op": "eq", "value": "FR"});
    let rule = json!({"name": "France", "when": french, "assign": {"user_id": admin.user}});
    admin.post("/routing-rules", rule).await.expect(201);
    let rest = json!({"name": "The rest", "when": {"all": []}, "assign": {"team_id": team}});
    admin.post("/routing-rules", rest).await.expect(201);
    let lead = create(&admin, "Jane Doe").await;
    assert_eq!(lead["owner_id"], json!(rep.user));
    let why = rep.get(format!("/leads/{}/routing", lead.id())).await.expect(200);
    assert_eq!((&why["rule"]["name"], &why["assignment"]["owner_id"]), (&json!("The rest"), &json!(rep.user)));
    assert_eq!(why["tried"][0]["matched"], false);
    let members = why["tried"][1]["members"].as_array().unwrap();
    let of = |user: &leadwright_tests::Client| members.iter().find(|one| one["user_id"] == json!(user.user)).unwrap();
    assert_eq!((&of(&rep)["eligible"], &of(&away)["eligible"]), (&json!(true), &json!(false)));
    assert_eq!(of(&away)["reason"]["code"], "inactive");
    assert!(of(&rep)["reason"]["text"].as_str().unwrap().starts_with("It is their turn"));
});

on_both_databases!(async fn a_lead_that_was_never_routed_says_so(app) {
    let admin = app.admin().await;
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    let why = admin.get(format!("/leads/{}/routing", lead.id())).await.expect(200);
    assert_eq!((&why["decided_at"], &why["tried"]), (&json!(null), &json!([])));
    app.stranger().await.get(format!("/leads/{}/routing", lead.id())).await.problem(404);
});
