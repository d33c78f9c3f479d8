use leadwright_api::http::middleware::readiness::Stage;
use leadwright_tests::on_both_databases;

on_both_databases!(async fn the_process_lives_whatever_else_is_the_matter(app) {
    let probe = app.anonymous().at_root();
    for stage in [Stage::Starting, Stage::Ready, Stage::Stopping] {
        app.readiness.enter(stage);
        assert_eq!(probe.get("/healthz").await.expect(200)["status"], "ok");
    }
    app.app.db.clone().close().await;
    assert_eq!(probe.get("/healthz").await.expect(200)["status"], "ok");
});
