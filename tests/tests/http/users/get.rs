use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;

on_both_databases!(async fn a_colleague_is_read_and_nobody_elses(app) {
    let rep = app.sign_in(Role::Rep).await;
    let path = format!("/users/{}", app.admin);
    let user = rep.get(&path).await.expect(200);
    assert_eq!((user["name"].as_str(), user["role"].as_str()), (Some("Ada Admin"), Some("admin")));
    assert!(user.json.as_object().unwrap().keys().all(|member| !member.contains("password")));
    rep.with("If-None-Match", user.etag()).get(&path).await.expect(304);
    app.stranger().await.get(&path).await.problem(404);
});
