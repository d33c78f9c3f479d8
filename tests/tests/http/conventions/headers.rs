use leadwright_tests::{TestApp, on_both_databases};

on_both_databases!(
    async fn every_answer_is_safe_in_a_browser(app) {
        let admin = app.admin().await;
        let replies = [
            admin.get("/lead-sources").await.expect(200),
            admin.get("/nothing").await.expect(404),
            app.anonymous().get("/lead-sources").await.expect(401),
        ];
        for reply in replies {
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
            assert!(reply.header("content-security-policy").starts_with("default-src 'none'; frame-ancestors 'none'"));
            assert_eq!(reply.header("x-frame-options"), "DENY");
            assert_eq!(reply.header("referrer-policy"), "no-referrer");
            assert_eq!(reply.header("x-robots-tag"), "noindex, nofollow");
            assert_eq!(reply.header("cache-control"), "no-store");
            assert_eq!(reply.header("strict-transport-security"), "");
            assert_eq!(reply.header("server"), "");
        }
    }
);

on_both_databases!(
    async fn behind_tls_browsers_are_told_to_insist_on_it(
        app = TestApp::builder().variable("LEADWRIGHT_PUBLIC_URL", "https://leads.example.com/")
    ) {
        let reply = app.anonymous().get("/lead-sources").await;
        assert!(reply.header("strict-transport-security").starts_with("max-age=63072000"));
    }
);
