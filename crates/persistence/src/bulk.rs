//! Many rows in one constant statement: array parameters on PostgreSQL, one JSON parameter on SQLite.
//!
//! The column list and types come from the entity, so that nothing has to be kept in step. On PostgreSQL a column that
//! may be null travels as text with `''` for null (an array can't carry nulls through the driver); no nullable text
//! column of ours ever holds an empty string.

use std::fmt::Write;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Iden, Iterable, Statement, Value,
    sea_query::{ArrayType, ColumnType},
};
use serde_json::Value as Json;

use crate::{DbError, conn::Conn, scope::Tenant};

/// The most rows in one statement.
const MOST_ROWS: usize = 1_000;

/// Inserts rows of one table. Every column of every row must be set.
pub(crate) async fn insert<E>(conn: Conn<'_>, rows: Vec<E::ActiveModel>) -> Result<(), DbError>
where
    E: Tenant,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    upsert::<E>(conn, rows, "").await.map(drop)
}

/// The same with a clause for rows that are there already (`ON CONFLICT …`); answers how many were written.
pub(crate) async fn upsert<E>(conn: Conn<'_>, rows: Vec<E::ActiveModel>, conflict: &str) -> Result<u64, DbError>
where
    E: Tenant,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let columns: Vec<Column<E>> = E::Column::iter().map(Column::of).collect();
    let mut written = 0;
    for chunk in rows.chunks(MOST_ROWS) {
        let mut statement = match conn.get_database_backend() {
            DbBackend::Postgres => on_postgres::<E>(&columns, chunk)?,
            _ => on_sqlite::<E>(&columns, chunk)?,
        };
        if !conflict.is_empty() {
            // SQLite takes the clause for a part of the SELECT unless that has a condition.
            statement.sql.push_str(" WHERE 1 = 1 ");
            statement.sql.push_str(conflict);
        }
        written += conn.execute_raw(statement).await?.rows_affected();
    }
    Ok(written)
}

/// Writes rows over those of the same id; answers how many there were. The version must be the next of the stored one, and
/// `also` may demand more of the row `t` that is there and the row `r` that comes. Every column of every row must be set.
pub(crate) async fn update<E>(conn: Conn<'_>, rows: Vec<E::ActiveModel>, also: &str) -> Result<u64, DbError>
where
    E: Tenant,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let columns: Vec<Column<E>> = E::Column::iter().map(Column::of).collect();
    let keys = ["organization_id", "id"];
    let values = columns.iter().map(|column| column.name.as_str()).filter(|name| !keys.contains(name));
    let values: Vec<String> = values.map(|name| format!("{name} = r.{name}")).collect();
    let (table, values) = (E::default().unquoted().to_owned(), values.join(", "));
    let mut written = 0;
    for chunk in rows.chunks(MOST_ROWS) {
        let backend = conn.get_database_backend();
        let (picks, from, bound) = match backend {
            DbBackend::Postgres => rows_on_postgres::<E>(&columns, chunk)?,
            _ => rows_on_sqlite::<E>(&columns, chunk)?,
        };
        let named = picks.iter().zip(&columns).map(|(pick, column)| format!("{pick} AS {}", column.name));
        let named: Vec<String> = named.collect();
        let sql = format!(
            "UPDATE {table} AS t SET {values} FROM (SELECT {} FROM {from}) AS r \
             WHERE t.organization_id = r.organization_id AND t.id = r.id AND t.version = r.version - 1{also}",
            named.join(", ")
        );
        written += conn.execute_raw(Statement::from_sql_and_values(backend, sql, bound)).await?.rows_affected();
    }
    Ok(written)
}

struct Column<E: EntityTrait> {
    column: E::Column,
    name: String,
    kind: ColumnType,
    nullable: bool,
}

impl<E: EntityTrait> Column<E> {
    fn of(column: E::Column) -> Self {
        let definition = column.def();
        Self {
            column,
            name: column.unquoted().to_owned(),
            kind: definition.get_column_type().clone(),
            nullable: definition.is_null(),
        }
    }

    /// The PostgreSQL type that the column's text form is cast to.
    const fn postgres_type(&self) -> &'static str {
        match self.kind {
            ColumnType::Uuid => "uuid",
            ColumnType::BigInteger => "bigint",
            ColumnType::Boolean => "boolean",
            ColumnType::Json | ColumnType::JsonBinary => "jsonb",
            ColumnType::TimestampWithTimeZone => "timestamptz",
            ColumnType::Blob | ColumnType::VarBinary(_) => "bytea",
            _ => "text",
        }
    }

    /// Whether the column travels in its own type; otherwise as text.
    const fn travels_as_is(&self) -> bool {
        !self.nullable && !matches!(self.kind, ColumnType::Json | ColumnType::JsonBinary)
    }
}

/// How the columns are picked, from which rows, and what these are made of.
type Rows = (Vec<String>, String, Vec<Value>);

fn on_postgres<E: EntityTrait>(columns: &[Column<E>], rows: &[E::ActiveModel]) -> Result<Statement, DbError>
where
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    Ok(inserting::<E>(DbBackend::Postgres, columns, rows_on_postgres::<E>(columns, rows)?))
}

fn on_sqlite<E: EntityTrait>(columns: &[Column<E>], rows: &[E::ActiveModel]) -> Result<Statement, DbError>
where
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    Ok(inserting::<E>(DbBackend::Sqlite, columns, rows_on_sqlite::<E>(columns, rows)?))
}

fn inserting<E: EntityTrait>(backend: DbBackend, columns: &[Column<E>], (picks, from, values): Rows) -> Statement {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let table = E::default().unquoted().to_owned();
    let sql = format!("INSERT INTO {table} ({}) SELECT {} FROM {from}", names.join(", "), picks.join(", "));
    Statement::from_sql_and_values(backend, sql, values)
}

fn rows_on_postgres<E: EntityTrait>(columns: &[Column<E>], rows: &[E::ActiveModel]) -> Result<Rows, DbError>
where
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let (mut picks, mut arrays, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (column, number) in columns.iter().zip(1..) {
        let kind = column.postgres_type();
        let as_is = column.travels_as_is();
        arrays.push(format!("${number}::{}[]", if as_is { kind } else { "text" }));
        picks.push(match (as_is, kind) {
            (true, _) => format!("c{number}"),
            (false, "text") => format!("nullif(c{number}, '')"),
            (false, _) => format!("nullif(c{number}, '')::{kind}"),
        });
        let held = rows.iter().map(|row| held::<E>(row, column));
        values.push(if as_is {
            let array = match kind {
                "uuid" => ArrayType::Uuid,
                "bigint" => ArrayType::BigInt,
                "boolean" => ArrayType::Bool,
                "timestamptz" => ArrayType::ChronoDateTimeUtc,
                "bytea" => ArrayType::Bytes,
                _ => ArrayType::String,
            };
            Value::Array(array, Some(Box::new(held.collect::<Result<_, _>>()?)))
        } else {
            let texts = held.map(|value| value.map(|value| Value::from(text_of(&value).unwrap_or_default())));
            Value::Array(ArrayType::String, Some(Box::new(texts.collect::<Result<_, _>>()?)))
        });
    }
    let aliases: Vec<String> = (1..=columns.len()).map(|number| format!("c{number}")).collect();
    Ok((picks, format!("unnest({}) AS r({})", arrays.join(", "), aliases.join(", ")), values))
}

fn rows_on_sqlite<E: EntityTrait>(columns: &[Column<E>], rows: &[E::ActiveModel]) -> Result<Rows, DbError>
where
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let mut list = Vec::with_capacity(rows.len());
    for row in rows {
        let cells: Result<Vec<Json>, DbError> =
            columns.iter().map(|column| Ok(cell_of(&held::<E>(row, column)?))).collect();
        list.push(Json::Array(cells?));
    }
    let picks = columns.iter().enumerate().map(|(at, column)| match column.kind {
        ColumnType::Uuid | ColumnType::Blob | ColumnType::VarBinary(_) => format!("unhex(value ->> {at})"),
        _ => format!("value ->> {at}"),
    });
    Ok((picks.collect(), "json_each($1)".to_owned(), vec![Value::from(Json::Array(list).to_string())]))
}

fn held<E: EntityTrait>(row: &E::ActiveModel, column: &Column<E>) -> Result<Value, DbError>
where
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    row.get(column.column).into_value().ok_or_else(|| DbError::Other(format!("column {} is not set", column.name)))
}

/// The text form of a value; `None` for null.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Uuid(id) => id.map(|id| id.to_string()),
        Value::String(text) => text.clone(),
        Value::BigInt(number) => number.map(|number| number.to_string()),
        Value::Bool(flag) => flag.map(|flag| flag.to_string()),
        Value::Json(json) => json.as_ref().map(ToString::to_string),
        Value::ChronoDateTimeUtc(at) => at.as_ref().map(|at| stored_instant(*at)),
        _ => None,
    }
}

/// The JSON cell of a value, for SQLite: ids and bytes as hexadecimal digits, JSON as text.
fn cell_of(value: &Value) -> Json {
    match value {
        Value::Uuid(id) => id.map_or(Json::Null, |id| id.simple().to_string().into()),
        Value::Bytes(bytes) => bytes.as_ref().map_or(Json::Null, |bytes| hex(bytes).into()),
        Value::BigInt(number) => number.map_or(Json::Null, Into::into),
        Value::Bool(flag) => flag.map_or(Json::Null, |flag| i64::from(flag).into()),
        other => text_of(other).map_or(Json::Null, Into::into),
    }
}

/// The one text form of a stored instant, as the SQLite driver writes it.
pub(crate) fn stored_instant(at: leadwright_domain::time::Instant) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
