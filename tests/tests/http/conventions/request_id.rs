use leadwright_tests::on_both_databases;

on_both_databases!(
    async fn a_sane_id_is_echoed(app) {
        let longest = "x".repeat(128);
        for id in ["a", "checkout-7.f_3A", longest.as_str()] {
            let reply = app.anonymous().with("X-Request-Id", id).get("/lead-sources").await;
            assert_eq!(reply.header("x-request-id"), id);
        }
    }

    async fn another_one_is_replaced(app) {
        let too_long = "x".repeat(129);
        for id in ["", "two words", "a=b", "<script>", too_long.as_str()] {
            let reply = app.anonymous().with("X-Request-Id", id).get("/lead-sources").await;
            let given: uuid::Uuid = reply.header("x-request-id").parse().unwrap();
            assert_eq!(given.get_version_num(), 7, "{id}");
            assert_eq!(reply["request_id"], given.to_string());
        }
    }

    async fn every_request_has_one_of_its_own(app) {
        let anybody = app.anonymous().at_root();
        let (first, second) = (anybody.get("/healthz").await, anybody.get("/healthz").await);
        assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
    }
);
