//! Organizations, people, sources, forms, leads, events and what keeps them safe.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, include_str!("m0001/organizations.sql")).await?;
        sql::run(manager, include_str!("m0001/access.sql")).await?;
        sql::run(manager, include_str!("m0001/configuration.sql")).await?;
        sql::run(manager, include_str!("m0001/leads.sql")).await?;
        sql::run(manager, include_str!("m0001/events.sql")).await?;
        sql::run(manager, include_str!("m0001/capture.sql")).await?;
        let search = match manager.get_database_backend() {
            DbBackend::Sqlite => include_str!("m0001/search_sqlite.sql"),
            _ => include_str!("m0001/search_postgres.sql"),
        };
        sql::run(manager, search).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("the foundation is not taken away: restore a backup instead".to_owned()))
    }
}
