//! What a row says and no field holds: kept in the lead's notes, so that nothing is lost.

use leadwright_domain::{
    imports::OtherColumns,
    leads::{Parsed, Target},
    text::{clean_line, fold},
};
use serde_json::Value;

use super::{
    columns::Column,
    rows::{cell_text, is_blank},
};

/// Appends to the notes what was set aside: a second value for a field, one that does not fit, and where it is wanted
/// the columns that stand for nothing.
pub(super) fn note(parsed: &mut Parsed, columns: &[Column], values: &[Value], others: OtherColumns) {
    let mut lines: Vec<String> =
        columns.iter().zip(values).filter_map(|(column, value)| further(parsed, column, value)).collect();
    for (column, value) in columns.iter().zip(values).filter(|_| !parsed.unknown.is_empty()) {
        let wanted = match column.target {
            Some(Target::Field("notes")) => !is_in_notes(parsed, value),
            // Another system's id that is none of ours.
            Some(Target::Kept("id")) => others == OtherColumns::Notes,
            _ if column.stands_for_something() => true,
            _ => others == OtherColumns::Notes && !column.is_left_out(),
        };
        let text = cell_text(value);
        if wanted && says_something(&text) && parsed.unknown.contains_key(&clean_line(&column.name)) {
            lines.push(format!("{}: {}", column.name, text.trim()));
        }
    }
    if lines.is_empty() {
        return;
    }
    parsed.append_to_notes(lines);
}

/// Whether a text is the notes already, because that is the column that fills them.
fn is_in_notes(parsed: &Parsed, value: &Value) -> bool {
    parsed.profile.notes.as_deref().map(clean_line).unwrap_or_default() == clean_line(&cell_text(value))
}

/// A list of addresses or numbers as programs write it, `[{"number": …}]`, as a plain one.
pub(super) fn plain_list(column: &Column, cell: &Value) -> Value {
    let reaches = matches!(column.target, Some(Target::Field("email" | "phone")));
    let Value::Array(items) = cell else { return cell.clone() };
    if !reaches || !items.iter().any(Value::is_object) {
        return cell.clone();
    }
    let said = |item: &Value| match item {
        Value::Object(members) => {
            let named = ["value", "number", "address", "email", "phone"].iter().find_map(|name| members.get(*name));
            named.cloned().unwrap_or(Value::Null)
        }
        other => other.clone(),
    };
    items.iter().map(said).filter(|value| !is_blank(value)).collect()
}

/// What a list of addresses or numbers says beside the one that a lead has room for.
fn further(parsed: &Parsed, column: &Column, value: &Value) -> Option<String> {
    let Value::Array(items) = value else { return None };
    let profile = &parsed.profile;
    let (kept, is_number) = match column.target {
        Some(Target::Field("email")) => (profile.email.as_deref()?, false),
        Some(Target::Field("phone")) => (profile.phone.as_deref()?, true),
        _ => return None,
    };
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    // A number may be kept with its country's code, which the list lacks.
    let is_kept = |text: &String| match is_number {
        true => digits(text).len() > 5 && digits(kept).ends_with(digits(text).trim_start_matches('0')),
        false => fold(text).trim() == fold(kept),
    };
    let others: Vec<String> =
        items.iter().map(cell_text).filter(|text| says_something(text) && !is_kept(text)).collect();
    (items.len() > 1 && !others.is_empty()).then(|| format!("{}: {}", column.name, others.join(", ")))
}

/// Dashes and the words of empty menus say nothing.
fn says_something(text: &str) -> bool {
    let folded = fold(text);
    // A flag or another picture says something, too.
    folded.chars().any(|c| c.is_alphanumeric() || c >= '\u{1f000}')
        && !matches!(
            folded.as_str(),
            "n/a"
                | "#n/a"
                | "na"
                | "<na>"
                | "\\n"
                | "(none)"
                | "none"
                | "(blank)"
                | "select"
                | "null"
                | "nan"
                | "please select"
        )
}
