use leadwright_tests::on_both_databases;

use super::{counts, import, leads};

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
