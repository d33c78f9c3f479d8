//! Values that somebody may take over.

use leadwright_domain::{
    access::LeadVisibility,
    ids::{Id, LeadId, SuggestionId},
    precedence::Writer,
    suggestions::{Suggestion, SuggestionState},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, FromQueryResult, Statement};
use serde_json::json;

use crate::{
    DbError, bulk,
    conn::repository,
    dialect::lists,
    entities::suggestions as rows,
    leads::{Sql, seen},
};

repository!(
    /// Suggestions for the organization's leads.
    Suggestions,
    suggestions
);

/// Which suggestions are asked for.
#[derive(Clone, Debug)]
pub struct SuggestionQuery {
    /// In this state.
    pub state: SuggestionState,
    /// For this field.
    pub field: Option<String>,
    /// Of this kind of writer.
    pub writer: Option<Writer>,
    /// For this lead.
    pub lead: Option<LeadId>,
    /// From behind this one.
    pub before: Option<SuggestionId>,
    /// How many at most.
    pub limit: u64,
}

impl Suggestions<'_> {
    /// All that is kept of some leads, whoever may see them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_leads(&self, leads: &[LeadId]) -> Result<Vec<Suggestion>, DbError> {
        let backend = self.at.backend();
        let text = format!(
            "SELECT * FROM suggestions WHERE organization_id = $1 AND {} ORDER BY id",
            lists::id_in(backend, "lead_id", "$2")
        );
        let values = [self.at.organization().into(), lists::ids(backend, leads.iter().map(|id| id.uuid()))];
        self.read(Statement::from_sql_and_values(backend, text, values)).await
    }

    /// One suggestion; `None` where the caller does not see the lead.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: SuggestionId) -> Result<Option<Suggestion>, DbError> {
        let mut sql = Sql::new(self.at.backend());
        let (organization, id) = (sql.bind(self.at.organization()), sql.bind(id.uuid()));
        let lead = self.of_seen_lead(&mut sql, "");
        let text =
            format!("SELECT s.* FROM suggestions s {lead} WHERE s.organization_id = {organization} AND s.id = {id}");
        Ok(self.read(sql.statement(text)).await?.pop())
    }

    /// Suggestions for leads that the caller sees and that are neither archived nor merged, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn list(&self, query: &SuggestionQuery) -> Result<Vec<Suggestion>, DbError> {
        let mut sql = Sql::new(self.at.backend());
        let organization = sql.bind(self.at.organization());
        // Some dozens of one lead are sorted; those of all are read in the order of their index.
        let mut tests = vec![format!("s.organization_id = {organization}")];
        tests.push(format!("s.state = {}", sql.bind(query.state.as_str())));
        if let Some(field) = &query.field {
            tests.push(format!("s.field = {}", sql.bind(field.as_str())));
        }
        if let Some(writer) = query.writer {
            tests.push(format!("s.writer = {}", sql.bind(writer.as_str())));
        }
        if let Some(lead) = query.lead {
            tests.push(format!("s.lead_id = {}", sql.bind(lead.uuid())));
        }
        if let Some(before) = query.before {
            tests.push(format!("s.id < {}", sql.bind(before.uuid())));
        }
        let there = if query.lead.is_some() { "" } else { " AND leads.archived_at IS NULL" };
        let lead = self.of_seen_lead(&mut sql, there);
        let (tests, limit) = (tests.join(" AND "), query.limit);
        let text = format!("SELECT s.* FROM suggestions s {lead} WHERE {tests} ORDER BY s.id DESC LIMIT {limit}");
        self.read(sql.statement(text)).await
    }

    /// Writes suggestions, new ones and over known ones.
    ///
    /// # Errors
    /// The database failed.
    pub async fn write(&self, all: &[Suggestion]) -> Result<(), DbError> {
        if all.is_empty() {
            return Ok(());
        }
        let row = |one: &Suggestion| rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(one.id.uuid()),
            version: Set(one.version),
            lead_id: Set(one.lead_id.uuid()),
            field: Set(one.field.clone()),
            // In a list: a value that is to be emptied is a value.
            value: Set(json!([one.value])),
            writer: Set(one.from.by.as_str().to_owned()),
            origin: Set(json!(one.from)),
            state: Set(one.state.as_str().to_owned()),
            decided_by: Set(one.decided_by.map(|by| json!(by))),
            decided_at: Set(one.decided_at),
            created_at: Set(one.created_at),
            updated_at: Set(one.updated_at),
        };
        let conflict = "ON CONFLICT (organization_id, id) DO UPDATE SET version = excluded.version, \
             value = excluded.value, origin = excluded.origin, state = excluded.state, \
             decided_by = excluded.decided_by, decided_at = excluded.decided_at, updated_at = excluded.updated_at";
        bulk::upsert::<rows::Entity>(self.at.conn, all.iter().map(row).collect(), conflict).await?;
        Ok(())
    }

    /// Forgets suggestions.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget(&self, ids: &[SuggestionId]) -> Result<(), DbError> {
        if ids.is_empty() {
            return Ok(());
        }
        let backend = self.at.backend();
        let text =
            format!("DELETE FROM suggestions WHERE organization_id = $1 AND {}", lists::id_in(backend, "id", "$2"));
        let values = [self.at.organization().into(), lists::ids(backend, ids.iter().map(|id| id.uuid()))];
        self.at.conn.execute_raw(Statement::from_sql_and_values(backend, text, values)).await?;
        Ok(())
    }

    /// The lead of `s`, where the caller sees it and it was not merged.
    fn of_seen_lead(&self, sql: &mut Sql, further: &str) -> String {
        let visibility = &self.at.scope.leads;
        let seen = match *visibility == LeadVisibility::All {
            true => String::new(),
            false => format!(" AND {}", seen(sql, visibility)),
        };
        format!(
            "JOIN leads ON leads.organization_id = s.organization_id AND leads.id = s.lead_id \
             AND leads.merged_into IS NULL{further}{seen}"
        )
    }

    async fn read(&self, statement: Statement) -> Result<Vec<Suggestion>, DbError> {
        let rows = rows::Model::find_by_statement(statement).all(&self.at.conn).await?;
        rows.into_iter().map(to_suggestion).collect()
    }
}

fn to_suggestion(row: rows::Model) -> Result<Suggestion, DbError> {
    Ok(Suggestion {
        id: Id::from_uuid(row.id),
        version: row.version,
        lead_id: Id::from_uuid(row.lead_id),
        field: row.field,
        value: row.value.get(0).cloned().unwrap_or_default(),
        from: serde_json::from_value(row.origin).map_err(DbError::corrupt)?,
        state: SuggestionState::parse(&row.state).ok_or_else(|| DbError::corrupt("state of a suggestion"))?,
        decided_by: row.decided_by.map(serde_json::from_value).transpose().map_err(DbError::corrupt)?,
        decided_at: row.decided_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
