use leadwright_tests::on_both_databases;

use super::saved;

on_both_databases!(async fn a_mapping_has_a_tag(app) {
    let admin = app.admin().await;
    let path = format!("/import-mappings/{}", saved(&admin).await.id());
    let read = admin.get(&path).await.expect(200);
    assert_eq!(read["mapping"]["values"]["status"]["Interested!"], "contacted");
    admin.with("If-None-Match", read.etag()).get(&path).await.expect(304);
    app.stranger().await.get(&path).await.problem(404);
});
