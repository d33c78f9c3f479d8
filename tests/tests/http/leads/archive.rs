use leadwright_tests::on_both_databases;

use super::jane;

on_both_databases!(async fn archiving_twice_changes_nothing(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane("doe")).await.expect(201).id();
    let path = format!("/leads/{lead}");
    let reply = admin.delete(&path).await.expect(204);
    assert_eq!(reply.text, "");
    let stored = app.stored_lead(&lead).await;
    assert!(stored.archived_at.is_some());
    app.advance(chrono::TimeDelta::hours(1));
    admin.delete(&path).await.expect(204);
    assert_eq!(app.stored_lead(&lead).await, stored);
    assert_eq!(app.history_of(&lead).await, ["lead.archived", "lead.created"]);
});
