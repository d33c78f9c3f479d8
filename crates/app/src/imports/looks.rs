//! What the cells of a column look like, where its heading says nothing.

use std::collections::HashSet;

use leadwright_domain::{
    imports::FileShape,
    leads::{Target, field_for_header, names_somebody_else},
    text::{fold, is_email},
};
use serde_json::Value;

use super::rows::{MOST_CELLS, Record, cell_text, is_blank};

/// How many rows are looked at.
const LOOKED_AT: usize = 200;

/// The columns whose cells look like nothing but e-mail addresses or phone numbers, and the words of what they fill.
pub(super) fn by_look(sample: &[Record]) -> Vec<(usize, String)> {
    let sample = &sample[..sample.len().min(LOOKED_AT)];
    let width = sample.iter().map(|row| row.cells.len()).max().unwrap_or(0).min(MOST_CELLS);
    (0..width).filter_map(|column| Some((column, look(sample, column)?.to_owned()))).collect()
}

/// The columns of so many whose cells are all blank.
pub(super) fn blank(sample: &[Record], columns: usize) -> Vec<usize> {
    let is_filled = |row: &Record, column: usize| row.cells.get(column).is_some_and(|cell| !is_blank(cell));
    (0..columns).filter(|column| !sample.iter().any(|row| is_filled(row, *column))).collect()
}

/// What columns stand for by their cells. An address is looked for where no column of addresses has any, a number where
/// nothing else says how to reach the person.
pub(super) fn told_by_look(file: &FileShape, header: &[String], targets: &[Option<Target>]) -> Vec<(usize, Target)> {
    let columns = |field: &'static str| {
        targets.iter().enumerate().filter(move |(_, target)| **target == Some(Target::Field(field)))
    };
    let is_filled = |place: usize| !file.blank.contains(&place);
    let has = |field: &'static str| columns(field).any(|(place, _)| is_filled(place));
    let (has_email, has_phone) = (has("email"), has("phone"));
    // Where the file has columns for it, what its headings say of others counts.
    let reaches = columns("email").chain(columns("phone")).next().is_some();
    let may_be_theirs = |place: usize| {
        let name = header.get(place).map(String::as_str).unwrap_or_default();
        !reaches || (field_for_header(name).is_none() && !names_somebody_else(name))
    };
    let mut found: Vec<(usize, Target)> = Vec::new();
    for (place, word) in &file.by_look {
        let is_needed = !has_email && (word == "email" || !has_phone);
        let target = Target::named(word, &[]).filter(|target| found.iter().all(|(_, known)| known != target));
        if let (true, Some(target), Some(None)) = (is_needed && may_be_theirs(*place), target, targets.get(*place)) {
            found.push((*place, target));
        }
    }
    found
}

fn look(sample: &[Record], column: usize) -> Option<&'static str> {
    let cells = || sample.iter().filter_map(|row| row.cells.get(column)).map(cell_text);
    let cells: Vec<String> = cells().map(|cell| cell.trim().to_lowercase()).filter(|cell| !cell.is_empty()).collect();
    let most = |is: fn(&str) -> bool| {
        let fit: Vec<&String> = cells.iter().filter(|cell| is(cell)).collect();
        // The same one again and again is not that of the person in the row.
        let different: HashSet<&String> = fit.iter().copied().collect();
        !fit.is_empty() && fit.len() * 10 >= cells.len() * 9 && different.len() * 10 >= fit.len() * 8
    };
    if most(is_email) {
        return Some("email");
    }
    most(is_phone).then_some("phone")
}

/// Whether it is plainly a phone number: with its country code, or written with brackets.
fn is_phone(cell: &str) -> bool {
    let cell = cell.trim_start_matches('\'');
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    cell.starts_with(['+', '('])
        && (8..=15).contains(&digits)
        && cell.chars().all(|c| " +()-./".contains(c) || c.is_ascii_digit())
}

/// Names for the columns of a file without headings: what is plainly an address, a phone number or a name is called so.
pub(super) fn numbered(rows: &[Record]) -> Vec<String> {
    let first = rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
    let looks = by_look(rows);
    let look = |place: usize| looks.iter().find(|(column, _)| *column == place).map(|(_, word)| word.as_str());
    let name = |(place, cell): (usize, &Value)| match look(place) {
        _ if is_email(&cell_text(cell)) => "Email".to_owned(),
        Some("email") => "Email".to_owned(),
        Some(_) => "Phone".to_owned(),
        None => format!("Column {}", place + 1),
    };
    let mut names: Vec<String> = first.iter().enumerate().map(name).collect();
    if let Some(email) = names.iter().position(|name| name == "Email")
        && let Some((given, family)) = name_parts(rows, email, names.len())
    {
        "First name".clone_into(&mut names[given]);
        "Last name".clone_into(&mut names[family]);
    }
    names
}

/// The columns of which addresses such as `jane.doe@…` are made, if it is so in most rows.
fn name_parts(rows: &[Record], email: usize, width: usize) -> Option<(usize, usize)> {
    let rows = &rows[..rows.len().min(LOOKED_AT)];
    let text =
        |row: &Record, column: usize| row.cells.get(column).map(cell_text).map(|cell| fold(&cell)).unwrap_or_default();
    let made_of = |row: &Record, given: usize, family: usize| {
        let (address, given, family) = (text(row, email), text(row, given), text(row, family));
        let (local, _) = address.split_once('@').unwrap_or_default();
        let is_part = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
        let between = local.strip_prefix(given.as_str()).and_then(|rest| rest.strip_suffix(family.as_str()));
        is_part(&given) && is_part(&family) && between.is_some_and(|between| matches!(between, "" | "." | "-" | "_"))
    };
    let columns = width.min(20);
    let pairs = (0..columns).flat_map(|given| (0..columns).map(move |family| (given, family)));
    let mut certain = pairs
        .filter(|(given, family)| given != family && *given != email && *family != email)
        .filter(|(given, family)| rows.iter().filter(|row| made_of(row, *given, *family)).count() * 2 > rows.len());
    certain.next().filter(|_| certain.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_looked_for_where_no_column_of_addresses_has_any() {
        let told = |by_look: &[(usize, &str)], blank: &[usize], header: &[&str]| {
            let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
            let targets: Vec<_> = header.iter().map(|name| field_for_header(name)).collect();
            let file = serde_json::json!({
                "bytes": 1, "sha256": "", "chunks": 1, "encoding": "utf-8", "delimiter": ",",
                "by_look": by_look, "blank": blank,
            });
            let file: FileShape = serde_json::from_value(file).unwrap();
            told_by_look(&file, &header, &targets)
                .into_iter()
                .map(|(place, target)| (place, target.word()))
                .collect::<Vec<_>>()
        };
        let email = |place| vec![(place, "email".to_owned())];
        assert_eq!(told(&[(0, "email")], &[2], &["Subscriber", "Name", "Phone"]), email(0));
        assert_eq!(told(&[(0, "email")], &[], &["Subscriber", "Name", "Phone"]), email(0));
        assert_eq!(told(&[(2, "email")], &[0], &["Email Address", "Name", "Kontakt 2"]), email(2));
        assert_eq!(told(&[(2, "email")], &[], &["Email Address", "Name", "Kontakt 2"]), []);
        assert_eq!(told(&[(2, "email")], &[], &["Phone", "Name", "Referred by"]), []);
        assert_eq!(told(&[(2, "email")], &[], &["Phone", "Name", "Email (Manager)"]), []);
        for theirs in [
            "Landlord Email",
            "Employer E-Mail",
            "School",
            "Doctor's mail",
            "Vendors",
            "Entered by",
            "Erfasst von",
            "Zzz email",
        ] {
            assert_eq!(told(&[(2, "email")], &[], &["Phone", "Name", theirs]), [], "{theirs}");
        }
        for unsaid in ["Subscriber", "Kontakt 2", "Column 3", "Login"] {
            assert_eq!(told(&[(2, "email")], &[], &["Phone", "Name", unsaid]).len(), 1, "{unsaid}");
        }
        assert_eq!(told(&[(1, "phone")], &[], &["Phone", "Line"]), []);
        assert_eq!(told(&[(1, "phone")], &[0], &["Phone", "Line"]), [(1, "phone".to_owned())]);
        assert_eq!(told(&[(1, "phone")], &[], &["Email", "Line"]), []);
        let both = [(0, "email".to_owned()), (1, "phone".to_owned())];
        assert_eq!(told(&[(0, "email"), (1, "phone"), (2, "email")], &[], &["A", "B", "C"]), both);
    }

    #[test]
    fn blank_columns_are_found() {
        assert_eq!(blank(&rows(&[&["", "x"], &[" ", "", ""]]), 4), [0, 2, 3]);
    }

    fn rows(rows: &[&[&str]]) -> Vec<Record> {
        let row = |cells: &&[&str]| Record {
            line: 1,
            cells: cells.iter().map(|cell| Value::from(*cell)).collect(),
            flaw: None,
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn columns_are_told_by_their_cells() {
        let found = by_look(&rows(&[
            &["1", "ann@example.com", "+49 30 901820", "boss@example.com", "12345678"],
            &["2", "bea@example.com", "(415) 555-2671", "boss@example.com", "12345679"],
            &["3", "", "", "boss@example.com", ""],
        ]));
        assert_eq!(found, [(1, "email".to_owned()), (2, "phone".to_owned())]);
        assert_eq!(by_look(&[]), []);
    }

    #[test]
    fn columns_without_headings_get_names() {
        let all = rows(&[
            &["Jane", "Doe", "jane.doe@example.com", "+14155552671", "x"],
            &["Bob", "Ray", "bobray@example.com", "+14155552672", "y"],
        ]);
        assert_eq!(numbered(&all), ["First name", "Last name", "Email", "Phone", "Column 5"]);
        let one = rows(&[&["Jane", "Doe", "jd@example.com"]]);
        assert_eq!(numbered(&one), ["Column 1", "Column 2", "Email"]);
        assert!(numbered(&[]).is_empty());
    }
}
