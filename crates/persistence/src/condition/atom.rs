//! One test of one field.

use chrono::{DateTime, TimeZone, Utc};
use leadwright_domain::{
    condition::{Field, FieldType, Storage},
    time::Instant,
};
use sea_orm::DbBackend;
use uuid::Uuid;

use crate::{dialect::lists, leads::Sql};

/// A field of a row of a table.
pub(super) struct Place<'a> {
    pub(super) field: &'a Field,
    pub(super) table: &'static str,
}

/// Where in a text another is looked for.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Anywhere,
    Start,
}

/// Columns that may be null; all other tested columns never are, so that an index serves them as they stand.
const NULLABLE: [&str; 11] = [
    "grade",
    "owner_id",
    "team_id",
    "first_responded_at",
    "qualified_at",
    "converted_at",
    "last_interaction_at",
    "sla_due_at",
    "sla_met_at",
    "sla_breached_at",
    "duration_seconds",
];

impl Place<'_> {
    /// Whether a value is known.
    pub(super) fn is_known(&self, backend: DbBackend) -> String {
        match self.field.kind {
            FieldType::Place => {
                let axes = [".x", ".y", ".z"].map(|axis| format!("{} IS NOT NULL", self.number(backend, axis)));
                format!("({})", axes.join(" AND "))
            }
            _ if self.is_number() => format!("({} IS NOT NULL)", self.number(backend, "")),
            _ => format!("({} IS NOT NULL)", self.text()),
        }
    }

    /// Whether the text, or any of several, is one of these.
    pub(super) fn is_one_of(&self, texts: &[String], sql: &mut Sql) -> String {
        let list = sql.bind(lists::texts(sql.backend, texts.iter().map(String::as_str)));
        match (sql.backend, self.holds_several()) {
            (DbBackend::Postgres, true) => {
                format!("coalesce(jsonb_exists_any({}.facts -> {}, {list}::text[]), FALSE)", self.table, self.key(""))
            }
            (_, true) => self.any_element(&lists::text_in(sql.backend, "e.value", &list), sql.backend),
            (_, false) => self.guarded(lists::text_in(sql.backend, &self.text(), &list)),
        }
    }

    /// Whether the id is one of these.
    pub(super) fn is_one_of_ids(&self, ids: &[Uuid], sql: &mut Sql) -> String {
        let Storage::Column(column) = self.field.storage else { return "FALSE".to_owned() };
        let list = sql.bind(lists::ids(sql.backend, ids.iter().copied()));
        self.guarded(lists::id_in(sql.backend, &format!("{}.{column}", self.table), &list))
    }

    /// Whether the number is one of these.
    pub(super) fn is_one_of_numbers(&self, numbers: &[i64], sql: &mut Sql) -> String {
        let list = sql.bind(lists::numbers(sql.backend, numbers.iter().copied()));
        self.guarded(lists::number_in(sql.backend, &self.number(sql.backend, ""), &list))
    }

    /// Whether the number, or the moment, is within bounds.
    pub(super) fn is_within(&self, min: Option<i64>, max: Option<i64>, sql: &mut Sql) -> String {
        let of_column = matches!(self.field.storage, Storage::Column(_));
        if self.field.kind == FieldType::Instant && of_column {
            return self.is_within_moments(min, max, sql);
        }
        let value = self.number(sql.backend, "");
        let bounds = (min.map(|min| sql.bind(min)), max.map(|max| sql.bind(max)));
        self.between(value, bounds)
    }

    fn is_within_moments(&self, min: Option<i64>, max: Option<i64>, sql: &mut Sql) -> String {
        // A bound beyond the calendar keeps everything in or out.
        if min.is_some_and(|min| min > latest().timestamp_micros())
            || max.is_some_and(|max| max < earliest().timestamp_micros())
        {
            return "FALSE".to_owned();
        }
        let moment = |micros: i64| stored(DateTime::from_timestamp_micros(micros).unwrap_or_else(earliest));
        let min = min.filter(|min| *min > earliest().timestamp_micros()).map(|min| sql.bind(moment(min)));
        let max = max.filter(|max| *max < latest().timestamp_micros()).map(|max| sql.bind(moment(max)));
        let column = self.text();
        self.between(column, (min, max))
    }

    fn between(&self, value: String, bounds: (Option<String>, Option<String>)) -> String {
        match bounds {
            (None, None) => format!("({value} IS NOT NULL)"),
            (Some(min), None) => self.guarded(format!("{value} >= {min}")),
            (None, Some(max)) => self.guarded(format!("{value} <= {max}")),
            (Some(min), Some(max)) => self.guarded(format!("{value} BETWEEN {min} AND {max}")),
        }
    }

    /// Whether the text, or any of several, holds this one.
    pub(super) fn holds_text(&self, part: &str, place: Part, sql: &mut Sql) -> String {
        let part = sql.bind(part);
        let test = |text: &str| match (sql.backend, place) {
            (DbBackend::Postgres, Part::Anywhere) => format!("strpos({text} COLLATE \"C\", {part}) > 0"),
            (DbBackend::Postgres, Part::Start) => format!("starts_with({text} COLLATE \"C\", {part})"),
            (_, Part::Anywhere) => format!("instr({text}, {part}) > 0"),
            (_, Part::Start) => format!("substr({text}, 1, length({part})) = {part}"),
        };
        if self.holds_several() {
            self.any_element(&test("e.value"), sql.backend)
        } else {
            self.guarded(test(&self.text()))
        }
    }

    /// Whether any of several texts passes a test on `e.value`.
    fn any_element(&self, test: &str, backend: DbBackend) -> String {
        let elements = lists::elements(backend, &format!("{}.facts", self.table), &self.key(""));
        format!("EXISTS (SELECT 1 FROM {elements} WHERE {test})")
    }

    /// A test that is false, and not null, where nothing is known.
    fn guarded(&self, test: String) -> String {
        match self.field.storage {
            Storage::Column(column) if !NULLABLE.contains(&column) => format!("({test})"),
            // An index still serves the column.
            Storage::Column(column) => format!("({}.{column} IS NOT NULL AND {test})", self.table),
            Storage::Facts(_) => format!("coalesce({test}, FALSE)"),
        }
    }

    const fn holds_several(&self) -> bool {
        matches!(self.field.kind, FieldType::Texts | FieldType::Labels | FieldType::Choices(_))
            && matches!(self.field.storage, Storage::Facts(_))
    }

    pub(super) const fn is_number(&self) -> bool {
        use FieldType::{Boolean, Date, Decimal, Instant, Money, Whole};
        matches!(self.field.kind, Whole | Decimal | Money | Boolean | Date | Instant)
            && matches!(self.field.storage, Storage::Facts(_))
    }

    /// The value as it is kept.
    pub(super) fn text(&self) -> String {
        match &self.field.storage {
            Storage::Column(column) => format!("{}.{column}", self.table),
            Storage::Facts(_) => format!("({}.facts ->> {})", self.table, self.key("")),
        }
    }

    /// The value as a whole number; null where it is none.
    pub(super) fn number(&self, backend: DbBackend, part: &str) -> String {
        let (table, key) = (self.table, self.key(part));
        match (&self.field.storage, backend) {
            (Storage::Column(column), _) => format!("{table}.{column}"),
            (_, DbBackend::Postgres) => format!(
                "(CASE jsonb_typeof({table}.facts -> {key}) WHEN 'number' THEN ({table}.facts ->> {key})::bigint END)"
            ),
            _ => format!("({table}.facts ->> {key})"),
        }
    }

    /// The key of the facts document as a literal. Keys are words of ours, and those of custom fields are checked when they
    /// are defined; all the same, a quote ends nothing.
    fn key(&self, part: &str) -> String {
        match &self.field.storage {
            Storage::Column(column) => format!("'{column}'"),
            Storage::Facts(key) => format!("'{}{part}'", key.replace('\'', "''")),
        }
    }
}

fn earliest() -> Instant {
    Utc.with_ymd_and_hms(1, 1, 1, 0, 0, 0).single().unwrap_or_default()
}

fn latest() -> Instant {
    Utc.with_ymd_and_hms(9999, 12, 31, 23, 59, 59).single().unwrap_or_default()
}

/// A moment within the years that both databases order.
pub(super) fn stored(at: Instant) -> Instant {
    at.clamp(earliest(), latest())
}
