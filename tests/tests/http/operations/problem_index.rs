use leadwright_tests::on_both_databases;

on_both_databases!(async fn every_link_leads_to_a_page(app) {
    let browser = app.anonymous().at_root().with("Accept", "text/html");
    let index = browser.get("/problems").await.expect(200);
    let links: Vec<&str> = index.text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(links.contains(&"/problems/validation-failed") && links.len() > 25, "{links:?}");
    for link in links {
        browser.get(link).await.expect(200);
    }
});
