use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_tag_has_a_name_and_a_colour(app) {
    let marketer = app.sign_in(Role::Marketer).await;
    let created = marketer.post("/tags", json!({"name": " VIP ", "color": "#d4af37"})).await.expect(201);
    assert_eq!((created["name"].as_str(), created["color"].as_str()), (Some("VIP"), Some("#d4af37")));
    assert_eq!(marketer.post("/tags", json!({"name": "vip"})).await.problem(409)["field"], "name");
    app.stranger().await.post("/tags", json!({"name": "VIP"})).await.expect(201);
    app.sign_in(Role::Rep).await.post("/tags", json!({"name": "Mine"})).await.problem(403);
});

on_both_databases!(async fn a_colour_is_six_hexadecimal_digits(app) {
    for color in ["red", "#fff", "d4af37", "#d4af3g"] {
        let problem = app.admin().await.post("/tags", json!({"name": "VIP", "color": color})).await.problem(422);
        assert_eq!(problem["errors"][0]["pointer"], "#/color", "{color}");
    }
});
