//! From bytes to rows, piece by piece, in memory that does not grow with the file.

mod between;
mod csv;
mod flatten;
mod json;
mod text;
mod wrapped;

pub(super) use csv::CsvRows;
pub(super) use flatten::flatten;
pub(super) use json::JsonRows;
pub(super) use text::decoded;
pub use text::encoding_called;

use std::collections::HashMap;

use leadwright_domain::{
    fault::Fault,
    imports::{FileShape, Format},
};
use serde_json::Value;

/// The longest row that is read, in bytes.
pub(super) const LONGEST: usize = 1024 * 1024;
/// The most cells of a row.
pub(super) const MOST_CELLS: usize = 2_000;

/// One row of a file, headings included.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    /// The line or row on which it begins, from 1.
    pub(super) line: u64,
    /// Its cells.
    pub(super) cells: Vec<Value>,
    /// Why it could not be read, if it couldn't.
    pub(super) flaw: Option<Flaw>,
}

/// Why a row could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It is too long.
    TooLong,
    /// A quote is opened in it that nobody closes.
    OpenQuote,
    /// It is no JSON.
    NoJson,
    /// It is JSON, but no object of fields.
    NoObject,
}

impl Flaw {
    /// What to say about it.
    pub(super) fn fault(&self) -> Fault {
        let (code, detail) = match self {
            Self::TooLong => ("row_too_long", "The row is too long to be read; is there a quote that is never closed?"),
            Self::OpenQuote => (
                "open_quote",
                "A quote is opened here that is not closed where a cell ends; close it, or double it if it is part of \
                 the cell.",
            ),
            Self::NoJson => ("not_json", "This is not JSON; each line has to be an object such as {\"email\": …}."),
            Self::NoObject => ("not_an_object", "This is not an object of fields such as {\"email\": …}."),
        };
        Fault::at_pointer("#", code, detail)
    }
}

/// Reads the rows of a file, whatever its format.
pub(super) enum Rows {
    /// Cells between delimiters.
    Csv(Box<CsvRows>),
    /// Objects; their members go to the columns of their names.
    Objects(Box<JsonRows>, HashMap<String, usize>),
    /// Lists of a row's number and its cells: how the sheet of a workbook is kept.
    Sheet(Box<JsonRows>),
}

impl Rows {
    /// Reads a file of this shape with these columns.
    pub(super) fn of(file: &FileShape, header: &[String]) -> Self {
        match file.format {
            Format::Csv if file.mixed => Self::Csv(Box::new(CsvRows::mixed(file.encoding, file.dialect))),
            Format::Csv => Self::Csv(Box::new(CsvRows::new(file.encoding, file.dialect))),
            Format::Ndjson => {
                let places = header.iter().enumerate().map(|(place, name)| (name.clone(), place)).collect();
                Self::Objects(Box::new(JsonRows::new(file.encoding)), places)
            }
            Format::Xlsx | Format::Xls | Format::Ods => Self::Sheet(Box::new(JsonRows::new(file.encoding))),
        }
    }

    /// The rows that end in this piece; `last` says that nothing follows it.
    pub(super) fn push(&mut self, piece: &[u8], last: bool) -> Vec<Record> {
        match self {
            Self::Csv(rows) => rows.push(piece, last),
            Self::Objects(rows, places) => {
                rows.push(piece, last).into_iter().map(|(line, read)| object(line, read, places)).collect()
            }
            Self::Sheet(rows) => rows.push(piece, last).into_iter().filter_map(|(_, read)| sheet_row(read)).collect(),
        }
    }
}

fn object(line: u64, read: Result<Value, (Flaw, String)>, places: &HashMap<String, usize>) -> Record {
    let members = match read {
        Ok(Value::Object(members)) => members,
        Ok(other) => return Record { line, cells: vec![other], flaw: Some(Flaw::NoObject) },
        Err((flaw, text)) => return Record { line, cells: vec![text.into()], flaw: Some(flaw) },
    };
    let mut cells = vec![Value::Null; places.len()];
    for (name, value) in flatten(members) {
        if let Some(cell) = places.get(&name).and_then(|place| cells.get_mut(*place)) {
            *cell = value;
        }
    }
    Record { line, cells, flaw: None }
}

fn sheet_row(read: Result<Value, (Flaw, String)>) -> Option<Record> {
    let Ok(Value::Array(mut cells)) = read else { return None };
    let line = cells.first().and_then(Value::as_u64)?;
    cells.remove(0);
    let flaw = (cells.len() > MOST_CELLS).then_some(Flaw::TooLong);
    Some(Record { line, cells, flaw })
}

/// Whether a cell says nothing.
pub(super) fn is_blank(cell: &Value) -> bool {
    match cell {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// A cell as text.
pub(super) fn cell_text(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
