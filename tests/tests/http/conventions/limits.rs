use leadwright_domain::access::Role;
use leadwright_tests::{Builder, Reply, TestApp, on_both_databases};

fn five_a_minute() -> Builder {
    TestApp::builder()
        .variable("LEADWRIGHT_LIMIT_REQUESTS", "5")
        .variable("LEADWRIGHT_LIMIT_AUTH_REQUESTS", "2")
        .variable("LEADWRIGHT_TRUSTED_PROXIES", "127.0.0.1")
}

/// What is left, as `RateLimit` says.
fn left(reply: &Reply) -> u32 {
    let state = reply.header("ratelimit");
    state.split(";r=").nth(1).and_then(|rest| rest.split(';').next()?.parse().ok()).expect(state)
}

on_both_databases!(
    async fn who_has_used_up_the_quota_has_to_wait(app = five_a_minute()) {
        let client = app.anonymous().with("X-Forwarded-For", "198.51.100.1");
        for used in 1..=5 {
            let reply = client.get("/lead-sources").await.expect(401);
            assert_eq!(reply.header("ratelimit-policy"), "\"default\";q=5;w=60");
            assert_eq!(left(&reply), 5 - used);
        }
        let reply = client.get("/lead-sources").await;
        assert_eq!(reply.header("ratelimit").split(";t=").next(), Some("\"default\";r=0"));
        let wait: u64 = reply.header("retry-after").parse().unwrap();
        assert!((1..=13).contains(&wait), "{wait}");
        assert_eq!(reply.problem(429)["code"], "too-many-requests");

        // Others do not notice, and probes are not counted.
        let other = app.anonymous().with("X-Forwarded-For", "198.51.100.2");
        assert_eq!(left(&other.get("/lead-sources").await), 4);
        for _ in 0..10 {
            assert_eq!(client.at_root().get("/healthz").await.expect(200).header("ratelimit"), "");
        }
    }
);

on_both_databases!(
    async fn a_good_token_has_a_quota_of_its_own(app = five_a_minute()) {
        let (ann, bob) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
        // The first request proves the token, on the account of the address.
        assert_eq!(left(&ann.get("/lead-sources").await.expect(200)), 4);
        assert_eq!(left(&ann.get("/lead-sources").await.expect(200)), 4);
        assert_eq!(left(&bob.get("/lead-sources").await.expect(200)), 3);
        for _ in 0..4 {
            ann.get("/lead-sources").await.expect(200);
        }
        ann.get("/lead-sources").await.problem(429);
        assert_eq!(left(&bob.get("/lead-sources").await.expect(200)), 4);
    }
);

on_both_databases!(
    async fn made_up_tokens_gain_nothing(app = five_a_minute()) {
        for number in 0..5 {
            let liar = app.anonymous().bearer(&format!("lw_made_up_{number}"));
            // An address that answers everybody proves nothing.
            liar.get("/nothing-here").await.expect(404);
        }
        app.anonymous().bearer("lw_made_up_6").get("/lead-sources").await.problem(429);
    }
);

on_both_databases!(
    async fn signing_in_has_a_smaller_quota(app = five_a_minute()) {
        let client = app.anonymous();
        for _ in 0..2 {
            let reply = client.get("/auth/nothing").await.expect(404);
            assert_eq!(reply.header("ratelimit-policy"), "\"auth\";q=2;w=60");
        }
        client.get("/auth/nothing").await.problem(429);
        // A token does not change that.
        app.admin().await.get("/auth/nothing").await.problem(429);
        client.get("/lead-sources").await.expect(401);
    }
);
