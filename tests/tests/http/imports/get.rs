use leadwright_tests::on_both_databases;

use super::{people, send, work};

on_both_databases!(async fn an_import_is_read_by_its_organization(app) {
    let admin = app.admin().await;
    let sent = send(&admin, "mode=auto", people(2)).await.expect(202);
    let path = format!("/imports/{}", sent.id());
    let before = admin.get(&path).await.expect(200);
    work(&admin).await;
    let after = admin.get(&path).await.expect(200);
    assert_ne!(before.etag(), after.etag());
    admin.with("If-None-Match", after.etag()).get(&path).await.expect(304);
    app.stranger().await.get(&path).await.problem(404);
});
