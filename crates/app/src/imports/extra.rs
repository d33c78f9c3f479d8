//! What a row says and no field holds: kept in the lead's notes, so that nothing is lost.

use leadwright_domain::{
    imports::OtherColumns,
    leads::{FieldValue, Parsed, Target},
    text::{clean_line, fold},
};
use serde_json::Value;

use super::{columns::Column, rows::cell_text};

/// The longest notes, in characters.
const LONGEST: usize = 10_000;

/// Appends to the notes what was set aside: a second value for a field, one that does not fit, and where it is wanted
/// the columns that stand for nothing.
pub(super) fn note(parsed: &mut Parsed, columns: &[Column], values: &[Value], others: OtherColumns) {
    if parsed.unknown.is_empty() {
        return;
    }
    let mut lines = Vec::new();
    for (column, value) in columns.iter().zip(values) {
        let wanted = match column.target {
            Some(Target::Field("notes")) => false,
            // Another system's id that is none of ours.
            Some(Target::Kept("id")) => others == OtherColumns::Notes,
            Some(_) => true,
            None => others == OtherColumns::Notes && !column.is_left_out(),
        };
        let text = cell_text(value);
        if wanted && says_something(&text) && parsed.unknown.contains_key(&clean_line(&column.name)) {
            lines.push(format!("{}: {}", column.name, text.trim()));
        }
    }
    if lines.is_empty() {
        return;
    }
    let notes = parsed.profile.notes.take().into_iter().chain(lines).collect::<Vec<_>>().join("\n");
    parsed.given.insert("notes");
    parsed.profile.put("notes", FieldValue::Text(notes.chars().take(LONGEST).collect()));
}

/// Dashes and the words of empty menus say nothing.
fn says_something(text: &str) -> bool {
    let folded = fold(text);
    folded.chars().any(char::is_alphanumeric)
        && !matches!(
            folded.as_str(),
            "n/a" | "#n/a" | "na" | "(none)" | "none" | "(blank)" | "select" | "null" | "please select"
        )
}
