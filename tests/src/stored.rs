//! What is stored, for promises that no answer shows: how many rows a write makes, and which events it appends.

use leadwright_domain::{access::Scope, events::Event, leads::Lead};
use leadwright_persistence::{Db, Reader};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

use crate::{TestApp, database::connect};

impl TestApp {
    /// A connection of the test's own.
    pub async fn database(&self) -> DatabaseConnection {
        Database::connect(&self.database_url).await.unwrap()
    }

    /// How many rows these tables have.
    pub async fn counts<const N: usize>(&self, tables: [&str; N]) -> [i64; N] {
        let database = self.database().await;
        let mut counts = [0; N];
        for (count, table) in counts.iter_mut().zip(tables) {
            *count = number(&database, &format!("SELECT count(*) AS number FROM {table}")).await;
        }
        database.close().await.unwrap();
        counts
    }

    /// Whether PostgreSQL has looked at a table since it was empty.
    pub async fn is_analyzed(&self, table: &str) -> bool {
        let database = self.database().await;
        let known = format!(
            "SELECT count(*) AS number FROM pg_class WHERE relname = '{table}' AND relnamespace = current_schema()::regnamespace AND reltuples > 0"
        );
        let known = number(&database, &known).await;
        database.close().await.unwrap();
        known == 1
    }

    /// The position of the organization's last event.
    pub async fn last_event(&self) -> i64 {
        let database = self.database().await;
        let last = number(&database, "SELECT max(last) AS number FROM event_heads").await;
        database.close().await.unwrap();
        last
    }

    /// What happened to a lead, newest first.
    pub async fn events_of(&self, lead: &str) -> Vec<Event> {
        let (db, reader) = self.reader().await;
        let events = reader.events().of_lead(lead.parse().unwrap(), None, 100).await.unwrap();
        db.close().await;
        events
    }

    /// The kinds of what happened to a lead, newest first.
    pub async fn history_of(&self, lead: &str) -> Vec<String> {
        self.events_of(lead).await.into_iter().map(|event| event.kind).collect()
    }

    /// A lead as it is stored, archived or not.
    pub async fn stored_lead(&self, lead: &str) -> Lead {
        let (db, reader) = self.reader().await;
        let lead = reader.leads().get(lead.parse().unwrap()).await.unwrap().unwrap();
        db.close().await;
        lead
    }

    /// Reads past the server, on connections of the test's own: one borrowed from the server's pool would go back on
    /// the runtime of the test, which waits for the server when both end.
    async fn reader(&self) -> (Db, Reader) {
        let db = connect(&self.database_url).await;
        let reader = db.read(&self.app.call(Scope::system(self.organization), None));
        (db, reader)
    }
}

async fn number(database: &DatabaseConnection, sql: &str) -> i64 {
    let statement = sea_orm::Statement::from_string(database.get_database_backend(), sql);
    database.query_one_raw(statement).await.unwrap().unwrap().try_get("", "number").unwrap()
}
