//! Which sheet of a workbook has the leads, where nobody says so.

use leadwright_domain::{
    imports::Warning,
    leads::{Target, field_for_header},
};
use serde_json::Value;

use super::super::super::{
    heading,
    looks::by_look,
    rows::{Record, is_blank},
};

/// How many rows of a sheet are looked at, and of how many sheets.
pub(super) const ENOUGH: usize = 30;
pub(super) const MOST_SHEETS: usize = 30;
/// How many sheets a warning names.
const MOST_NAMED: usize = 20;

/// How many cells of a row are looked at, and how much of each, in characters.
const MOST_CELLS: usize = 200;
const LONGEST: usize = 200;

/// A row of a sheet that is not blank, as far as it is looked at.
pub(super) fn record(number: u32, mut cells: Vec<Value>) -> Option<Record> {
    cells.truncate(MOST_CELLS);
    for cell in &mut cells {
        if let Value::String(text) = cell {
            text.truncate(text.floor_char_boundary(LONGEST));
            text.shrink_to_fit();
        }
    }
    (!cells.iter().all(is_blank)).then(|| Record { line: number.into(), cells, flaw: None })
}

/// The sheet to read, by its place among these: the first that is not empty, unless nothing is known of what its columns are
/// called and another names some.
pub(super) fn best(sheets: &[Vec<Record>], may_choose: bool) -> Option<usize> {
    let first = sheets.iter().position(|rows| !rows.is_empty())?;
    if !may_choose || known(&sheets[first]) > 0 || has_addresses(&sheets[first]) {
        return Some(first);
    }
    sheets.iter().position(|rows| rows.len() > 1 && known(rows) > 1 && reaches(rows)).or(Some(first))
}

fn targets(rows: &[Record]) -> impl Iterator<Item = Target> {
    heading::find(rows, None).names.into_iter().filter_map(|name| field_for_header(&name))
}

fn known(rows: &[Record]) -> usize {
    targets(rows).count()
}

/// Whether the cells below its headings are plainly addresses or numbers of people.
fn has_addresses(rows: &[Record]) -> bool {
    let before = usize::try_from(heading::find(rows, None).before).unwrap_or(usize::MAX);
    !by_look(rows.get(before..).unwrap_or_default()).is_empty()
}

/// Whether its columns tell who somebody is and how to reach them.
fn reaches(rows: &[Record]) -> bool {
    targets(rows).any(|target| matches!(target, Target::Field("email" | "phone")))
}

/// What is said of sheets with rows that are not read.
pub(super) fn others(names: &[&str], read: &str) -> Option<Warning> {
    if names.is_empty() {
        return None;
    }
    let named = names.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    let detail = format!(
        "Only the sheet {read} is read. There are rows in others, too: {named}. Send the workbook again with `sheet=` for each of \
         them that has leads."
    );
    Some(Warning { count: u64::try_from(names.len()).unwrap_or(u64::MAX), lines: Vec::new(), detail })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[&[&str]]) -> Vec<Record> {
        let cells = |cells: &&[&str]| cells.iter().map(|cell| Value::from(*cell)).collect();
        rows.iter().filter_map(|row| record(1, cells(row))).collect()
    }

    #[test]
    fn a_sheet_that_only_explains_gives_way() {
        let cover = || sheet(&[&["Read me"], &["This list is from May 2026."], &["See the next sheet."]]);
        let leads = || sheet(&[&["Name", "Email"], &["Ann", "ann@x.example"]]);
        let lookup = || sheet(&[&["Status", "Country"], &["new", "DE"]]);
        let unknown = || sheet(&[&["სახელი", "ფოსტა"], &["Ann", "ann@x.example"]]);
        let empty = || sheet(&[&["", " "]]);
        for (sheets, chosen) in [
            (vec![cover(), leads()], Some(1)),
            (vec![empty(), leads(), leads()], Some(1)),
            (vec![cover(), lookup()], Some(0)),
            (vec![cover(), lookup(), leads()], Some(2)),
            (vec![unknown(), leads()], Some(0)),
            (vec![leads(), cover()], Some(0)),
            (vec![empty()], None),
            (vec![], None),
        ] {
            assert_eq!(best(&sheets, true), chosen);
        }
        assert_eq!(best(&[cover(), leads()], false), Some(0), "somebody knows where the headings are");
        assert!(
            others(&["Feb", "Mar"], "Jan")
                .unwrap()
                .detail
                .contains("Jan is read. There are rows in others, too: Feb, Mar.")
        );
        assert_eq!(others(&[], "Jan"), None);
    }
}
