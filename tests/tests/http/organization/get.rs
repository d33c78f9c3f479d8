use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;

on_both_databases!(async fn everybody_reads_their_own(app) {
    let organization = app.sign_in(Role::Viewer).await.get("/organization").await.expect(200);
    assert_eq!(organization["id"], app.organization.to_string());
    assert_eq!(organization["rep_visibility"], "own");
    assert_eq!(organization["timezone"], "America/New_York");
    let theirs = app.stranger().await.get("/organization").await.expect(200);
    assert_eq!(theirs["name"], "Strangers");
});
