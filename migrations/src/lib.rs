//! The database schema of Leadwright, step by step. Migrations only add; one that has been released is never edited.

use sea_orm_migration::prelude::{DbErr, MigrationTrait, async_trait};
pub use sea_orm_migration::prelude::{MigratorTrait, SchemaManager};

mod m0001_foundation;
mod m0002_jobs;
mod m0003_capture;
mod m0005_duplicates;
mod m0006_imports;
mod m0008_views;
mod m0009_privacy;
mod m0010_suggestions;
mod sql;

/// All steps, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_foundation::Migration),
            Box::new(m0002_jobs::Migration),
            Box::new(m0003_capture::Migration),
            Box::new(m0005_duplicates::Migration),
            Box::new(m0006_imports::Migration),
            Box::new(m0008_views::Migration),
            Box::new(m0009_privacy::Migration),
            Box::new(m0010_suggestions::Migration),
        ]
    }
}

/// The step could not be run.
pub type Error = DbErr;
