//! One SQL text for both databases: column types are written as `{uuid}` and the like and filled in per database.

use sea_orm_migration::{
    prelude::{DbErr, SchemaManager},
    sea_orm::{ConnectionTrait, DbBackend},
};

/// Runs statements separated by `;` at the end of a line.
///
/// Placeholders: `{uuid}` `{instant}` `{json}` `{bytes}`; `{id_check NAME}` becomes the check that a SQLite id is a
/// 16-byte blob (a text uuid would go in silently and never be found), and nothing on PostgreSQL.
pub async fn run(manager: &SchemaManager<'_>, text: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let backend = manager.get_database_backend();
    for statement in text.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
        connection.execute_unprepared(&filled(statement, backend)).await?;
    }
    Ok(())
}

fn filled(statement: &str, backend: DbBackend) -> String {
    let postgres = backend == DbBackend::Postgres;
    let kinds = [
        ("{uuid}", "uuid", "blob"),
        ("{instant}", "timestamptz", "text"),
        ("{json}", "jsonb", "text"),
        ("{bytes}", "bytea", "blob"),
        ("{bool}", "boolean", "boolean"),
    ];
    let mut sql = statement.to_owned();
    for (placeholder, on_postgres, on_sqlite) in kinds {
        sql = sql.replace(placeholder, if postgres { on_postgres } else { on_sqlite });
    }
    while let Some(start) = sql.find("{id_check ") {
        let Some(length) = sql[start..].find('}') else { break };
        let column = sql[start + "{id_check ".len()..start + length].to_owned();
        let check = format!(", CHECK (typeof({column}) = 'blob' AND length({column}) = 16)");
        sql.replace_range(start..=start + length, if postgres { "" } else { &check });
    }
    sql
}
