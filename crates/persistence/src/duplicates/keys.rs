//! Keys by which leads that may be alike are found, so many at most for each key.

use std::collections::BTreeSet;

use leadwright_domain::{
    duplicates::{IdentityKeys, MatchKeys},
    ids::{Id, LeadId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter, Statement, Value};
use uuid::Uuid;

use super::Duplicates;
use crate::{DbError, bulk, dialect::lists, entities::lead_match_keys as rows, scope::Begin};

/// How many leads one key leads to: what more share says little, and nobody waits for it.
pub const MOST_FOR_A_KEY: usize = 20;

/// The columns of [`MatchKeys`], in its order.
const COLUMNS: [&str; 5] = ["employer", "colleague", "domain", "mailbox", "phone"];

/// Leads that share keys: which, and by which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// Identity keys: the column, the key, the lead.
    pub exact: Vec<(&'static str, String, LeadId)>,
    /// Match keys: their place, the key, the lead.
    pub alike: Vec<(usize, i64, LeadId)>,
}

impl Duplicates<'_> {
    /// Writes the keys of leads, unless those of a later version are there.
    ///
    /// # Errors
    /// The database failed.
    pub async fn write_keys(&self, keys: &[(LeadId, i64, MatchKeys)]) -> Result<(), DbError> {
        let row = |(lead, version, keys): &(LeadId, i64, MatchKeys)| rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(lead.uuid()),
            lead_version: Set(*version),
            employer: Set(keys.employer),
            colleague: Set(keys.colleague),
            domain: Set(keys.domain),
            mailbox: Set(keys.mailbox),
            phone: Set(keys.phone),
        };
        let mut sorted: Vec<_> = keys.iter().collect();
        sorted.sort_by_key(|(lead, ..)| *lead);
        let set: Vec<String> = COLUMNS.iter().map(|column| format!("{column} = excluded.{column}")).collect();
        let conflict = format!(
            "ON CONFLICT (organization_id, id) DO UPDATE SET lead_version = excluded.lead_version, {} \
             WHERE lead_match_keys.lead_version <= excluded.lead_version",
            set.join(", ")
        );
        bulk::upsert::<rows::Entity>(self.at.conn, sorted.into_iter().map(row).collect(), &conflict).await?;
        Ok(())
    }

    /// Takes the keys of leads away: nobody resembles them any more.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_keys(&self, leads: &[LeadId]) -> Result<(), DbError> {
        if leads.is_empty() {
            return Ok(());
        }
        let mut ids: Vec<Uuid> = leads.iter().map(|lead| lead.uuid()).collect();
        ids.sort_unstable();
        self.at.scope.delete::<rows::Entity>().filter(rows::Column::Id.is_in(ids)).exec(&self.at.conn).await?;
        Ok(())
    }

    /// Leads that share one of these keys, those with the keys themselves included.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sharing(&self, exact: &[IdentityKeys], alike: &[MatchKeys]) -> Result<Sharing, DbError> {
        let mut found = Sharing::default();
        let text = |keys: &IdentityKeys, column: &str| match column {
            "email_key" => keys.email_key.clone(),
            "phone_key" => keys.phone_key.clone(),
            _ => keys.person_key.clone(),
        };
        for column in ["email_key", "phone_key", "person_key"] {
            let wanted: BTreeSet<String> = exact.iter().filter_map(|keys| text(keys, column)).collect();
            let values = lists::texts(self.at.backend(), wanted.iter().map(String::as_str));
            let inner = format!(
                "SELECT id FROM leads WHERE organization_id = $1 AND {column} = w.value AND archived_at IS NULL \
                 AND merged_into IS NULL LIMIT {MOST_FOR_A_KEY}"
            );
            for row in self.for_each(wanted.is_empty(), "text", values, &inner).await? {
                let (key, id): (String, Uuid) = (row.try_get("", "key")?, row.try_get("", "id")?);
                found.exact.push((column, key, Id::from_uuid(id)));
            }
        }
        for (place, column) in COLUMNS.into_iter().enumerate() {
            let wanted: BTreeSet<i64> = alike.iter().filter_map(|keys| keys.all()[place]).collect();
            let values = lists::numbers(self.at.backend(), wanted.iter().copied());
            let inner = format!(
                "SELECT id FROM lead_match_keys WHERE organization_id = $1 AND {column} = w.value \
                 ORDER BY id DESC LIMIT {MOST_FOR_A_KEY}"
            );
            for row in self.for_each(wanted.is_empty(), "bigint", values, &inner).await? {
                let (key, id): (i64, Uuid) = (row.try_get("", "key")?, row.try_get("", "id")?);
                found.alike.push((place, key, Id::from_uuid(id)));
            }
        }
        Ok(found)
    }

    async fn for_each(
        &self,
        nothing: bool,
        kind: &str,
        wanted: Value,
        inner: &str,
    ) -> Result<Vec<sea_orm::QueryResult>, DbError> {
        if nothing {
            return Ok(Vec::new());
        }
        let backend = self.at.backend();
        let sql = lists::ids_for_each(backend, kind, "$2", inner);
        let values = [self.at.organization().into(), wanted];
        Ok(self.at.conn.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?)
    }
}
