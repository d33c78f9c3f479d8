//! The only crate of Leadwright that talks to the databases.
//!
//! A command runs in one transaction ([`Db::write`]) and sees the database through [`Tx`]; a query runs on a read-only
//! connection through [`Reader`]. Both carry a [`leadwright_domain::access::Scope`], and every statement is built from it.

pub mod access;
mod bulk;
pub mod bulk_actions;
pub mod capture;
mod condition;
mod conn;
pub mod custom_fields;
mod db;
mod dialect;
pub mod duplicates;
mod entities;
pub mod erasures;
mod error;
pub mod events;
mod group;
pub mod idempotency;
pub mod imports;
pub mod interactions;
pub mod jobs;
pub mod leads;
pub mod organizations;
pub mod people;
pub mod readers;
pub mod routing;
mod scope;
mod shares;
mod snapshot;
pub mod sources;
pub mod suggestions;
pub mod tags;
mod tx;
pub mod views;
mod waiting;

pub use conn::Reader;
pub use db::{Db, Pool, Settings};
pub use error::{CommandError, DbError};
pub use shares::{Share, Shares};
pub use snapshot::Snapshot;
pub use tx::{Call, Command, Tx};
