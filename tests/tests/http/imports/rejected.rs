use leadwright_tests::on_both_databases;

use super::{counts, import};

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
