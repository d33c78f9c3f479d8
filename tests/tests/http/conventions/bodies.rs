use leadwright_tests::{TestApp, on_both_databases};
use serde_json::json;

use super::raw::exchange;

const NO_KEY: &str = "POST /api/v1/lead-sources HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

on_both_databases!(
    async fn deep_json_is_refused_and_nothing_breaks(app) {
        let admin = app.admin().await;
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            for depth in [200, 100_000] {
                let body = format!("{}1{}", open.repeat(depth), close.repeat(depth));
                let problem = admin.post_raw("/lead-sources", "application/json", body).await.problem(400);
                assert!(problem["detail"].as_str().unwrap().contains("deeper than"), "{problem}");
            }
        }
        let body = format!("{}1{}", "[".repeat(100), "]".repeat(100));
        admin.post_raw("/lead-sources", "application/json", body).await.problem(422);
    }

    async fn what_is_no_json_is_told_where(app) {
        let admin = app.admin().await;
        for body in ["", " ", "{\"name\": }", "{\"name\": \"\u{1}\"}", "nul", "{}{}"] {
            let problem = admin.post_raw("/lead-sources", "application/json", body).await.problem(400);
            assert_eq!(problem["code"], "unreadable-body", "{body}");
        }
        let problem = admin.post_raw("/lead-sources", "application/json", b"\"\xff\"".to_vec()).await.problem(400);
        assert!(problem["detail"].as_str().unwrap().contains("line 1"), "{problem}");
    }

    async fn nul_characters_are_found_wherever_they_are(app) {
        let body = r#"{"name": "a\u0000b", "direction": "inbound", "aliases": ["x", "\u0000"], "c\u0000": 1}"#;
        let problem = app.admin().await.post_raw("/lead-sources", "application/json", body).await.problem(422);
        let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|one| &one["pointer"]).collect();
        assert_eq!(pointers, ["#/name", "#/aliases/1", "#/c\0"]);
    }

    async fn other_media_types_and_encodings_are_not_read(app) {
        let admin = app.admin().await;
        admin.post_raw("/lead-sources", "application/x-www-form-urlencoded", "name=x").await.problem(415);
        let packed = admin.with("Content-Encoding", "gzip");
        packed.post("/lead-sources", json!({"name": "x"})).await.problem(415);
        let charset = admin.post_raw("/lead-sources", "application/json; charset=utf-8", "{}").await;
        charset.problem(422);
    }
);

on_both_databases!(
    async fn a_large_body_is_refused_before_it_is_read(
        app = TestApp::builder().variable("LEADWRIGHT_LIMIT_JSON_BODY", "1KiB")
    ) {
        let admin = app.admin().await;
        let problem = admin.post("/lead-sources", json!({"name": "x".repeat(2_000)})).await.problem(413);
        assert!(problem["detail"].as_str().unwrap().contains("1024"), "{problem}");
        let token = admin.token();
        let announced = format!("{NO_KEY}Authorization: Bearer {token}\r\nContent-Length: 999999999\r\n\r\n{{");
        assert!(exchange(app.address, announced).await.starts_with("HTTP/1.1 413"));
        // Without an announced length, it is counted on the way.
        let chunk = format!("7d0\r\n{}\r\n0\r\n\r\n", "x".repeat(2_000));
        let chunked = format!("{NO_KEY}Authorization: Bearer {token}\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}");
        assert!(exchange(app.address, chunked).await.starts_with("HTTP/1.1 413"));
    }
);

on_both_databases!(
    async fn slow_senders_are_not_waited_for(
        app = TestApp::builder()
            .variable("LEADWRIGHT_LIMIT_BODY_TIMEOUT", "200ms")
            .variable("LEADWRIGHT_HEADER_TIMEOUT", "500ms")
    ) {
        let token = app.admin().await.token();
        let started = format!("{NO_KEY}Authorization: Bearer {token}\r\nContent-Length: 10\r\n\r\n{{");
        let answer = exchange(app.address, started).await;
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("request-timeout"), "{answer}");
        let answer = exchange(app.address, NO_KEY).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
);
