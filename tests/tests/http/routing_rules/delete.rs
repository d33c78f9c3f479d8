use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;

use super::{order, rules};

on_both_databases!(async fn the_rules_behind_close_up(app) {
    let admin = app.admin().await;
    let paths = rules(&admin, &["a", "b", "c"]).await;
    app.sign_in(Role::Marketer).await.delete(&paths[1]).await.problem(403);
    app.stranger().await.delete(&paths[1]).await.problem(404);
    admin.with("If-Match", "\"7.0.1\"").delete(&paths[1]).await.problem(412);
    admin.delete(&paths[1]).await.expect(204);
    assert_eq!(order(&admin).await, ["a", "c"]);
    admin.delete(&paths[1]).await.problem(404);
});
