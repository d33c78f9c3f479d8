//! Which row of a file names its columns.

use leadwright_domain::leads::field_for_header;

use super::records::Record;

/// The longest heading that is kept, in characters.
const LONGEST: usize = 200;
/// How many rows before the headings are passed over: the title of a report, when it was made, by whom.
const MOST_BEFORE: usize = 20;

/// The delimiter that the first line of a file names for spreadsheets: `sep=;`.
pub(super) fn named_delimiter(text: &str) -> Option<char> {
    let line = text.lines().next()?.trim_start_matches('\u{feff}').trim().trim_matches('"');
    let (word, delimiter) = line.split_once('=')?;
    let mut marks = delimiter.chars();
    let mark = marks.next().filter(|mark| matches!(mark, ',' | ';' | '\t' | '|'));
    mark.filter(|_| word.eq_ignore_ascii_case("sep") && marks.as_str().is_empty())
}

/// The headings: the first row, unless nothing in it is understood and a row soon after has two headings that are.
pub(super) fn find(rows: &[Record]) -> Vec<String> {
    let known = |row: &&Record| row.cells.iter().filter(|cell| field_for_header(cell).is_some()).count();
    let mut rows = rows.iter().skip_while(|row| is_for_spreadsheets(&row.cells)).take(MOST_BEFORE + 1).peekable();
    let Some(first) = rows.peek().copied() else { return vec![] };
    let found = if known(&first) == 0 { rows.find(|row| known(row) > 1) } else { None };
    names(&found.unwrap_or(first).cells)
}

/// The cells of a row as headings.
pub(super) fn names(cells: &[String]) -> Vec<String> {
    cells.iter().map(|name| name.trim().chars().take(LONGEST).collect()).collect()
}

fn is_for_spreadsheets(cells: &[String]) -> bool {
    let (first, others) = cells.split_first().unzip();
    let names_it = first.is_some_and(|cell| cell.trim().to_ascii_lowercase().starts_with("sep="));
    names_it && others.is_some_and(|cells: &[String]| cells.iter().all(|cell| cell.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Record {
        Record { line: 1, cells: cells.iter().map(|cell| (*cell).to_owned()).collect(), too_long: false }
    }

    #[test]
    fn the_row_that_names_the_columns_is_found() {
        let header = row(&[" Name", "Email"]);
        let (title, jane) = (row(&["Lead Report", ""]), row(&["Jane", "jane@example.com"]));
        for before in [vec![], vec![row(&["sep=;", ""])], vec![title.clone(), row(&["2026-11-22", ""])]] {
            let rows: Vec<Record> = before.into_iter().chain([header.clone(), jane.clone()]).collect();
            assert_eq!(find(&rows), ["Name", "Email"]);
        }
        assert_eq!(find(&[title.clone(), jane.clone()]), ["Lead Report", ""], "else it is the first");
        let own = row(&["Email", "x"]);
        assert_eq!(find(&[own, header]), ["Email", "x"]);
        assert_eq!(find(&[]), Vec::<String>::new());
    }

    #[test]
    fn a_delimiter_may_be_named() {
        for (text, delimiter) in
            [("sep=;\r\na;b", Some(';')), ("\"SEP=\t\"\na", Some('\t')), ("sep=x", None), ("a,b", None), ("", None)]
        {
            assert_eq!(named_delimiter(text), delimiter, "{text}");
        }
    }
}
