use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_form, somebody};

on_both_databases!(async fn pages_of_the_form_may_post_and_others_not(app) {
    let (_, path) = a_form(&app, json!({"allowed_origins": ["https://example.com"]})).await;
    let page = app.anonymous().with("Origin", "https://example.com");
    let taken = page.post(&path, somebody("doe")).await.expect(202);
    assert_eq!(taken.header("access-control-allow-origin"), "https://example.com");
    assert!(taken.header("access-control-expose-headers").contains("X-Request-Id"));
    let unfit = page.post(&path, json!({})).await;
    assert_eq!(unfit.header("access-control-allow-origin"), "https://example.com", "the page reads what is wrong");
    unfit.problem(422);

    for other in ["https://example.com.evil.test", "http://example.com", "null", "https://evil.test"] {
        let refused = app.anonymous().with("Origin", other).post(&path, somebody("evil")).await;
        assert_eq!(refused.header("access-control-allow-origin"), "");
        refused.problem(403);
    }
    let hidden = app.anonymous().with("Origin", "null").post(&path, somebody("hidden")).await.problem(403);
    assert!(hidden["detail"].as_str().unwrap().contains("Referrer-Policy"), "{hidden}");
    app.anonymous().post(&path, somebody("server")).await.expect(202);
    assert_eq!(app.counts(["leads"]).await, [2]);
});

on_both_databases!(async fn a_star_lets_every_page_post(app) {
    let (_, path) = a_form(&app, json!({"allowed_origins": ["*"]})).await;
    let taken = app.anonymous().with("Origin", "https://anywhere.test").post(&path, somebody("doe")).await.expect(202);
    assert_eq!(taken.header("access-control-allow-origin"), "https://anywhere.test");
    app.anonymous().with("Origin", "null").post(&path, somebody("hidden")).await.expect(202);
});

on_both_databases!(async fn a_plain_form_is_sent_on_to_the_forms_own_page(app) {
    let (_, path) = a_form(&app, json!({"redirect_url": "https://example.com/thanks"})).await;
    let browser = app.anonymous().with("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
    let body = "name=Jane&email=jane%40example.com&redirect_url=https%3A%2F%2Fevil.test&retURL=https%3A%2F%2Fevil.test";
    let sent = browser.post_raw(&path, "application/x-www-form-urlencoded", body).await.expect(303);
    assert_eq!(sent.header("location"), "https://example.com/thanks");
    app.anonymous().post_raw(&path, "application/x-www-form-urlencoded", body).await.expect(202);
    browser.post(&path, somebody("script")).await.expect(202);
    browser.post_raw(&path, "application/x-www-form-urlencoded", "name=Jane").await.problem(422);

    let (_, path) = a_form(&app, json!({})).await;
    browser.post_raw(&path, "application/x-www-form-urlencoded", body).await.expect(202);
});
