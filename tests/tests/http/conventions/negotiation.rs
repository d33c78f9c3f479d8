use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(
    async fn who_reads_json_in_any_way_is_served(app) {
        let admin = app.admin().await;
        let fine = ["*/*", "application/*", "application/json", "text/html, application/json;q=0.1", "application/ld+json"];
        for accept in fine {
            admin.with("Accept", accept).get("/lead-sources").await.expect(200);
        }
        for accept in ["text/html", "application/xml, text/*", "application/json;q=0", "nonsense"] {
            let problem = admin.with("Accept", accept).get("/lead-sources").await.problem(406);
            assert_eq!(problem["code"], "not-acceptable", "{accept}");
        }
        let problem = admin.with("Accept", "application/pdf").get("/leads/export").await.problem(406);
        assert!(problem["detail"].as_str().unwrap().contains("`text/csv`"), "{problem}");
    }

    async fn nothing_is_done_for_who_could_not_read_the_answer(app) {
        let admin = app.admin().await;
        let before = admin.get("/lead-sources").await.json["data"].as_array().unwrap().len();
        let source = json!({"name": "Fair", "direction": "outbound"});
        admin.with("Accept", "text/csv").post("/lead-sources", source).await.problem(406);
        assert_eq!(admin.get("/lead-sources").await.json["data"].as_array().unwrap().len(), before);
    }
);
