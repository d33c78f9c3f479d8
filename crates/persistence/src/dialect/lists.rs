//! A list of values as one parameter, so that statements keep constant texts.

use sea_orm::{DbBackend, Value, sea_query::ArrayType};
use serde_json::Value as Json;
use uuid::Uuid;

/// `column = any of $n`, for texts.
pub(crate) fn text_in(backend: DbBackend, column: &str, parameter: &str) -> String {
    match backend {
        DbBackend::Postgres => format!("{column} = ANY({parameter}::text[])"),
        _ => format!("{column} IN (SELECT value FROM json_each({parameter}))"),
    }
}

/// `column = any of $n`, for ids.
pub(crate) fn id_in(backend: DbBackend, column: &str, parameter: &str) -> String {
    match backend {
        DbBackend::Postgres => format!("{column} = ANY({parameter}::uuid[])"),
        _ => format!("{column} IN (SELECT unhex(value) FROM json_each({parameter}))"),
    }
}

/// `column = any of $n`, for whole numbers.
pub(crate) fn number_in(backend: DbBackend, column: &str, parameter: &str) -> String {
    match backend {
        DbBackend::Postgres => format!("{column} = ANY({parameter}::bigint[])"),
        _ => format!("{column} IN (SELECT value FROM json_each({parameter}))"),
    }
}

/// The elements of the list under a key of a JSON document, as rows `e` with a text `value`; `key` is a literal. No rows
/// where there is no list.
pub(crate) fn elements(backend: DbBackend, document: &str, key: &str) -> String {
    match backend {
        DbBackend::Postgres => format!(
            "jsonb_array_elements_text(CASE jsonb_typeof({document} -> {key}) WHEN 'array' THEN {document} -> {key} END) \
             AS e (value)"
        ),
        _ => format!("json_each({document} -> {key}) AS e"),
    }
}

/// The parameter for [`text_in`].
pub(crate) fn texts<'a>(backend: DbBackend, values: impl IntoIterator<Item = &'a str>) -> Value {
    match backend {
        DbBackend::Postgres => {
            Value::Array(ArrayType::String, Some(Box::new(values.into_iter().map(Value::from).collect())))
        }
        _ => Value::from(Json::from_iter(values).to_string()),
    }
}

/// The parameter for [`id_in`].
pub(crate) fn ids(backend: DbBackend, values: impl IntoIterator<Item = Uuid>) -> Value {
    match backend {
        DbBackend::Postgres => {
            Value::Array(ArrayType::Uuid, Some(Box::new(values.into_iter().map(Value::from).collect())))
        }
        _ => Value::from(Json::from_iter(values.into_iter().map(|id| id.simple().to_string())).to_string()),
    }
}

/// The parameter for [`number_in`].
pub(crate) fn numbers(backend: DbBackend, values: impl IntoIterator<Item = i64>) -> Value {
    match backend {
        DbBackend::Postgres => {
            Value::Array(ArrayType::BigInt, Some(Box::new(values.into_iter().map(Value::from).collect())))
        }
        _ => Value::from(Json::from_iter(values).to_string()),
    }
}

/// For each `value` of the list `parameter`, the ids that `inner` selects for it (`w.value` is the value), as rows `key, id`;
/// `kind` is the type of the values on PostgreSQL. A limit within `inner` holds for each value by itself.
pub(crate) fn ids_for_each(backend: DbBackend, kind: &str, parameter: &str, inner: &str) -> String {
    match backend {
        DbBackend::Postgres => format!(
            "SELECT w.value AS key, f.id AS id FROM unnest({parameter}::{kind}[]) AS w (value) CROSS JOIN LATERAL ({inner}) f"
        ),
        _ => format!(
            "SELECT w.value AS key, unhex(f.value) AS id FROM json_each({parameter}) w, \
             json_each((SELECT json_group_array(hex(id)) FROM ({inner}))) f"
        ),
    }
}
