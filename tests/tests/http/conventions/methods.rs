use leadwright_tests::on_both_databases;
use reqwest::Method;

use super::raw::exchange;

on_both_databases!(
    async fn a_wrong_method_is_told_the_right_ones(app) {
        let admin = app.admin().await;
        let reply = admin.delete("/lead-sources").await;
        assert_eq!(reply.header("allow"), "GET, HEAD, OPTIONS, POST");
        assert!(reply.problem(405)["detail"].as_str().unwrap().contains("GET, HEAD, OPTIONS, POST"));
        let reply = admin.send(Method::from_bytes(b"BREW").unwrap(), "/lead-sources/x", None).await;
        assert_eq!(reply.header("allow"), "GET, HEAD, OPTIONS, PATCH");
        reply.problem(405);
        let reply = app.anonymous().at_root().send(Method::POST, "/healthz", None).await;
        assert_eq!(reply.header("allow"), "GET, HEAD, OPTIONS");
    }

    async fn options_lists_the_methods(app) {
        let reply = app.anonymous().send(Method::OPTIONS, "/lead-sources", None).await.expect(204);
        assert_eq!(reply.header("allow"), "GET, HEAD, OPTIONS, POST");
        app.anonymous().send(Method::OPTIONS, "/nothing", None).await.problem(404);
    }

    async fn an_address_of_its_own_is_no_record(app) {
        let admin = app.admin().await;
        for method in [Method::GET, Method::PATCH, Method::DELETE] {
            let reply = admin.send(method, "/leads/search", None).await;
            assert_eq!(reply.header("allow"), "OPTIONS, POST");
            reply.problem(405);
        }
        let reply = admin.send(Method::OPTIONS, "/leads/batch", None).await.expect(204);
        assert_eq!(reply.header("allow"), "OPTIONS, POST");
    }

    async fn head_answers_as_get_without_a_body(app) {
        let admin = app.admin().await;
        let (get, head) = (admin.get("/lead-sources").await, admin.send(Method::HEAD, "/lead-sources", None).await);
        assert_eq!((head.expect(200).text.as_str(), get.text.is_empty()), ("", false));

        let wire = exchange(app.address, "HEAD /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
        assert!(wire.starts_with("HTTP/1.1 200") && wire.ends_with("\r\n\r\n"), "{wire}");
        assert!(wire.contains("content-length: 15\r\n"), "{wire}");
        let wire = exchange(app.address, "HEAD /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
        assert!(wire.starts_with("HTTP/1.1 404") && wire.ends_with("\r\n\r\n"), "{wire}");
    }
);
