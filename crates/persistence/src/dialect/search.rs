//! Text search: a GIN index over terms on PostgreSQL, FTS5 over a side table on SQLite. Terms are made by the domain.

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use uuid::Uuid;

use crate::{DbError, conn::Conn};

/// The most leads that a text search looks at.
pub(crate) const MOST_CANDIDATES: usize = 10_000;

/// The term that keeps one organization's rows apart in an index that all share.
pub(crate) fn organization_term(organization: Uuid) -> String {
    format!("o{}", organization.simple())
}

/// First the rows that stand for the leads, then their terms. `CROSS JOIN`, because otherwise SQLite walks all rows of the
/// organization and looks for each among the new ones.
const ON_SQLITE: [&str; 2] = [
    "INSERT INTO lead_search_rows (organization_id, lead_id) SELECT ?1, unhex(value ->> 0) FROM json_each(?2) \
     WHERE true ON CONFLICT (organization_id, lead_id) DO NOTHING",
    "INSERT OR REPLACE INTO lead_search (rowid, terms) SELECT r.row_id, j.value ->> 1 FROM json_each(?2) j \
     CROSS JOIN lead_search_rows r ON r.organization_id = ?1 AND r.lead_id = unhex(j.value ->> 0)",
];

/// Whether the database indexes the column of terms without being told.
pub(crate) fn indexes_by_itself(backend: DbBackend) -> bool {
    backend == DbBackend::Postgres
}

/// Puts leads' terms into the search index, after their rows were written. Each pair is a lead and its `search_terms`.
pub(crate) async fn index(conn: Conn<'_>, organization: Uuid, leads: &[(Uuid, &str)]) -> Result<(), DbError> {
    if indexes_by_itself(conn.get_database_backend()) || leads.is_empty() {
        return Ok(());
    }
    let rows: Vec<serde_json::Value> =
        leads.iter().map(|(id, terms)| serde_json::json!([id.simple().to_string(), terms])).collect();
    let rows = Value::from(serde_json::Value::from(rows).to_string());
    for sql in ON_SQLITE {
        conn.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, [organization.into(), rows.clone()]))
            .await?;
    }
    Ok(())
}

/// A condition on `leads.id` that holds for leads with all the words as prefixes of their terms; its one parameter is
/// [`query`].
pub(crate) fn matches(backend: DbBackend, parameter: &str) -> String {
    match backend {
        DbBackend::Postgres => {
            format!("array_to_tsvector(string_to_array(leads.search_terms, ' ')) @@ {parameter}::text::tsquery")
        }
        _ => format!(
            "leads.id IN (SELECT r.lead_id FROM lead_search s JOIN lead_search_rows r ON r.row_id = s.rowid \
             WHERE s.lead_search MATCH {parameter} LIMIT {MOST_CANDIDATES})"
        ),
    }
}

/// The parameter for [`matches`]: words are of letters, digits and `@._+-` only, so that neither syntax is broken.
pub(crate) fn query(backend: DbBackend, organization: Uuid, words: &[String]) -> String {
    let own = organization_term(organization);
    match backend {
        DbBackend::Postgres => {
            let words = words.iter().map(|word| format!(" & '{word}':*"));
            format!("'{own}'{}", words.collect::<String>())
        }
        _ => {
            let words = words.iter().map(|word| format!(" AND \"{word}\" *"));
            format!("\"{own}\"{}", words.collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use leadwright_migrations::{Migrator, MigratorTrait};
    use sea_orm::Database;

    use super::*;

    #[tokio::test]
    async fn indexing_some_leads_does_not_walk_all() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        for sql in ON_SQLITE {
            let explain = format!("EXPLAIN QUERY PLAN {sql}");
            let values = [Uuid::nil().into(), Value::from("[]")];
            let plan = Statement::from_sql_and_values(DbBackend::Sqlite, explain, values);
            for step in db.query_all_raw(plan).await.unwrap() {
                let step: String = step.try_get("", "detail").unwrap();
                assert!(!step.contains("lead_search_rows") || step.contains("lead_id=?"), "{step}");
                assert!(!step.starts_with("SEARCH r ") || step.contains("lead_id=?"), "{step}");
            }
        }
    }
}
