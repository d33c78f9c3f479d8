//! What the tests of Leadwright stand on.
//!
//! A test tells a story from outside, over HTTP, and runs on both databases:
//!
//! ```ignore
//! on_both_databases!(async fn a_rep_may_not_add_sources(app) {
//!     let rep = app.sign_in(Role::Rep).await;
//!     let problem = rep.post("/lead-sources", json!({"name": "Fair"})).await.problem(403);
//!     assert_eq!(problem["code"], "forbidden");
//! });
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test that cannot be set up has to fail.

mod app;
mod client;
mod database;
pub mod postgres;
mod reply;
mod stored;

pub use app::{ADMIN_EMAIL, ADMIN_PASSWORD, Builder, TestApp, run};
pub use client::Client;
pub use database::Backend;
pub use reply::Reply;

/// Runs one scenario on SQLite (`name::sqlite`) and on PostgreSQL (`name::postgres`), each on a database of its own.
/// After the name of the application may stand a [`Builder`]: `async fn name(app = TestApp::builder().…)`.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident) $body:block)+) => {
        $($crate::on_both_databases!($(#[$meta])* async fn $name($app = $crate::TestApp::builder()) $body);)+
    };
    ($(#[$meta:meta])* async fn $name:ident($app:ident = $builder:expr) $body:block) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn scenario($app: $crate::TestApp) $body

            #[test]
            fn sqlite() {
                $crate::run($crate::Backend::Sqlite, $builder, scenario);
            }

            #[test]
            fn postgres() {
                $crate::run($crate::Backend::Postgres, $builder, scenario);
            }
        }
    };
}
