use leadwright_tests::on_both_databases;

use super::{import, leads, people, send};

on_both_databases!(async fn an_import_that_is_over_goes_away_and_its_leads_stay(app) {
    let admin = app.admin().await;
    let job = import(&admin, "mode=auto", people(3)).await;
    let path = format!("/imports/{}", job.id());
    app.stranger().await.delete(&path).await.problem(404);
    let seen = admin.get(&path).await.etag().to_owned();
    admin.with("If-Match", "\"0.0.0\"").delete(&path).await.problem(412);
    admin.with("If-Match", seen).delete(&path).await.expect(204);
    admin.get(&path).await.problem(404);
    assert_eq!(leads(&admin).await.len(), 3);
    let waiting = send(&admin, "", people(1)).await.expect(202);
    assert_eq!(admin.delete(format!("/imports/{}", waiting.id())).await.problem(409)["state"], "queued");
});
