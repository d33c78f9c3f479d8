use leadwright_domain::leads::Lead;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{counts, import, leads, send, work};

on_both_databases!(async fn rejected_rows_are_mended_and_sent_again(app) {
    let admin = app.admin().await;
    let file = "Name,E-mail,Note to us\nAnn,ann@example.com,x\nBob,bob at example,\"a, \"\"b\"\"\nc\"\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [1, 0, 0, 1]);
    let path = format!("/imports/{}/rejected.csv", job.id());
    let rejected = admin.get(&path).await.expect(200);
    assert!(rejected.header("content-type").starts_with("text/csv"));
    let begin = "Name,E-mail,Note to us,import_line,import_reasons\nBob,bob at example,\"a, \"\"b\"\"\nc\",3,";
    assert!(rejected.text.starts_with(begin), "{}", rejected.text);

    let mended = rejected.text.replace("bob at example", "bob@example.com");
    let again = import(&admin, "mode=auto", mended).await;
    assert_eq!(counts(&again), [1, 0, 0, 0]);
    assert!(!again["unmapped_columns"].to_string().contains("import_"));
    app.stranger().await.get(&path).await.problem(404);
});

on_both_databases!(async fn rejected_rows_are_no_formulas_and_come_back_with_their_own_columns(app) {
    let admin = app.admin().await;
    let file = "Name,E-mail,Notes\n=1+1,nobody,\"=cmd|' /C calc'!A0\"\n";
    let job = import(&admin, "mode=auto", file).await;
    let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
    assert!(rejected.contains("\n'=1+1,nobody,'=cmd|' /C calc'!A0,2,"), "{rejected}");
    let again = import(&admin, "mode=auto", rejected.clone()).await;
    assert_eq!(counts(&again), [0, 0, 0, 1]);
    let twice = admin.get(format!("/imports/{}/rejected.csv", again.id())).await.expect(200).text;
    assert_eq!(twice.lines().next(), rejected.lines().next());
    let mended = import(&admin, "mode=auto", twice.replace("nobody", "calc@example.com")).await;
    assert_eq!(counts(&mended), [1, 0, 0, 0]);
    let lead = leads(&admin).await.pop().unwrap().profile;
    assert_eq!((lead.contact_name.as_deref(), lead.notes.as_deref()), (Some("=1+1"), Some("=cmd|' /C calc'!A0")));
});

on_both_databases!(async fn a_row_of_the_wrong_shape_says_so(app) {
    let admin = app.admin().await;
    let file = "Name,E-mail\nAnn,ann@example.com,beyond\nBob,bob@example.com\n";
    let review = import(&admin, "mode=review", file).await;
    let rows = review["preview"]["rows"].as_array().unwrap();
    assert_eq!(rows[0]["errors"][0]["code"], "too_many_cells", "{}", review.text);
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [1, 0, 0, 1]);
    let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
    assert!(rejected.contains(",beyond,2,The row has 3 cells for 2 columns"), "{rejected}");
});

on_both_databases!(async fn mended_rows_are_read_like_the_others(app) {
    let admin = app.admin().await;
    let file = "Name,Wo,Kanal\nAnn,ann@example.com,Messe\nBob,bob at example,Messe\n";
    let mapping = json!({"columns": {"Wo": "email", "Kanal": "source", "Nope": "phone"}, "values": {"source": {"Messe": "trade_show"}}});
    let job = import(&admin, "mode=review", file).await;
    let path = format!("/imports/{}", job.id());
    let changed = json!({"mapping": mapping, "default_company": "Elm", "default_priority": "high"});
    let changed = admin.patch(&path, changed).await.expect(200);
    assert_eq!(changed["warnings"]["unused_mapping"], 1, "{}", changed.text);
    let sample = changed["warning_samples"].as_array().unwrap().iter().find(|sample| sample["code"] == "unused_mapping");
    assert_eq!(sample.unwrap()["detail"], "The mapping names headings that the file does not have: `Nope`.");
    work(&admin).await;
    admin.post(format!("{path}/confirm"), json!({})).await.expect(202);
    work(&admin).await;
    assert_eq!(counts(&admin.get(&path).await), [1, 0, 0, 1]);

    let mended = admin.get(format!("{path}/rejected.csv")).await.expect(200).text.replace("bob at example", "bob@example.com");
    let again = import(&admin, &format!("mode=auto&like={}&default_priority=low", job.id()), mended.clone()).await;
    assert_eq!(counts(&again), [1, 0, 0, 0], "{}", again.text);
    let said = |place: usize, found: &[Lead]| {
        let lead = &found[place];
        (lead.profile.company_name.clone(), lead.source_id, lead.priority())
    };
    let found = leads(&admin).await;
    let (ann, bob) = (said(0, &found), said(1, &found));
    assert_eq!((ann.0.as_deref(), &ann.0, ann.1), (Some("Elm"), &bob.0, bob.1));
    assert_eq!(json!([ann.2, bob.2]), json!(["high", "low"]));

    let of_others = send(&app.stranger().await, &format!("like={}", job.id()), mended.clone()).await.problem(422);
    let unknown = send(&admin, "like=01890a5d-ac96-774b-bcce-b302099a8057", mended).await.problem(422);
    for problem in [of_others, unknown] {
        assert_eq!((&problem["errors"][0]["parameter"], &problem["errors"][0]["code"]), (&json!("like"), &json!("unknown_import")));
    }
});
