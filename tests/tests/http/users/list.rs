use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::a_user;

on_both_databases!(async fn pages_hold_everybody_once(app) {
    let admin = app.admin().await;
    for number in 0..5 {
        admin.post("/users", a_user(&format!("rep{number}"), "rep")).await.expect(201);
    }
    app.stranger().await;
    let (mut path, mut names) = ("/users?limit=2".to_owned(), vec![]);
    loop {
        let page = admin.get(&path).await.expect(200);
        names.extend(page["data"].as_array().unwrap().iter().map(|user| user["name"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["page"]["next_cursor"].as_str() else {
            assert_eq!((page["page"]["has_more"].as_bool(), page.header("link")), (Some(false), ""));
            break;
        };
        let link = format!("</api/v1/users?limit=2&cursor={cursor}>; rel=\"next\"");
        assert_eq!(page.header("link"), link);
        path = format!("/users?limit=2&cursor={cursor}");
    }
    assert_eq!(names, ["Ada Admin", "rep0", "rep1", "rep2", "rep3", "rep4"]);
});

on_both_databases!(async fn filters_narrow_the_list(app) {
    let admin = app.admin().await;
    let rep = admin.post("/users", a_user("rep", "rep")).await.expect(201);
    admin.post("/users", a_user("viewer", "viewer")).await.expect(201);
    admin.patch(format!("/users/{}", rep.id()), json!({"active": false})).await.expect(200);
    let count = async |query: &str| admin.get(format!("/users?{query}")).await.expect(200)["data"].as_array().unwrap().len();
    assert_eq!(count("role=rep").await, 1);
    assert_eq!(count("active=true").await, 2);
    assert_eq!(count("role=rep&active=true").await, 0);
    assert_eq!(admin.get("/users?role=repp").await.problem(422)["errors"][0]["suggestion"], "rep");
});

on_both_databases!(async fn a_cursor_belongs_to_its_list_and_caller(app) {
    let admin = app.admin().await;
    admin.post("/users", a_user("rep", "rep")).await.expect(201);
    let cursor = admin.get("/users?limit=1").await.expect(200)["page"]["next_cursor"].as_str().unwrap().to_owned();
    admin.get(format!("/users?cursor={cursor}")).await.expect(200);
    for path in [format!("/users?role=rep&cursor={cursor}"), "/users?cursor=AAAA".to_owned()] {
        assert_eq!(admin.get(path).await.problem(422)["code"], "invalid-cursor");
    }
    app.sign_in(Role::Admin).await.get(format!("/users?cursor={cursor}")).await.problem(422);
});
