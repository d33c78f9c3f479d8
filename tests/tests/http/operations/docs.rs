use leadwright_tests::on_both_databases;

on_both_databases!(async fn the_pages_need_nothing_from_elsewhere(app) {
    let browser = app.anonymous().at_root().with("Accept", "text/html");
    assert_eq!(browser.get("/docs").await.expect(307).header("location"), "/docs/");

    let page = browser.get("/docs/").await.expect(200);
    assert!(page.header("content-type").starts_with("text/html"));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!page.text.contains("://"), "{}", page.text);
    // The policy forbids scripts within the page.
    assert!(!page.text.contains("<script>"), "{}", page.text);

    let quoted = page.text.split(['"', '\'']).filter(|part| part.starts_with("./"));
    let files: Vec<&str> = quoted.map(|part| part.trim_start_matches("./")).collect();
    assert!(files.iter().any(|file| file.ends_with(".js")) && files.iter().any(|file| file.ends_with(".css")));
    for file in files {
        browser.with("Accept", "*/*").get(format!("/docs/{file}")).await.expect(200);
    }
    let initializer = browser.with("Accept", "*/*").get("/docs/swagger-initializer.js").await.expect(200);
    assert!(initializer.text.contains("/openapi.json"), "{}", initializer.text);
});
