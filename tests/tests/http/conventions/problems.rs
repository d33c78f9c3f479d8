use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::raw::exchange;

on_both_databases!(
    async fn a_problem_names_its_address_and_request_but_no_query(app) {
        let caller = app.anonymous().with("X-Request-Id", "tour-1");
        let problem = caller.get("/lead-sources?email=ann%40example.com").await.problem(401);
        assert_eq!(problem["instance"], "/api/v1/lead-sources");
        assert_eq!(problem["request_id"], "tour-1");
        assert!(!problem.to_string().contains("ann"));
    }

    async fn an_unknown_address_is_a_problem(app) {
        for path in ["/nothing", "/lead-sources/", "//lead-sources", "/lead-sources/x/y", "/%ff%fe", "/.."] {
            let problem = app.admin().await.get(path).await.problem(404);
            assert_eq!(problem["code"], "unknown-route", "{path}");
        }
        assert_eq!(app.anonymous().at_root().get("/").await.problem(404)["instance"], "/");
    }

    async fn every_kind_of_refusal_is_a_problem(app) {
        let admin = app.admin().await;
        let rep = app.sign_in(Role::Rep).await;
        let source = json!({"name": "Fair", "direction": "outbound"});
        assert_eq!(app.anonymous().post("/lead-sources", source.clone()).await.problem(401)["code"], "unauthorized");
        assert_eq!(rep.post("/lead-sources", source.clone()).await.problem(403)["code"], "forbidden");
        assert_eq!(admin.get("/lead-sources/no-uuid").await.problem(404)["code"], "not-found");
        assert_eq!(admin.delete("/lead-sources").await.problem(405)["code"], "method-not-allowed");
        let picky = admin.with("Accept", "text/csv");
        assert_eq!(picky.get("/lead-sources").await.problem(406)["code"], "not-acceptable");
        assert_eq!(admin.post_raw("/lead-sources", "application/json", "{").await.problem(400)["code"], "unreadable-body");
        assert_eq!(admin.post_raw("/lead-sources", "text/plain", "x").await.problem(415)["code"], "unsupported-media-type");
        assert_eq!(admin.post("/lead-sources", json!({})).await.problem(422)["code"], "validation-failed");
        assert_eq!(admin.get("/lead-sources?lmit=1").await.problem(422)["code"], "validation-failed");
        let wrong_key = admin.with("Idempotency-Key", "x".repeat(300));
        assert_eq!(wrong_key.post("/lead-sources", source).await.problem(422)["errors"][0]["header"], "Idempotency-Key");
    }

    async fn who_is_not_signed_in_is_told_how(app) {
        let reply = app.anonymous().get("/lead-sources").await.expect(401);
        assert_eq!(reply.header("www-authenticate"), "Bearer realm=\"leadwright\"");
    }

    async fn nothing_that_is_sent_makes_the_server_fail(app) {
        let big = "x".repeat(200_000);
        let requests = [
            "GET / HTTP/9.9\r\n\r\n".to_owned(),
            "\0\0\0\0\r\n\r\n".to_owned(),
            "GET /api/v1/lead-sources HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".to_owned(),
            format!("GET /{big} HTTP/1.1\r\nHost: x\r\n\r\n"),
            format!("GET / HTTP/1.1\r\nHost: x\r\nX-Big: {big}\r\n\r\n"),
            "GET /api/v1/lead-sources HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \u{fe}\r\nConnection: close\r\n\r\n".to_owned(),
        ];
        for request in requests {
            let answer = exchange(app.address, request.clone()).await;
            let status: u16 = answer.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
            let short: String = request.chars().take(60).collect();
            assert!((400..500).contains(&status), "{short:?} was answered {answer:?}");
        }
        app.admin().await.get("/lead-sources").await.expect(200);
    }
);
