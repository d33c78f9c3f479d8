use leadwright_tests::on_both_databases;

use super::id_of;

on_both_databases!(async fn a_known_version_is_not_sent_again(app) {
    let admin = app.admin().await;
    let path = format!("/lead-sources/{}", id_of(&admin, "trade_show").await);
    let source = admin.get(&path).await.expect(200);
    assert_eq!(source["code"], "trade_show");

    let again = admin.with("If-None-Match", source.etag()).get(&path).await.expect(304);
    assert_eq!(again.text, "");
    assert_eq!(again.etag(), source.etag());
    admin.with("If-None-Match", format!("\"0.0.0\", W/{}", source.etag())).get(&path).await.expect(304);
    admin.with("If-None-Match", "\"0.0.0\"").get(&path).await.expect(200);
});

on_both_databases!(async fn what_is_not_there_is_not_found(app) {
    let admin = app.admin().await;
    let theirs = id_of(&app.stranger().await, "trade_show").await;
    for id in ["0190a7a0-0000-7000-8000-000000000000", "trade_show", theirs.as_str()] {
        assert_eq!(admin.get(format!("/lead-sources/{id}")).await.problem(404)["code"], "not-found");
    }
});
