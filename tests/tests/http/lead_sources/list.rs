use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;

use super::a_source;

on_both_databases!(async fn everybody_reads_the_starting_catalogue(app) {
    let viewer = app.sign_in(Role::Viewer).await;
    let list = viewer.get("/lead-sources").await.expect(200);
    let names: Vec<&str> = list["data"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 13);
    assert!(names.is_sorted());
    assert_eq!(list["page"]["has_more"], false);
});

on_both_databases!(async fn nobody_reads_it_without_a_credential(app) {
    let reply = app.anonymous().get("/lead-sources").await;
    assert_eq!(reply.header("www-authenticate"), "Bearer realm=\"leadwright\"");
    assert_eq!(reply.problem(401)["code"], "unauthorized");
});

on_both_databases!(async fn an_unknown_parameter_is_named(app) {
    let problem = app.admin().await.get("/lead-sources?limitt=3&x=%00").await.problem(422);
    let faults = problem["errors"].as_array().unwrap();
    let parameters: Vec<&str> = faults.iter().map(|fault| fault["parameter"].as_str().unwrap()).collect();
    assert_eq!(parameters.len(), 2);
    assert!(parameters.contains(&"limitt") && parameters.contains(&"x"));
});

on_both_databases!(async fn another_organizations_sources_are_not_in_it(app) {
    let stranger = app.stranger().await;
    stranger.post("/lead-sources", a_source("Strange")).await.expect(201);
    let list = app.admin().await.get("/lead-sources").await.expect(200);
    assert!(list["data"].as_array().unwrap().iter().all(|source| source["name"] != "Strange"));
});
