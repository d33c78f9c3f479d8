use leadwright_tests::on_both_databases;
use serde_json::json;

use super::saved;
use crate::imports::{counts, import, leads};

on_both_databases!(async fn a_saved_mapping_says_what_columns_and_values_stand_for(app) {
    let admin = app.admin().await;
    let mapping = saved(&admin).await;
    assert_eq!((&mapping["name"], &mapping["mapping"]["columns"]["Stand"]), (&json!("Fair"), &json!(null)));
    let file = "Who,Contact point,Stand,State of things,Status\nAnn One,ann@example.com,7,x,INTERESTED!\n";
    let job = import(&admin, &format!("mode=auto&mapping_id={}", mapping.id()), file).await;
    assert_eq!(counts(&job), [1, 0, 0, 0], "{}", job.text);
    assert_eq!(job["mapping"], mapping["mapping"]);
    assert_eq!(job["unmapped_columns"], json!(["State of things"]));
    let lead = &leads(&admin).await[0];
    assert_eq!((lead.profile.email.as_deref(), lead.status.as_str()), (Some("ann@example.com"), "contacted"));

    let taken = admin.post("/import-mappings", json!({"name": "FAIR", "mapping": {}})).await.problem(409);
    assert_eq!(taken["field"], "name");
    let wrong = json!({"name": "Other", "mapping": {"columns": {"a/b": "emial"}, "values": {"colour": {}}}});
    let problem = admin.post("/import-mappings", wrong).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "#/mapping/columns/a~1b");
    assert_eq!(problem["errors"][0]["suggestion"], "email");
    assert_eq!(problem["errors"][1]["pointer"], "#/mapping/values/colour");
    let lost = "mode=auto&mapping_id=01976f7c-0000-7000-8000-000000000000";
    assert_eq!(crate::imports::send(&admin, lost, file).await.problem(422)["errors"][0]["parameter"], "mapping_id");
});
