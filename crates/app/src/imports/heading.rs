//! Which row of a file names its columns.

use leadwright_domain::{
    leads::{Target, field_for_header},
    text::{fold, is_email, lenient_date},
};
use serde_json::Value;

use super::{
    looks::numbered,
    rows::{Record, cell_text},
};

/// The longest heading that is kept, in characters.
const LONGEST: usize = 200;
/// The longest text that is taken for a heading we know.
const LONGEST_KNOWN: usize = 80;
/// How many rows before the headings are passed over: the title of a report, when it was made, by whom.
const MOST_BEFORE: usize = 20;

/// What the columns of a file are called, and how many rows there are before the first lead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) names: Vec<String>,
    pub(super) before: u64,
}

/// The delimiter that the first line of a file names for spreadsheets: `sep=;`.
pub(super) fn named_delimiter(text: &str) -> Option<char> {
    let line = text.lines().next()?.trim_start_matches('\u{feff}').trim().trim_matches('"');
    let (word, delimiter) = line.split_once('=')?;
    let mut marks = delimiter.chars();
    let mark = marks.next().filter(|mark| matches!(mark, ',' | ';' | '\t' | '|' | ':' | '^' | '~'));
    mark.filter(|_| word.eq_ignore_ascii_case("sep") && marks.as_str().is_empty())
}

/// The headings: the row that the caller names; else the first row, unless a row soon after is plainly more of a heading: a
/// title has one cell, even where that is a word we know. A first row with an address in it is a lead: then there are no
/// headings.
pub(super) fn find(rows: &[Record], wanted: Option<u64>) -> Heading {
    if let Some(number) = wanted {
        let place = usize::try_from(number).unwrap_or(usize::MAX);
        let below = rows.get(place).filter(|row| is_for_machines(row));
        return match place.checked_sub(1).and_then(|place| rows.get(place)) {
            Some(row) => Heading { names: names(&row.cells), before: number + u64::from(below.is_some()) },
            None => Heading { names: numbered(rows), before: 0 },
        };
    }
    let first = rows.iter().position(|row| !is_for_spreadsheets(&row.cells)).unwrap_or(0);
    let Some(row) = rows.get(first) else { return Heading { names: vec![], before: 0 } };
    if let Some(place) = rows.iter().take(first + MOST_BEFORE).position(is_for_machines).filter(|place| *place > first)
    {
        return Heading { names: names(&rows[place - 1].cells), before: place as u64 + 1 };
    }
    let (count, filled) = (known(row), filled(row));
    let later = || {
        rows.iter().enumerate().skip(first + 1).take(MOST_BEFORE).filter(|(place, row)| {
            let above = rows.get(first..*place).unwrap_or_default();
            names_columns(row, above)
        })
    };
    let most = later().map(|(_, row)| known(row)).max().unwrap_or(0);
    let is_title = count == 0 || (count == 1 && (filled == 1 || most > 2));
    if is_of_groups(row, rows.get(first + 1)) {
        return Heading { names: within_groups(row, &rows[first + 1]), before: first as u64 + 2 };
    }
    if let Some(names) = rows.get(first + 1).and_then(|below| of_two_rows(row, below)) {
        return Heading { names, before: first as u64 + 2 };
    }
    if is_title
        && most > 1
        && !has_address(row)
        && let Some((place, row)) = later().find(|(_, row)| known(row) == most)
    {
        return Heading { names: names(&row.cells), before: place as u64 + 1 };
    }
    let is_a_lead = has_address(row) && count == 0 || has_page(row) && count < 2 && filled > 2;
    if is_a_lead {
        return Heading { names: numbered(rows.get(first..).unwrap_or_default()), before: first as u64 };
    }
    Heading { names: names(&row.cells), before: first as u64 + 1 }
}

/// Whether a row names groups of columns, above the row that names the columns: it leaves some blank that this one fills.
fn is_of_groups(row: &Record, below: Option<&Record>) -> bool {
    let Some(below) = below else { return false };
    filled(row) < filled(below)
        && known(row) < known(below)
        && known(below) * 2 > filled(below)
        && !has_address(row)
        && names_columns(below, std::slice::from_ref(row))
}

/// The headings below groups. A name below `Company` is not the person's.
fn within_groups(groups: &Record, below: &Record) -> Vec<String> {
    let company = Some(Target::Field("company_name"));
    let mut group = String::new();
    let mut names = names(&below.cells);
    for (place, name) in names.iter_mut().enumerate() {
        if let Some(cell) = groups.cells.get(place).filter(|cell| !super::rows::is_blank(cell)) {
            group = cell_text(cell);
        }
        let joined = format!("{} {name}", group.trim());
        let is_name = field_for_header(name) == Some(Target::Field("contact_name"));
        if is_name && field_for_header(&group) == company && field_for_header(&joined) == company {
            *name = joined;
        }
    }
    names
}

/// The headings of a survey, of which the first row has the questions and the second what is asked below one of them: below a
/// question by itself there is nothing, or that the answer is open. `None` where the second row is no such row.
fn of_two_rows(row: &Record, below: &Record) -> Option<Vec<String>> {
    let (mut above, mut names) = (names(&row.cells), names(&below.cells));
    let width = above.len().max(names.len());
    above.resize(width, String::new());
    names.resize(width, String::new());
    let is_open = |name: &str| matches!(fold(name).as_str(), "" | "response" | "open-ended response");
    let said: Vec<usize> = (0..width).filter(|place| !is_open(&names[*place])).collect();
    let is_within = |place: usize| {
        let begins = above.get(place + 1).is_some_and(String::is_empty) && !is_open(&names[place + 1]);
        above[place].is_empty() || begins
    };
    let known_below = said.iter().filter(|place| field_for_header(&names[**place]).is_some()).count();
    let is_one = known_below > 1
        && said.iter().all(|place| is_within(*place))
        && above.iter().any(String::is_empty)
        && !has_address(below)
        && !below.cells.iter().any(is_of_a_lead);
    is_one
        .then(|| above.into_iter().zip(names).map(|(above, name)| if is_open(&name) { above } else { name }).collect())
}

/// Gives columns a name that have none and are not empty.
pub(super) fn name_the_nameless(names: &mut [String], sample: &[Record]) {
    for place in 0..names.len() {
        let says_something = |row: &Record| row.cells.get(place).is_some_and(|cell| !super::rows::is_blank(cell));
        if names[place].is_empty() && sample.iter().any(says_something) {
            let numbered = (place + 1..).map(|number| format!("Column {number}"));
            names[place] = numbered.into_iter().find(|name| !names.contains(name)).unwrap_or_default();
        }
    }
}

/// Whether a row below others names the columns, and is not a lead with words in it that we know: nothing in it is a number
/// or a day, and all of it is known, or enough of it where what is above is narrower.
fn names_columns(row: &Record, above: &[Record]) -> bool {
    let (known, wide) = (known(row), filled(row));
    let is_wider = || above.iter().all(|above| filled(above) < wide);
    let has_enough = known == wide || ((known > 2 || known * 2 >= wide) && is_wider());
    has_enough && !has_address(row) && !row.cells.iter().any(is_of_a_lead)
}

/// Whether a cell is a phone number, another long number or a day, which no heading is.
fn is_of_a_lead(cell: &Value) -> bool {
    let text = cell_text(cell);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits > 4 && letters < digits || digits > 2 && lenient_date(&text, false).is_some()
}

/// How many cells of a row are headings that are understood.
fn known(row: &Record) -> usize {
    let means = |text: String| {
        let plain = text.chars().count() <= LONGEST_KNOWN && !text.contains(['@', '\n']) && !text.contains("://");
        plain && (field_for_header(&text).is_some() || Target::named(&text, &[]).is_some())
    };
    row.cells.iter().filter(|cell| means(cell_text(cell))).count()
}

fn filled(row: &Record) -> usize {
    row.cells.iter().filter(|cell| !super::rows::is_blank(cell)).count()
}

fn has_address(row: &Record) -> bool {
    row.cells.iter().any(|cell| is_email(&cell_text(cell)))
}

/// Whether a cell holds pages and nothing else: a text that names one may well be a heading.
fn has_page(row: &Record) -> bool {
    let is_page =
        |word: &str| word.split_once("://").is_some_and(|(scheme, _)| scheme.chars().all(char::is_alphanumeric));
    row.cells.iter().map(cell_text).any(|text| {
        let mut words = text.split([' ', '\t', '\n', '\r', ',', ';', '|']).filter(|word| !word.is_empty()).peekable();
        words.peek().is_some() && words.all(is_page)
    })
}

/// The cells of a row as headings.
fn names(cells: &[Value]) -> Vec<String> {
    cells.iter().map(|name| cell_text(name).trim().chars().take(LONGEST).collect()).collect()
}

/// Whether a row is the third of the headings of Qualtrics, `{"ImportId":"QID1_TEXT"}` in each cell, below those that people read.
fn is_for_machines(row: &Record) -> bool {
    let is_id = |cell: &Value| cell_text(cell).trim_start().starts_with("{\"ImportId\"");
    row.cells.first().is_some_and(is_id) && row.cells.iter().all(|cell| is_id(cell) || super::rows::is_blank(cell))
}

fn is_for_spreadsheets(cells: &[Value]) -> bool {
    let (first, others) = cells.split_first().unzip();
    let names_it = first.is_some_and(|cell| cell_text(cell).trim().to_ascii_lowercase().starts_with("sep="));
    names_it && others.is_some_and(|cells: &[Value]| cells.iter().all(super::rows::is_blank))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Record {
        Record { line: 1, cells: cells.iter().map(|cell| Value::from(*cell)).collect(), flaw: None }
    }

    fn heading(names: &[&str], before: u64) -> Heading {
        Heading { names: names.iter().map(|name| (*name).to_owned()).collect(), before }
    }

    #[test]
    fn the_row_that_names_the_columns_is_found() {
        let header = row(&[" Name", "Email"]);
        let (title, jane) = (row(&["Lead Report", ""]), row(&["Jane", "jane@example.com"]));
        for before in [vec![], vec![row(&["sep=;", ""])], vec![title.clone(), row(&["2026-11-22", ""])]] {
            let count = before.len() as u64 + 1;
            let rows: Vec<Record> = before.into_iter().chain([header.clone(), jane.clone()]).collect();
            assert_eq!(find(&rows, None), heading(&["Name", "Email"], count));
        }
        assert_eq!(
            find(&[title.clone(), jane.clone()], None),
            heading(&["Lead Report", ""], 1),
            "else it is the first"
        );
        let own = row(&["Email", "x"]);
        assert_eq!(find(&[own, header.clone()], None), heading(&["Email", "x"], 1));
        assert_eq!(find(&[], None), heading(&[], 0));
        assert_eq!(find(&[jane.clone(), jane.clone()], None), heading(&["Column 1", "Email"], 0));
        assert_eq!(find(&[title, header], Some(2)), heading(&["Name", "Email"], 2));
        let notes = row(&["Notes:"]);
        let advice = row(&["Some addresses are missing, see https://example.com/email"]);
        let columns = row(&["First Name", "Last Name", "URL"]);
        assert_eq!(
            find(&[notes.clone(), advice, columns, jane.clone()], None),
            heading(&["First Name", "Last Name", "URL"], 3)
        );
        assert_eq!(find(&[notes.clone(), row(&["Lead"]), notes], None), heading(&["Notes:"], 1));
        assert_eq!(find(&[jane], Some(0)), heading(&["Column 1", "Email"], 0));
    }

    #[test]
    fn a_lead_is_not_taken_for_the_headings() {
        let page = row(&["Ann Hill", "Acme", "Boss", "https://in.example/ann"]);
        assert_eq!(find(&[page.clone(), page], None).before, 0);
        for pages in ["https://a.example https://b.example", "https://a.example/, https://b.example/"] {
            let pages = row(&["Ann Hill", "Acme", "Boss", pages]);
            assert_eq!(find(&[pages.clone(), pages], None).before, 0);
        }
        let linked = row(&["Anrede", "Ich stimme der https://example.com/datenschutz zu", "Was", "Wo"]);
        assert_eq!(find(&[linked, row(&["Frau", "ja", "x", "y"])], None).before, 1);
        let names = ["Nama", "Telepon", "Sumber", "Kampanye"];
        let adi = row(&["Adi", "+6281234567890", "Google", "X"]);
        for budi in [
            ["Budi", "+6281234567891", "Website", "Newsletter"],
            ["Budi", "081234567891", "Website", "Newsletter"],
            ["Website", "Notes", "05.03.2024", "Newsletter"],
            ["Budi", "", "Website", "Newsletter"],
        ] {
            let rows = [row(&names), adi.clone(), row(&budi), adi.clone()];
            assert_eq!(find(&rows, None), heading(&names, 1), "{budi:?}");
        }
        let title = [row(&["Report", "Leads"]), row(&["On", "2026-11-22"])];
        let rows: Vec<Record> = title.into_iter().chain([row(&["Name", "Email"]), row(&["Ann", "x"])]).collect();
        assert_eq!(find(&rows, None), heading(&["Name", "Email"], 3), "as wide, but known");
        let wide = ["Name", "Email", "Company", "A", "B", "C", "D", "2024"];
        assert_eq!(find(&[row(&["Report", "x", "", "", ""]), row(&wide)], None), heading(&wide, 2), "much is theirs");
    }

    #[test]
    fn two_rows_name_the_columns_together() {
        let ann = row(&["118", "", "Ann Lee", "Acme", "ann@x.example", "good"]);
        let questions = row(&["Respondent ID", "Email Address", "Please enter your details", "", "", "How was it?"]);
        let asked = row(&["", "", "Name", "Company", "Email Address", "Open-Ended Response"]);
        let names = ["Respondent ID", "Email Address", "Name", "Company", "Email Address", "How was it?"];
        assert_eq!(find(&[questions.clone(), asked, ann.clone()], None), heading(&names, 2));
        let lead = row(&["119", "", "Website", "Email", "", ""]);
        assert_eq!(find(&[questions, lead, ann], None).before, 1);
        let groups = row(&["Person", "", "", "Company", ""]);
        let below = row(&["First Name", "Last Name", "Email", "Name", "City"]);
        let names = ["First Name", "Last Name", "Email", "Company Name", "City"];
        assert_eq!(find(&[groups, below], None), heading(&names, 2));
    }

    #[test]
    fn a_delimiter_may_be_named() {
        for (text, delimiter) in [
            ("sep=;\r\na;b", Some(';')),
            ("\"SEP=\t\"\na", Some('\t')),
            ("sep=^\na^b", Some('^')),
            ("sep=x", None),
            ("a,b", None),
            ("", None),
        ] {
            assert_eq!(named_delimiter(text), delimiter, "{text}");
        }
    }
}
