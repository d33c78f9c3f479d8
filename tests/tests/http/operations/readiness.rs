use leadwright_api::http::middleware::readiness::Stage;
use leadwright_tests::on_both_databases;

on_both_databases!(
    async fn requests_are_served_only_when_everything_is_there(app) {
        let (probe, admin) = (app.anonymous().at_root(), app.admin().await);
        assert_eq!(probe.get("/readyz").await.expect(200)["status"], "ok");

        app.readiness.enter(Stage::Starting);
        let reply = probe.get("/readyz").await;
        assert_eq!(reply.header("retry-after"), "2");
        assert_eq!(reply.problem(503)["state"], "starting");
        let problem = admin.get("/lead-sources").await;
        assert_eq!(problem.header("retry-after"), "2");
        assert_eq!(problem.problem(503)["code"], "unavailable");

        // Whoever comes while the server stops is still served.
        app.readiness.enter(Stage::Stopping);
        assert_eq!(probe.get("/readyz").await.problem(503)["state"], "stopping");
        admin.get("/lead-sources").await.expect(200);
    }

    async fn a_database_that_is_away_is_told(app) {
        let probe = app.anonymous().at_root();
        app.app.db.clone().close().await;
        assert_eq!(probe.get("/readyz").await.problem(503)["state"], "database_unavailable");
    }
);
