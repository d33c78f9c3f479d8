use leadwright_tests::{Client, Reply, TestApp, on_both_databases};
use reqwest::Method;

const OURS: &str = "https://app.example.com";

fn listed() -> leadwright_tests::Builder {
    TestApp::builder().variable("LEADWRIGHT_CORS_ORIGINS", "https://app.example.com, http://localhost:3000")
}

async fn preflight(client: &Client, origin: &str, path: &str) -> Reply {
    let asking = client.with("Origin", origin).with("Access-Control-Request-Method", "PATCH");
    asking.send(Method::OPTIONS, path, None).await
}

on_both_databases!(
    async fn pages_of_listed_origins_may_call(app = listed()) {
        let reply = preflight(&app.anonymous(), OURS, "/lead-sources").await.expect(204);
        assert_eq!(reply.header("access-control-allow-origin"), OURS);
        assert!(reply.header("access-control-allow-methods").contains("PATCH"));
        for header in ["Authorization", "Content-Type", "If-Match", "Idempotency-Key"] {
            assert!(reply.header("access-control-allow-headers").contains(header), "{header}");
        }
        assert_eq!(reply.header("access-control-max-age"), "3600");
        assert_eq!(reply.header("access-control-allow-credentials"), "");

        let reply = app.admin().await.with("Origin", OURS).get("/lead-sources").await.expect(200);
        assert_eq!(reply.header("access-control-allow-origin"), OURS);
        for header in ["ETag", "Location", "Link", "RateLimit", "RateLimit-Policy", "X-Request-Id", "Retry-After", "Idempotency-Replayed"] {
            assert!(reply.header("access-control-expose-headers").split(", ").any(|one| one == header), "{header}");
        }
        assert!(reply.headers.get_all("vary").iter().any(|value| value == "Origin"));
    }
);

on_both_databases!(
    async fn pages_of_other_origins_may_not(app = listed()) {
        for origin in ["https://evil.example", "https://app.example.com.evil.example", "null", "https://app.example.com:8443"] {
            let reply = preflight(&app.anonymous(), origin, "/lead-sources").await;
            assert_eq!(reply.header("access-control-allow-origin"), "", "{origin}");
            assert_eq!(reply.problem(403)["code"], "origin-not-allowed");
            let reply = app.admin().await.with("Origin", origin).get("/lead-sources").await.expect(200);
            assert_eq!(reply.header("access-control-allow-origin"), "", "{origin}");
            assert!(reply.headers.get_all("vary").iter().any(|value| value == "Origin"));
        }
    }
);

on_both_databases!(
    async fn even_problems_can_be_read_by_pages(app = listed()) {
        let reply = app.anonymous().with("Origin", OURS).get("/lead-sources").await.expect(401);
        assert_eq!(reply.header("access-control-allow-origin"), OURS);
    }
);

on_both_databases!(
    async fn capture_forms_keep_lists_of_their_own(app = listed()) {
        let reply = preflight(&app.anonymous(), "https://evil.example", "/capture/some-form").await;
        assert_ne!(reply.status, 403);
        let reply = app.anonymous().with("Origin", OURS).get("/capture/some-form").await;
        assert_eq!(reply.header("access-control-allow-origin"), "");
    }
);

on_both_databases!(
    async fn a_star_lets_all_pages_call(app = TestApp::builder().variable("LEADWRIGHT_CORS_ORIGINS", "*")) {
        let reply = preflight(&app.anonymous(), "https://anywhere.example", "/lead-sources").await.expect(204);
        assert_eq!(reply.header("access-control-allow-origin"), "*");
    }
);
