use leadwright_domain::access::Role;
use leadwright_tests::{Reply, on_both_databases};
use serde_json::{Value, json};

use super::{counts, import, people, send, work};

on_both_databases!(async fn an_import_is_read_by_its_organization(app) {
    let admin = app.admin().await;
    let sent = send(&admin, "mode=auto", people(2)).await.expect(202);
    let path = format!("/imports/{}", sent.id());
    let before = admin.get(&path).await.expect(200);
    work(&admin).await;
    let after = admin.get(&path).await.expect(200);
    assert_ne!(before.etag(), after.etag());
    admin.with("If-None-Match", after.etag()).get(&path).await.expect(304);
    app.stranger().await.get(&path).await.problem(404);
});

on_both_databases!(async fn whoever_sees_not_every_lead_sees_only_their_own_imports(app) {
    let (admin, one, two) = (app.admin().await, app.sign_in(Role::Manager).await, app.sign_in(Role::Manager).await);
    let path = |sent: &Reply| format!("/imports/{}", sent.id());
    let (theirs, hers) = (send(&admin, "mode=review", people(1)).await, send(&one, "mode=review", people(2)).await);
    work(&admin).await;
    for (who, what) in [(&one, &theirs), (&two, &theirs), (&two, &hers)] {
        who.get(path(what)).await.problem(404);
        who.get(format!("{}/rejected.csv", path(what))).await.problem(404);
        for verb in ["confirm", "cancel"] {
            who.post(format!("{}/{verb}", path(what)), json!({})).await.problem(404);
        }
    }
    let ids = |list: Reply| -> Vec<Value> {
        list["data"].as_array().unwrap().iter().map(|import| import["id"].clone()).collect()
    };
    assert_eq!(ids(one.get("/imports").await.expect(200)), [hers["id"].clone()]);
    assert_eq!(ids(two.get("/imports").await.expect(200)), Vec::<Value>::new());
    assert_eq!(ids(admin.get("/imports").await.expect(200)).len(), 2);
    assert_eq!(admin.get(path(&hers)).await.expect(200)["state"], "awaiting_confirmation");
    one.post(format!("{}/confirm", path(&hers)), json!({})).await.expect(202);
});

on_both_databases!(async fn postgres_is_told_that_there_are_many_more_leads(app) {
    let admin = app.admin().await;
    let job = import(&admin, "mode=auto", people(2_100)).await;
    assert_eq!(counts(&job), [2_100, 0, 0, 0]);
    // It is told beside the import.
    for _ in 0..200 {
        if !app.app.db.is_postgres() || app.is_analyzed("leads").await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the lists are planned as if there were few leads");
});
