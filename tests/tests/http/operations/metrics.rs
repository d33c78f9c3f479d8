use leadwright_tests::on_both_databases;

on_both_databases!(async fn requests_are_counted_by_template(app) {
    let id = "01939f6e-7a3c-7d52-9c1b-5f0f8e3f4a11";
    app.admin().await.get(format!("/lead-sources/{id}")).await.expect(404);
    let reply = app.anonymous().at_root().get("/metrics").await.expect(200);
    assert!(reply.header("content-type").starts_with("text/plain"));

    let line = r#"http_requests_total{method="GET",route="/api/v1/lead-sources/{source_id}",status="404"}"#;
    assert!(reply.text.contains(line), "{}", reply.text);
    for part in [
        r#"http_request_duration_seconds_bucket{method="GET",route="/api/v1/lead-sources/{source_id}",le="0.005"}"#,
        "http_requests_in_flight ",
        r#"database_connections{pool="reader",state="idle"}"#,
        r#"database_connections{pool="writer",state="used"}"#,
        "leadwright_build_info{version=",
    ] {
        assert!(reply.text.contains(part), "{part} is missing in {}", reply.text);
    }
    assert!(!reply.text.contains(id));
});
