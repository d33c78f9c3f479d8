//! Many rows in one constant statement: array parameters on PostgreSQL, lists of values on SQLite.
//!
//! The column list and types come from the entity, so that nothing has to be kept in step. On PostgreSQL a column that
//! may be null travels as text with `''` for null (an array can't carry nulls through the driver); no nullable text
//! column of ours ever holds an empty string.
//!
//! On SQLite values are bound as they are. One JSON parameter would do as well, but SQLite renders and reads a row of it anew
//! for each of its columns: with forty columns that takes several times as long as the insert.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Iden, Iterable, Statement, Value,
    sea_query::{ArrayType, ColumnType},
};

use crate::{DbError, conn::Conn, scope::Tenant};

/// The most rows in one statement of PostgreSQL: few enough that the next ones are made ready meanwhile.
const MOST_ROWS: usize = 128;
/// How many rows a statement of SQLite may have: few sizes, so that the texts stay few.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// A row: the values of all columns, in the order of the entity; JSON documents as their text.
pub(crate) type Row = Vec<Value>;

/// A model as a row. Every column must be set.
pub(crate) fn row<E>(mut model: E::ActiveModel) -> Result<Row, DbError>
where
    E: Tenant,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    let value = |column: E::Column| {
        let not_set = || DbError::Other(format!("column {} is not set", column.unquoted()));
        Ok(match model.take(column).into_value().ok_or_else(not_set)? {
            // The driver would copy the tree and write it down only when the database waits for it.
            Value::Json(Some(json)) => json.to_string().into(),
            other => other,
        })
    };
    E::Column::iter().map(value).collect()
}

/// Inserts rows of one table. Every column of every row must be set.
pub(crate) async fn insert<E>(conn: Conn<'_>, rows: Vec<E::ActiveModel>) -> Result<(), DbError>
where
    E: Tenant,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    upsert::<E>(conn, rows, "").await.map(drop)
}

/// The same with a clause for rows that are there already (`ON CONFLICT …`); answers how many were written.
pub(crate) async fn upsert<E>(conn: Conn<'_>, rows: Vec<E::ActiveModel>, conflict: &str) -> Result<u64, DbError>
where
    E: Tenant,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    upsert_rows::<E>(conn, rows.into_iter().map(row::<E>), conflict).await
}

/// The same for rows that are made one after the other.
pub(crate) async fn upsert_rows<E: Tenant>(
    conn: Conn<'_>,
    rows: impl ExactSizeIterator<Item = Result<Row, DbError>> + Send,
    conflict: &str,
) -> Result<u64, DbError> {
    let columns: Vec<Column> = E::Column::iter().map(Column::of::<E>).collect();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let (table, names) = (E::default().unquoted().to_owned(), names.join(", "));
    // SQLite takes the clause for a part of the SELECT unless that has a condition.
    let conflict = if conflict.is_empty() { String::new() } else { format!(" WHERE 1 = 1 {conflict}") };
    let of = |select: &str| format!("INSERT INTO {table} ({names}) {select}{conflict}");
    write(conn, &columns, rows, of).await
}

/// Writes rows over those with the same key, where they still have the numbers that were read: `guards` names the columns, and
/// each row brings their values. Answers how many were written.
pub(crate) async fn update<E: Tenant, const N: usize>(
    conn: Conn<'_>,
    rows: impl ExactSizeIterator<Item = Result<(Row, [i64; N]), DbError>> + Send,
    guards: [&'static str; N],
) -> Result<u64, DbError> {
    let mut columns: Vec<Column> = E::Column::iter().map(Column::of::<E>).collect();
    let table = E::default().unquoted().to_owned();
    let of_key = |name: &str| matches!(name, "organization_id" | "id");
    let kept = columns.iter().map(|column| column.name.as_str()).filter(|name| !of_key(name));
    let set = kept.map(|name| format!("{name} = r.{name}")).collect::<Vec<_>>().join(", ");
    let guarded: String = guards.iter().map(|name| format!(" AND {table}.{name} = r.was_{name}")).collect();
    columns.extend(guards.map(|name| Column {
        name: format!("was_{name}"),
        kind: ColumnType::BigInteger,
        nullable: false,
    }));
    let whole = |made: Result<(Row, [i64; N]), DbError>| {
        made.map(|(row, were)| row.into_iter().chain(were.map(Value::from)).collect())
    };
    let key = format!("{table}.organization_id = r.organization_id AND {table}.id = r.id");
    let of = |select: &str| format!("UPDATE {table} SET {set} FROM ({select}) AS r WHERE {key}{guarded}");
    write(conn, &columns, rows.map(whole), of).await
}

/// Runs the statement that `of` makes of a query that gives the rows, their columns by name, as often as need be. While the
/// database is busy with some rows, the next ones are made.
async fn write(
    conn: Conn<'_>,
    columns: &[Column],
    mut rows: impl ExactSizeIterator<Item = Result<Row, DbError>> + Send,
    of: impl Fn(&str) -> String + Send + Sync,
) -> Result<u64, DbError> {
    let (backend, mut written) = (conn.get_database_backend(), 0);
    let mut next = || statement(backend, columns, &mut rows, &of);
    let mut ready = next()?;
    while let Some(statement) = ready {
        let (done, following) = tokio::join!(biased; conn.execute_raw(statement), async { next() });
        written += done?.rows_affected();
        ready = following?;
    }
    Ok(written)
}

/// The statement for the next rows, if there are any.
fn statement(
    backend: DbBackend,
    columns: &[Column],
    rows: &mut (impl ExactSizeIterator<Item = Result<Row, DbError>> + Send),
    of: impl Fn(&str) -> String,
) -> Result<Option<Statement>, DbError> {
    if rows.len() == 0 {
        return Ok(None);
    }
    let size = size(backend, rows.len());
    let some: Vec<Row> = rows.take(size).collect::<Result<_, _>>()?;
    let (select, values) = match backend {
        DbBackend::Postgres => from_arrays(columns, some),
        _ => from_lists(columns, some),
    };
    Ok(Some(Statement::from_sql_and_values(backend, of(&select), values)))
}

/// How many of so many rows go with the next statement.
fn size(backend: DbBackend, rows: usize) -> usize {
    match backend {
        DbBackend::Postgres => rows.min(MOST_ROWS),
        _ => SIZES.into_iter().find(|size| *size <= rows).unwrap_or(1),
    }
}

fn from_arrays(columns: &[Column], rows: Vec<Row>) -> (String, Vec<Value>) {
    let (mut picks, mut arrays, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut rows: Vec<_> = rows.into_iter().map(Vec::into_iter).collect();
    for (at, column) in columns.iter().enumerate() {
        let held = rows.iter_mut().filter_map(Iterator::next);
        let (number, name, kind, as_is) = (at + 1, &column.name, column.postgres_type(), column.travels_as_is());
        let (kind_of_array, array) = match (as_is, kind) {
            (true, "uuid") => ("uuid", ArrayType::Uuid),
            (true, "bigint") => ("bigint", ArrayType::BigInt),
            (true, "boolean") => ("boolean", ArrayType::Bool),
            (true, "timestamptz") => ("timestamptz", ArrayType::ChronoDateTimeUtc),
            (true, "bytea") => ("bytea", ArrayType::Bytes),
            _ => ("text", ArrayType::String),
        };
        let held: Vec<Value> =
            if as_is { held.collect() } else { held.map(|value| text_of(value).unwrap_or_default().into()).collect() };
        picks.push(match (as_is, kind) {
            (true, _) => format!("c{number} AS {name}"),
            (false, "text") => format!("nullif(c{number}, '') AS {name}"),
            (false, _) => format!("nullif(c{number}, '')::{kind} AS {name}"),
        });
        arrays.push(format!("${number}::{kind_of_array}[]"));
        values.push(Value::Array(array, Some(Box::new(held))));
    }
    let aliases: Vec<String> = (1..=columns.len()).map(|number| format!("c{number}")).collect();
    let (picks, arrays, aliases) = (picks.join(", "), arrays.join(", "), aliases.join(", "));
    (format!("SELECT {picks} FROM unnest({arrays}) AS r({aliases})"), values)
}

fn from_lists(columns: &[Column], rows: Vec<Row>) -> (String, Vec<Value>) {
    let row = format!("({})", vec!["?"; columns.len()].join(", "));
    let named = |(at, column): (usize, &Column)| format!("column{} AS {}", at + 1, column.name);
    let names: Vec<String> = columns.iter().enumerate().map(named).collect();
    let select = format!("SELECT {} FROM (VALUES {})", names.join(", "), vec![row; rows.len()].join(", "));
    (select, rows.into_iter().flatten().collect())
}

struct Column {
    name: String,
    kind: ColumnType,
    nullable: bool,
}

impl Column {
    fn of<E: EntityTrait>(column: E::Column) -> Self {
        let definition = column.def();
        let (kind, nullable) = (definition.get_column_type().clone(), definition.is_null());
        Self { name: column.unquoted().to_owned(), kind, nullable }
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

/// The text form of a value; `None` for null.
fn text_of(value: Value) -> Option<String> {
    match value {
        Value::Uuid(id) => id.map(|id| id.to_string()),
        Value::String(text) => text,
        Value::BigInt(number) => number.map(|number| number.to_string()),
        Value::Bool(flag) => flag.map(|flag| flag.to_string()),
        Value::ChronoDateTimeUtc(at) => at.map(stored_instant),
        _ => None,
    }
}

/// The one text form of a stored instant, as the SQLite driver writes it.
pub(crate) fn stored_instant(at: leadwright_domain::time::Instant) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)
}
