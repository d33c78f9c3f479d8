use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;

on_both_databases!(async fn a_session_is_ended_from_another(app) {
    let (phone, desk) = (app.admin().await, app.admin().await);
    let list = desk.get("/me/sessions").await.expect(200);
    let other = list["data"].as_array().unwrap().iter().find(|session| session["current"] == false).unwrap();
    let path = format!("/me/sessions/{}", other["id"].as_str().unwrap());
    phone.get("/me").await.expect(200);
    desk.delete(&path).await.expect(204);
    phone.get("/me").await.problem(401);
    desk.delete(&path).await.expect(204);
    assert_eq!(desk.get("/me/sessions").await["data"].as_array().unwrap().len(), 1);
});

on_both_databases!(async fn ones_own_is_ended_by_signing_out(app) {
    let admin = app.admin().await;
    let list = admin.get("/me/sessions").await.expect(200);
    let own = list["data"].as_array().unwrap().iter().find(|session| session["current"] == true).unwrap();
    let path = format!("/me/sessions/{}", own["id"].as_str().unwrap());
    assert_eq!(admin.delete(&path).await.problem(409)["code"], "state-conflict");
    admin.get("/me").await.expect(200);
});

on_both_databases!(async fn nobody_ends_somebody_elses(app) {
    let admin = app.admin().await;
    let list = admin.get("/me/sessions").await.expect(200);
    let path = format!("/me/sessions/{}", list["data"][0]["id"].as_str().unwrap());
    app.sign_in(Role::Admin).await.delete(&path).await.problem(404);
    app.stranger().await.delete(&path).await.problem(404);
    admin.get("/me").await.expect(200);
});
