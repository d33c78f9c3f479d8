use leadwright_tests::on_both_databases;

on_both_databases!(
    async fn large_answers_are_compressed_as_the_caller_likes(app) {
        let admin = app.admin().await;
        for encoding in ["gzip", "br", "zstd"] {
            let reply = admin.with("Accept-Encoding", encoding).get("/lead-sources").await.expect(200);
            assert_eq!(reply.header("content-encoding"), encoding);
            assert!(reply.headers.get_all("vary").iter().any(|value| value.to_str().unwrap().to_lowercase() == "accept-encoding"));
        }
        let reply = admin.get("/lead-sources").await.expect(200);
        assert_eq!(reply.header("content-encoding"), "");
    }

    async fn small_answers_and_problems_stay_as_they_are(app) {
        let caller = app.anonymous().with("Accept-Encoding", "gzip, br");
        let reply = caller.at_root().get("/healthz").await.expect(200);
        assert_eq!(reply.header("content-encoding"), "");
        assert_eq!(caller.get("/lead-sources").await.problem(401)["code"], "unauthorized");
    }

    async fn the_tag_of_other_bytes_is_weak_and_still_known(app) {
        let caller = app.anonymous().at_root().with("Accept-Encoding", "gzip");
        let reply = caller.get("/openapi.json").await.expect(200);
        let tag = reply.header("etag");
        assert!(tag.starts_with("W/\""), "{tag}");
        caller.with("If-None-Match", tag).get("/openapi.json").await.expect(304);
    }

    async fn an_encoding_that_nobody_knows_is_a_problem(app) {
        let caller = app.anonymous().at_root().with("Accept-Encoding", "nonsense, identity;q=0");
        assert_eq!(caller.get("/openapi.json").await.problem(406)["code"], "not-acceptable");
    }
);
