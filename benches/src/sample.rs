//! A lead to make many of, through the API and by SQL alike.
//!
//! Every value of it that has to differ contains one number of fifteen digits. So a stored lead is its own template: wherever
//! that number occurs in a column, another goes.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use rand::Rng;
use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool, Row};

use crate::http::{Connection, Request};

/// The smallest of the numbers.
const FIRST: u64 = 100_000_000_000_000;

/// A number that no sample had before.
pub fn number() -> u64 {
    rand::rng().random_range(FIRST..9 * FIRST)
}

/// What the sample with this number says when it is captured.
pub fn posted(number: u64) -> String {
    json!({
        "name": format!("Sample Person {number}"), "email": format!("sample-{number}@example.com"),
        "company": format!("Company {number}"), "job_title": "Head of Purchasing", "country": "DE", "city": "Hamburg",
        "industry": "Manufacturing", "company_size": "50-100", "utm_source": "newsletter", "utm_campaign": "spring",
    })
    .to_string()
}

/// A CSV file of so many people.
///
/// # Errors
/// There is no memory.
pub fn file(rows: u64) -> Result<String> {
    let mut text =
        String::from("First Name,Last Name,Email,Company,Job Title,Country,City,Industry,Company Size,Source\n");
    for _ in 0..rows {
        let number = number();
        writeln!(
            text,
            "Sample,Person {number},sample-{number}@example.com,Company {number},Head of Purchasing,DE,Hamburg,\
             Manufacturing,50-100,Website"
        )?;
    }
    Ok(text)
}

/// The request that captures the sample with this number.
pub fn capture(form: &str, number: u64) -> Request {
    Request::post(format!("/api/v1/capture/{form}"), posted(number))
}

/// A stored lead as a template.
#[derive(Clone, Debug)]
pub struct Template {
    number: String,
    columns: Vec<Column>,
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    kind: String,
    value: Option<String>,
}

/// A UUIDv7, made by the database: ids of the same time lie together, as those of the server do.
const NEW_ID: &str = "(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || \
     substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid";

impl Template {
    /// Captures a sample and reads the row that it became.
    ///
    /// # Errors
    /// The server took no lead, or the database is not the server's.
    pub async fn make(url: &str, form: &str, database: &PgPool) -> Result<Self> {
        let number = number();
        Connection::open(url).await?.ask(&capture(form, number)).await?.json()?;
        let text = "SELECT a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS kind, v.value \
                    FROM leads l CROSS JOIN LATERAL jsonb_each_text(to_jsonb(l)) v \
                    JOIN pg_attribute a ON a.attrelid = 'leads'::regclass AND a.attname = v.key \
                    WHERE l.profile ->> 'email' = $1 ORDER BY a.attnum";
        let rows = sqlx::query(text).bind(format!("sample-{number}@example.com")).fetch_all(database).await?;
        let columns: Vec<Column> = rows
            .iter()
            .map(|row| Column { name: row.get("name"), kind: row.get("kind"), value: row.get("value") })
            .collect();
        let found = Self { number: number.to_string(), columns };
        found.value("organization_id").context("the lead is not in this database; is it the server's?")?;
        Ok(found)
    }

    /// The organization of the form.
    pub fn organization(&self) -> &str {
        self.value("organization_id").unwrap_or_default()
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.columns.iter().find(|column| column.name == name)?.value.as_deref()
    }

    /// The columns of an insert, and what goes into each for the number that `number` is in SQL. `instead` gives other
    /// values to some.
    pub fn insert(&self, number: &str, instead: &[(&str, &str)]) -> (String, String) {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let values: Vec<String> = self
            .columns
            .iter()
            .map(|column| match instead.iter().find(|(name, _)| *name == column.name) {
                Some((_, value)) => (*value).to_owned(),
                None => self.expression(column, number),
            })
            .collect();
        (names.join(", "), values.join(", "))
    }

    fn expression(&self, column: &Column, number: &str) -> String {
        let Column { name, kind, value } = column;
        match value {
            None => "NULL".to_owned(),
            Some(_) if name == "id" => NEW_ID.to_owned(),
            Some(_) if name == "created_at" || name == "updated_at" => "now()".to_owned(),
            Some(value) => {
                let quoted = value.replace('\'', "''").replace(&self.number, &format!("' || {number} || '"));
                format!("('{quoted}')::{kind}")
            }
        }
    }

    /// Makes so many leads by SQL, without events and submissions, spread over scores and the last years.
    ///
    /// # Errors
    /// The database failed.
    pub async fn fill(&self, database: &PgPool, leads: u64) -> Result<()> {
        let (names, values) = self.insert(
            "g",
            &[
                ("created_at", "now() - (g % 100000000) * interval '1 second'"),
                ("score", "(g * 7919) % 101"),
                ("score_demographic", "(g * 7919) % 101"),
            ],
        );
        let first = number();
        let mut done = 0;
        while done < leads {
            let some = (leads - done).min(20_000);
            let (from, to) = (first + done, first + done + some - 1);
            let text = format!(
                "INSERT INTO leads ({names}) SELECT {values} FROM generate_series({from}::bigint, {to}::bigint) g"
            );
            sqlx::query(AssertSqlSafe(text)).execute(database).await?;
            done += some;
            eprintln!("  {done} of {leads} leads made");
        }
        sqlx::query("VACUUM ANALYZE leads").execute(database).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_goes_wherever_it_was() {
        let column = |name: &str, kind: &str, value: Option<&str>| Column {
            name: name.to_owned(),
            kind: kind.to_owned(),
            value: value.map(ToOwned::to_owned),
        };
        let columns = vec![
            column("id", "uuid", Some("x")),
            column("profile", "jsonb", Some(r#"{"email": "sample-42@example.com", "name": "O'Neil 42"}"#)),
            column("owner_id", "uuid", None),
            column("score", "bigint", Some("7")),
        ];
        let (names, values) = Template { number: "42".to_owned(), columns }.insert("g", &[("score", "g % 101")]);
        assert_eq!(names, "id, profile, owner_id, score");
        let profile = r#"('{"email": "sample-' || g || '@example.com", "name": "O''Neil ' || g || '"}')::jsonb"#;
        assert_eq!(values, format!("{NEW_ID}, {profile}, NULL, g % 101"));
    }
}
