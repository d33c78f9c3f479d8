//! The erase registry against the schema.

use std::collections::{BTreeMap, BTreeSet};

use leadwright_persistence::erasures::REGISTRY;
use leadwright_tests::{Backend, TestApp, on_both_databases};
use sea_orm::{ConnectionTrait, Statement};

/// Columns by table.
pub(super) async fn columns(app: &TestApp) -> BTreeMap<String, BTreeSet<String>> {
    let database = app.database().await;
    let sql = match app.backend {
        Backend::Postgres => {
            "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns WHERE table_schema = 'public'"
        }
        // The words of the search lie in tables of SQLite's own below the one that is named.
        Backend::Sqlite => {
            "SELECT t.name AS t, c.name AS c FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
             WHERE t.schema = 'main' AND t.type <> 'shadow' AND t.name NOT LIKE 'sqlite_%'"
        }
    };
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in database.query_all_raw(statement).await.unwrap() {
        let (table, column): (String, String) = (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap());
        columns.entry(table).or_default().insert(column);
    }
    database.close().await.unwrap();
    columns.remove("seaql_migrations");
    columns
}

on_both_databases!(async fn every_column_says_what_becomes_of_it(app) {
    let columns = columns(&app).await;
    assert!(columns.len() > 25, "{:?}", columns.keys());
    for (table, columns) in &columns {
        let known = REGISTRY.iter().find(|known| known.name == table);
        let known = known.unwrap_or_else(|| panic!("say in the erase registry what becomes of the table {table}"));
        let said: Vec<&str> = known.personal.iter().map(|(name, _)| *name).chain(known.kept.split_whitespace()).collect();
        let once: BTreeSet<String> = said.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(&once, columns, "say in the erase registry what becomes of each column of {table}");
        assert_eq!(said.len(), once.len(), "{table} names a column twice");
    }
    // The search of SQLite is no table of PostgreSQL.
    let gone = REGISTRY.iter().filter(|known| !columns.contains_key(known.name) && !known.name.starts_with("lead_search"));
    assert_eq!(gone.map(|known| known.name).collect::<Vec<_>>(), Vec::<&str>::new());
});
