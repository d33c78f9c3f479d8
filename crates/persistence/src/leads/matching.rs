//! Finding leads that may be the same person, through indexed keys.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use leadwright_domain::ids::{Id, LeadId};
use sea_orm::{DbBackend, FromQueryResult, Statement};
use uuid::Uuid;

use super::Leads;
use crate::{
    DbError,
    dialect::{lists, locks, plans},
};

/// Keys by which people are recognized, of a whole batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Keys of e-mail addresses.
    pub emails: Vec<String>,
    /// Keys of phone numbers.
    pub phones: Vec<String>,
    /// Keys of company and name.
    pub persons: Vec<String>,
    /// Ids in other systems: `(system, id)`.
    pub external: Vec<(String, String)>,
}

impl Keys {
    const fn count(&self) -> usize {
        self.emails.len() + self.phones.len() + self.persons.len() + self.external.len()
    }
}

/// A lead that shares a key.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
struct Row {
    id: Uuid,
    email_key: Option<String>,
    phone_key: Option<String>,
    person_key: Option<String>,
    name: Option<String>,
    owner_id: Option<Uuid>,
    team_id: Option<Uuid>,
    status: String,
    created_at: DateTime<Utc>,
    archived_at: Option<DateTime<Utc>>,
    merged_into: Option<Uuid>,
}

/// A lead that shares a key with something incoming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub id: LeadId,
    /// Its e-mail key.
    pub email_key: Option<String>,
    /// Its phone key.
    pub phone_key: Option<String>,
    /// Its key of company and name.
    pub person_key: Option<String>,
    /// The name of the person.
    pub name: Option<String>,
    /// Its owner.
    pub owner_id: Option<Id<leadwright_domain::ids::kind::User>>,
    /// Its team.
    pub team_id: Option<Id<leadwright_domain::ids::kind::Team>>,
    /// Its status.
    pub status: String,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Whether it is archived.
    pub archived: bool,
    /// The lead it was merged into.
    pub merged_into: Option<LeadId>,
    /// The wanted ids in other systems that it carries.
    pub external: Vec<(String, String)>,
}

/// So many keys are worth plans of their own.
const MANY: usize = 50;
/// The most leads that are looked for by all keys of a kind together; where there are more, each key gets its share.
const MOST_PER_KIND: usize = 5_000;
/// The most leads looked at for one key then: a key that more share tells nothing.
const MOST_PER_KEY: usize = 200;

impl Leads<'_> {
    /// Locks the keys, so that two transactions can't both find nobody and both create. Call [`Self::find_matches`]
    /// afterwards, in a later statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn lock_keys(&self, keys: &Keys) -> Result<(), DbError> {
        let external: Vec<String> = keys.external.iter().map(|(system, id)| format!("{system}\u{0}{id}")).collect();
        let kinds = [("email", &keys.emails), ("phone", &keys.phones), ("external", &external)];
        let all: Vec<(&'static str, &str)> =
            kinds.into_iter().flat_map(|(kind, keys)| keys.iter().map(move |key| (kind, key.as_str()))).collect();
        locks::identity_keys(self.at.conn, self.at.organization(), &all).await
    }

    /// Every lead of the organization that shares a key, whether or not the caller sees it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find_matches(&self, keys: &Keys) -> Result<Vec<Found>, DbError> {
        if keys.count() < MANY {
            return self.matches(keys).await;
        }
        plans::anew(self.at.conn).await?;
        let found = self.matches(keys).await?;
        plans::as_usual(self.at.conn).await?;
        Ok(found)
    }

    async fn matches(&self, keys: &Keys) -> Result<Vec<Found>, DbError> {
        let mut found: BTreeMap<Uuid, Found> = BTreeMap::new();
        for (column, keys) in [("email_key", &keys.emails), ("phone_key", &keys.phones), ("person_key", &keys.persons)]
        {
            for row in self.sharing(column, keys).await? {
                found.entry(row.id).or_insert_with(|| row.into_found());
            }
        }
        let wanted: Vec<(&str, &str)> = keys.external.iter().map(|(s, e)| (s.as_str(), e.as_str())).collect();
        let carriers = self.by_external_ids(&wanted).await?;
        self.add(&mut found, carriers.iter().map(|(_, _, lead)| *lead)).await?;
        for (system, external, lead) in carriers {
            if let Some(known) = found.get_mut(&lead.uuid()) {
                known.external.push((system, external));
            }
        }
        self.follow_masters(&mut found).await?;
        Ok(found.into_values().collect())
    }

    /// A match that was merged leads to its master, which may share no key.
    async fn follow_masters(&self, found: &mut BTreeMap<Uuid, Found>) -> Result<(), DbError> {
        for _ in 0..8 {
            let masters: Vec<LeadId> = found.values().filter_map(|one| one.merged_into).collect();
            if !self.add(found, masters).await? {
                break;
            }
        }
        Ok(())
    }

    /// Adds leads that are not among the found yet; says whether there were any.
    async fn add(
        &self,
        found: &mut BTreeMap<Uuid, Found>,
        ids: impl IntoIterator<Item = LeadId>,
    ) -> Result<bool, DbError> {
        let missing: BTreeSet<Uuid> = ids.into_iter().map(Id::uuid).filter(|id| !found.contains_key(id)).collect();
        if missing.is_empty() {
            return Ok(false);
        }
        let backend = self.at.backend();
        let sql =
            format!("SELECT {ROW} FROM leads WHERE organization_id = $1 AND {}", lists::id_in(backend, "id", "$2"));
        let values = [self.at.organization().into(), lists::ids(backend, missing)];
        let rows =
            Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(&self.at.conn).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row.into_found())));
        Ok(true)
    }

    async fn sharing(&self, column: &str, keys: &[String]) -> Result<Vec<Row>, DbError> {
        if keys.is_empty() {
            return Ok(vec![]);
        }
        let backend = self.at.backend();
        // PostgreSQL guesses that many keys together are most of the leads until it has statistics, and then walks through
        // all of them; of one key at a time it knows better, and the limit within keeps them apart.
        let some = match backend {
            DbBackend::Postgres => format!(
                "shared.* FROM unnest($2::text[]) AS w (value) CROSS JOIN LATERAL (SELECT {ROW} FROM leads \
                 WHERE organization_id = $1 AND {column} = w.value LIMIT {MOST_PER_KIND}) shared"
            ),
            _ => format!("{ROW} FROM leads WHERE organization_id = $1 AND {}", lists::text_in(backend, column, "$2")),
        };
        let sql = format!("SELECT {some} LIMIT {MOST_PER_KIND}");
        let wanted = lists::texts(backend, keys.iter().map(String::as_str));
        let values = [self.at.organization().into(), wanted.clone()];
        let rows =
            Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(&self.at.conn).await?;
        if rows.len() < MOST_PER_KIND { Ok(rows) } else { self.some_for_each(column, wanted).await }
    }

    /// A key that thousands share must not crowd out those of the others.
    async fn some_for_each(&self, column: &str, wanted: sea_orm::Value) -> Result<Vec<Row>, DbError> {
        let backend = self.at.backend();
        // Those that can be acted on come first, so that none of them is passed over.
        let inner = format!(
            "SELECT id FROM leads WHERE organization_id = $1 AND {column} = w.value ORDER BY merged_into IS NOT NULL, \
             archived_at IS NOT NULL, id LIMIT {MOST_PER_KEY}"
        );
        let ids = lists::ids_for_each(backend, "text", "$2", &inner);
        let sql = format!("SELECT {ROW} FROM leads WHERE organization_id = $1 AND id IN (SELECT id FROM ({ids}) some)");
        let values = [self.at.organization().into(), wanted];
        Ok(Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(&self.at.conn).await?)
    }
}

const ROW: &str = "id, email_key, phone_key, person_key, profile ->> 'contact_name' AS name, owner_id, team_id, status, created_at, archived_at, merged_into";

impl Row {
    fn into_found(self) -> Found {
        Found {
            id: Id::from_uuid(self.id),
            email_key: self.email_key,
            phone_key: self.phone_key,
            person_key: self.person_key,
            name: self.name,
            owner_id: self.owner_id.map(Id::from_uuid),
            team_id: self.team_id.map(Id::from_uuid),
            status: self.status,
            created_at: self.created_at,
            archived: self.archived_at.is_some(),
            merged_into: self.merged_into.map(Id::from_uuid),
            external: vec![],
        }
    }
}
