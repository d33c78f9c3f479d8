use leadwright_tests::on_both_databases;

on_both_databases!(
    async fn the_type_of_a_problem_leads_to_its_page(app) {
        let problem = app.anonymous().get("/lead-sources").await.problem(401);
        let anybody = app.anonymous().at_root();
        let text = anybody.get(problem["type"].as_str().unwrap()).await.expect(200);
        assert_eq!(text.header("content-type"), "text/markdown; charset=utf-8");
        assert!(text.text.starts_with(&format!("# {}\n", problem["title"].as_str().unwrap())), "{}", text.text);

        let page = anybody.with("Accept", "text/html,*/*;q=0.8").get("/problems/unauthorized").await.expect(200);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.text.contains("<title>Sign in first</title>"), "{}", page.text);
    }

    async fn an_unknown_one_is_a_problem_itself(app) {
        let anybody = app.anonymous().at_root();
        assert_eq!(anybody.get("/problems/nonsense").await.problem(404)["code"], "not-found");
        assert_eq!(anybody.get("/problems/..%2f..%2fCargo.toml").await.problem(404)["status"], 404);
    }
);
