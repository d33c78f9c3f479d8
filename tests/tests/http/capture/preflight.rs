use leadwright_tests::on_both_databases;
use reqwest::Method;
use serde_json::json;

use super::a_form;

on_both_databases!(async fn a_page_asks_before_it_posts(app) {
    let (_, path) = a_form(&app, json!({"allowed_origins": ["https://example.com"]})).await;
    let page = app.anonymous().with("Origin", "https://example.com").with("Access-Control-Request-Method", "POST");
    let may = page.send(Method::OPTIONS, &path, None).await.expect(204);
    assert_eq!(may.header("access-control-allow-origin"), "https://example.com");
    assert!(may.header("access-control-allow-methods").contains("POST"));
    assert!(may.header("access-control-allow-headers").to_lowercase().contains("content-type"));
    assert!(may.header("vary").to_lowercase().contains("origin"));
    assert!(may.header("access-control-max-age").parse::<u32>().unwrap() > 0);
});

on_both_databases!(async fn other_pages_are_not_let_in(app) {
    let (_, path) = a_form(&app, json!({"allowed_origins": ["https://example.com"]})).await;
    let other = app.anonymous().with("Origin", "https://evil.test").with("Access-Control-Request-Method", "POST");
    let refused = other.send(Method::OPTIONS, &path, None).await;
    assert_eq!(refused.header("access-control-allow-origin"), "", "{}", refused.status);
    other.send(Method::OPTIONS, "/capture/nosuchform", None).await.problem(404);
});
