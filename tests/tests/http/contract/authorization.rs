//! Every operation, asked by everybody.

use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::who::{Who, operations};

/// A record that is nowhere: whoever may ask is told that, whoever may not is told that first.
fn nowhere(_: &str) -> String {
    uuid::Uuid::nil().to_string()
}

on_both_databases!(async fn nobody_gets_in_without_a_credential(app) {
    for client in [app.anonymous(), app.anonymous().bearer("lw_guess"), app.anonymous().bearer("a.b.c")] {
        for operation in operations() {
            let reply = operation.call(&client, nowhere).await;
            match operation.who {
                Who::World => assert!(!matches!(reply.status, 403 | 500..), "{}: {} {}", operation.id, reply.status, reply.text),
                _ => {
                    assert!(reply.header("www-authenticate").starts_with("Bearer"), "{}", operation.id);
                    reply.problem(401);
                }
            }
        }
    }
});

on_both_databases!(async fn every_role_may_what_the_table_says(app) {
    for role in Role::ALL {
        let client = app.sign_in(*role).await;
        for operation in operations() {
            let reply = operation.call(&client, nowhere).await;
            let may = match operation.who {
                Who::World | Who::SignedIn | Who::People => true,
                Who::Roles(roles) => roles.contains(role),
            };
            if may {
                let refused = matches!(reply.status, 403 | 405 | 500..) || (reply.status == 401 && operation.id != "refreshTokens");
                assert!(!refused, "{role} may {}: {} {}", operation.id, reply.status, reply.text);
            } else {
                assert_eq!(reply.status, 403, "{role} may not {}: {}", operation.id, reply.text);
                reply.problem(403);
            }
        }
    }
});

on_both_databases!(async fn a_program_without_the_scope_gets_nothing(app) {
    let key = app.admin().await.post("/api-keys", json!({"name": "Events", "scopes": ["events:read"]})).await.expect(201);
    let program = app.anonymous().bearer(&key.text_of("key"));
    for operation in operations() {
        let reply = operation.call(&program, nowhere).await;
        match operation.who {
            Who::World | Who::SignedIn => assert!(!matches!(reply.status, 403 | 500..), "{}: {}", operation.id, reply.text),
            Who::People | Who::Roles(_) => {
                assert_eq!(reply.status, 403, "{}: {}", operation.id, reply.text);
                reply.problem(403);
            }
        }
    }
});
