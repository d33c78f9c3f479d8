//! Conditions as SQL: the same tests as in memory, over the same normalized values.
//!
//! Every atom is two-valued: where nothing is known it is false and not null, so that `NOT` means the same as in memory.
//! What a condition compares with is always a parameter, a list always one parameter; only the names of fields are text.

mod atom;
mod place;

use leadwright_domain::condition::{Check, Count, Field, Resolved, ResolvedInteraction};
use sea_orm::DbBackend;

use crate::leads::Sql;
use atom::Place;

/// How many characters of a text decide its place in an order.
const ORDERED: u32 = 200;

/// A condition on `leads`.
pub(crate) fn to_sql(condition: &Resolved, sql: &mut Sql) -> String {
    of(condition, sql, "leads")
}

/// The value that leads are put in order by, null where nothing is known. Of long texts the beginning decides: a cursor holds
/// one, and is no longer than an address may be.
pub(crate) fn ordered(field: &Field, backend: DbBackend) -> String {
    let place = Place { field, table: "leads" };
    match (place.is_number(), backend) {
        (true, _) => place.number(backend, ""),
        // Both databases compare the bytes.
        (false, DbBackend::Postgres) => format!("(substr({}, 1, {ORDERED}) COLLATE \"C\")", place.text()),
        (false, _) => format!("substr({}, 1, {ORDERED})", place.text()),
    }
}

/// Whether [`ordered`] is a number, else it is a text.
pub(crate) const fn is_ordered_as_number(field: &Field) -> bool {
    Place { field, table: "leads" }.is_number()
}

/// A condition on the table of that name.
fn of(condition: &Resolved, sql: &mut Sql, table: &'static str) -> String {
    let each =
        |parts: &[Resolved], sql: &mut Sql| -> Vec<String> { parts.iter().map(|part| of(part, sql, table)).collect() };
    match condition {
        Resolved::All(parts) if parts.is_empty() => truth(true),
        Resolved::All(parts) => format!("({})", each(parts, sql).join(" AND ")),
        Resolved::Any(parts) if parts.is_empty() => truth(false),
        Resolved::Any(parts) => format!("({})", each(parts, sql).join(" OR ")),
        Resolved::Not(part) => format!("NOT {}", of(part, sql, table)),
        Resolved::Field(field, check) => test(field, check, sql, table),
        Resolved::Interaction(test) if table == "leads" => happened(test, sql),
        // An interaction has no interactions of its own.
        Resolved::Interaction(test) => truth(test.count.takes(0)),
    }
}

fn test(field: &Field, check: &Check, sql: &mut Sql, table: &'static str) -> String {
    let place = Place { field, table };
    let negated = |negated: bool, atom: String| if negated { format!("NOT {atom}") } else { atom };
    match check {
        Check::Constant(answer) => truth(*answer),
        Check::Exists(wanted) => negated(!*wanted, place.is_known(sql.backend)),
        Check::Texts { any_of, negated: not } => negated(*not, place.is_one_of(any_of, sql)),
        Check::Ids { any_of, negated: not } => negated(*not, place.is_one_of_ids(any_of, sql)),
        Check::Numbers { any_of, negated: not } => negated(*not, place.is_one_of_numbers(any_of, sql)),
        Check::Range { min, max, negated: not } => negated(*not, place.is_within(*min, *max, sql)),
        Check::Contains(part) => place.holds_text(part, atom::Part::Anywhere, sql),
        Check::StartsWith(start) => place.holds_text(start, atom::Part::Start, sql),
        Check::Near(around) => place::is_near(&place, around, sql),
    }
}

/// How often a lead did something.
fn happened(test: &ResolvedInteraction, sql: &mut Sql) -> String {
    let mut wanted = vec![
        "interactions.organization_id = leads.organization_id".to_owned(),
        "interactions.lead_id = leads.id".to_owned(),
        format!("interactions.kind = {}", sql.bind(test.kind.as_str())),
        "NOT interactions.machine".to_owned(),
    ];
    if let Some((from, to)) = test.within {
        let (from, to) = (sql.bind(atom::stored(from)), sql.bind(atom::stored(to)));
        wanted.push(format!("interactions.occurred_at BETWEEN {from} AND {to}"));
    }
    if let Some(filter) = &test.filter {
        wanted.push(of(filter, sql, "interactions"));
    }
    let rows = format!("FROM interactions WHERE {}", wanted.join(" AND "));
    match test.count {
        Count { min: 1, max: None } => format!("EXISTS (SELECT 1 {rows})"),
        Count { min, max: None } => format!("(SELECT count(*) {rows}) >= {}", sql.bind(min)),
        Count { min, max: Some(max) } => {
            let (min, max) = (sql.bind(min), sql.bind(max));
            format!("((SELECT count(*) {rows}) BETWEEN {min} AND {max})")
        }
    }
}

fn truth(answer: bool) -> String {
    (if answer { "TRUE" } else { "FALSE" }).to_owned()
}
