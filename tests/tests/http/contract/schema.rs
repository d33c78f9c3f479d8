//! The shape of the tables, on both databases, as decisions about sharding and write costs demand it.

use std::collections::BTreeMap;

use leadwright_tests::{Backend, TestApp, on_both_databases};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

/// Tables of the whole installation, a closed list: everything else belongs to one organization.
const GLOBAL: &[&str] =
    &["organizations", "login_identities", "public_keys", "signing_keys", "rate_windows", "nodes", "seaql_migrations"];
/// One row per organization.
const BY_ORGANIZATION: &[&str] = &["event_heads"];
/// An index over words, among which the organization is one that every search asks for.
const BY_WORD: &str = "leads_by_term";
/// Numbers of rows for the text search of SQLite, which knows no other ids.
const NUMBERED: &str = "lead_search_rows";

/// Indexes by table: name, columns, and whether it is the primary key.
type Indexes = BTreeMap<String, Vec<(String, Vec<String>, bool)>>;

async fn rows(database: &DatabaseConnection, sql: &str) -> Vec<Vec<String>> {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let rows = database.query_all_raw(statement).await.unwrap();
    let texts = |row: &sea_orm::QueryResult| {
        (0..row.column_names().len()).map(|at| row.try_get_by_index(at).unwrap()).collect()
    };
    rows.iter().map(texts).collect()
}

async fn indexes(app: &TestApp) -> Indexes {
    let database = app.database().await;
    let sql = match app.backend {
        Backend::Postgres => {
            "SELECT t.relname::text, i.relname::text, x.indisprimary::text, string_agg(coalesce(a.attname, '(expression)'), ',' ORDER BY k.n)
             FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
             JOIN pg_namespace n ON n.oid = t.relnamespace CROSS JOIN unnest(x.indkey::smallint[]) WITH ORDINALITY k(att, n)
             LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.att AND k.att > 0
             WHERE n.nspname = 'public' GROUP BY 1, 2, 3"
        }
        Backend::Sqlite => {
            "SELECT t.name, i.name, CASE i.origin WHEN 'pk' THEN 'true' ELSE 'false' END, group_concat(coalesce(c.name, '(expression)'), ',')
             FROM pragma_table_list t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
             WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%' GROUP BY 1, 2, 3"
        }
    };
    let mut indexes = Indexes::new();
    for row in rows(&database, sql).await {
        let [table, index, primary, columns] = row.try_into().unwrap();
        let columns = columns.split(',').map(ToOwned::to_owned).collect();
        indexes.entry(table).or_default().push((index, columns, primary == "true"));
    }
    database.close().await.unwrap();
    indexes
}

on_both_databases!(async fn every_row_belongs_to_an_organization_first(app) {
    let indexes = indexes(&app).await;
    assert!(indexes.len() > 15, "{:?}", indexes.keys());
    for (table, indexes) in indexes.iter().filter(|(table, _)| !GLOBAL.contains(&table.as_str())) {
        for (index, columns, primary) in indexes {
            if *primary && !BY_ORGANIZATION.contains(&table.as_str()) {
                assert_eq!(columns, &["organization_id", "id"], "primary key of {table}");
            }
            assert!(columns[0] == "organization_id" || index == BY_WORD, "{index} of {table}: {columns:?}");
        }
        let primary = indexes.iter().any(|(_, _, primary)| *primary);
        assert!(primary || table == NUMBERED, "{table} has no primary key");
    }
});

on_both_databases!(async fn writes_keep_few_indexes(app) {
    let indexes = indexes(&app).await;
    assert!(indexes["leads"].len() <= 9, "{:?}", indexes["leads"]);
    assert!(indexes["events"].len() <= 3, "{:?}", indexes["events"]);
});

on_both_databases!(async fn nothing_goes_with_something_else(app) {
    let database = app.database().await;
    let sql = match app.backend {
        Backend::Postgres => {
            "SELECT conname::text, confdeltype::text, confupdtype::text, conrelid::regclass::text, confrelid::regclass::text
             FROM pg_constraint WHERE contype = 'f'"
        }
        Backend::Sqlite => {
            "SELECT DISTINCT t.name || '.' || f.id, CASE f.on_delete WHEN 'NO ACTION' THEN 'a' ELSE f.on_delete END,
             CASE f.on_update WHEN 'NO ACTION' THEN 'a' ELSE f.on_update END, t.name, f.\"table\"
             FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'"
        }
    };
    let keys = rows(&database, sql).await;
    assert!(keys.len() > 5);
    for key in keys {
        assert_eq!((key[1].as_str(), key[2].as_str()), ("a", "a"), "{} must not cascade", key[0]);
        for log in ["events", "interactions", "submissions"] {
            assert!(key[3] != log && key[4] != log, "{}: {log} is only appended to", key[0]);
        }
    }
    database.close().await.unwrap();
});
