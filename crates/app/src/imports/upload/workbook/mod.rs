//! Workbooks of spreadsheets: the rows of one sheet, as lines of JSON.

mod archive;
mod cells;
mod choice;
mod compound;
mod ods;
mod package;
mod records;
mod shown;
mod text;
mod xls;

use std::{
    fs::File,
    io::{BufReader, Read, Seek},
};

use leadwright_domain::{
    fault::{Fault, Refusal},
    imports::{Format, Warning, Warnings},
};
use serde_json::{Value, json};

use self::{
    archive::Archive,
    choice::{ENOUGH, MOST_SHEETS, best, record},
    package::Package,
};
use super::{
    super::rows::{LONGEST, MOST_CELLS, Record, is_blank},
    unpack::too_tight,
};

/// How large a piece is handed on, in bytes.
const PIECE: usize = 256 * 1024;
/// How many lines a warning names.
const MOST_LINES: usize = 5;
/// From how many bytes on it is looked at how much comes out of a workbook, and how many times its size that may be:
/// a text that many cells share is packed once.
const HARMLESS: u64 = 64 * 1024 * 1024;
const MOST_TIMES: u64 = 1_000;

/// What a workbook is, beside its rows.
pub(super) struct Sheet {
    /// What kind of workbook it is.
    pub(super) format: Format,
    /// The name of the sheet that was read.
    pub(super) name: String,
    /// What was found wrong with its cells.
    pub(super) warnings: Warnings,
}

/// How old workbooks begin.
const OLD: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether a file that begins so may be a workbook.
pub(super) fn may_be_one(beginning: &[u8]) -> bool {
    beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(OLD)
}

/// Reads a sheet of a workbook, the one of this name or the first that people see and that is not empty. Its rows are
/// handed on as lines of JSON: `[<number of the row>, <cell>, …]`.
///
/// # Errors
/// It is no workbook, or a damaged or hostile one; there is no such sheet; or nobody takes the rows any more.
pub(super) fn read(
    mut file: File,
    wanted: Option<&str>,
    may_choose: bool,
    hand_on: impl FnMut(Vec<u8>) -> bool,
) -> Result<Sheet, Refusal> {
    let mut beginning = [0; 4];
    let read = file.read_exact(&mut beginning).and_then(|()| file.rewind());
    let size = file.metadata().map(|known| known.len());
    let (Ok(()), Ok(size)) = (read, size) else { return Err(no_workbook()) };
    if beginning == OLD {
        let book = xls::Book::open(file)?;
        let mut taker = Taker::new(hand_on, size, Format::Xls);
        let mut sheets = chosen(&book.sheets(), wanted)?;
        taker.choose(&mut sheets, may_choose, |taker, places| {
            places.iter().map(|place| taker.first_rows(|taker| book.rows(*place, taker))).collect()
        });
        return taker.first_of(sheets, |taker, place| book.rows(place, taker));
    }
    let mut archive = Archive::open(BufReader::new(file))?;
    if archive.has("content.xml") {
        let mut taker = Taker::new(hand_on, archive.packed, Format::Ods);
        let mut sheets = chosen(&ods::sheets(&mut archive)?, wanted)?;
        taker.choose(&mut sheets, may_choose, |taker, places| {
            // What is damaged is told when it is read.
            ods::first_rows(&mut archive, places, taker).unwrap_or_default()
        });
        return taker.first_of(sheets, |taker, place| ods::rows(&mut archive, place, taker));
    }
    let mut taker = Taker::new(hand_on, archive.packed, Format::Xlsx);
    let mut book = Package::open(archive)?;
    let sheets: Vec<_> = book.sheets.iter().map(|sheet| (sheet.name.clone(), sheet.seen)).collect();
    let mut sheets = chosen(&sheets, wanted)?;
    taker.choose(&mut sheets, may_choose, |taker, places| {
        places.iter().map(|place| taker.first_rows(|taker| cells::rows(&mut book, *place, taker))).collect()
    });
    taker.first_of(sheets, |taker, place| cells::rows(&mut book, place, taker))
}

/// The sheets to look into, in order, by place and name; of each is known whether people see it.
fn chosen(all: &[(String, bool)], wanted: Option<&str>) -> Result<Vec<(usize, String)>, Refusal> {
    let with_places = || all.iter().enumerate();
    let Some(wanted) = wanted else {
        let seen = with_places().filter(|(_, (_, seen))| *seen);
        return Ok(seen.map(|(place, (name, _))| (place, name.clone())).collect());
    };
    let folded = |name: &str| name.trim().to_lowercase();
    let named = with_places().find(|(_, (name, _))| folded(name) == folded(wanted));
    let number = wanted.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let numbered = number.and_then(|place| Some((place, all.get(place)?)));
    named.or(numbered).map(|(place, (name, _))| vec![(place, name.clone())]).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).take(50).collect();
        let detail = format!("The workbook has no such sheet; it has: {}.", names.join(", "));
        Refusal::invalid(vec![Fault::in_parameter("sheet", "unknown_sheet", detail)])
    })
}

/// Takes the rows of a sheet and hands them on in pieces.
struct Taker<F> {
    hand_on: F,
    lines: Vec<u8>,
    any: bool,
    given: u64,
    packed: u64,
    format: Format,
    hollow: Warning,
    /// The first rows of a sheet, while it is only looked at.
    looked_at: Option<Vec<Record>>,
    /// What is said of other sheets.
    others: Option<Warning>,
}

impl<F: FnMut(Vec<u8>) -> bool> Taker<F> {
    fn new(hand_on: F, packed: u64, format: Format) -> Self {
        Self {
            hand_on,
            lines: Vec::new(),
            any: false,
            given: 0,
            packed,
            format,
            hollow: Warning::default(),
            looked_at: None,
            others: None,
        }
    }

    /// Puts the sheet in front that has the leads, of several, and notes the others with rows.
    fn choose(
        &mut self,
        sheets: &mut Vec<(usize, String)>,
        may_choose: bool,
        first_rows: impl FnOnce(&mut Self, &[usize]) -> Vec<Vec<Record>>,
    ) {
        if sheets.len() < 2 {
            return;
        }
        let places: Vec<usize> = sheets.iter().map(|(place, _)| *place).take(MOST_SHEETS).collect();
        let rows = first_rows(self, &places);
        self.hollow = Warning::default();
        let Some(best) = best(&rows, may_choose) else { return };
        let (before, read) = (&sheets[..], &sheets[best].1);
        let others = before.iter().zip(&rows).enumerate().filter(|(at, (_, rows))| *at != best && rows.len() > 1);
        let others: Vec<&str> = others.map(|(_, ((_, name), _))| name.as_str()).collect();
        self.others = choice::others(&others, read);
        let best = sheets.remove(best);
        sheets.insert(0, best);
    }

    /// The first rows of a sheet that is looked at.
    fn first_rows(&mut self, rows: impl FnOnce(&mut Self) -> Result<(), Refusal>) -> Vec<Record> {
        self.looked_at = Some(Vec::new());
        // It ends with a refusal where there are enough; what is damaged is told when it is read.
        let _ended = rows(self);
        self.looked_at.take().unwrap_or_default()
    }

    /// Reads the first of these sheets that has rows.
    fn first_of(
        mut self,
        sheets: Vec<(usize, String)>,
        mut rows: impl FnMut(&mut Self, usize) -> Result<(), Refusal>,
    ) -> Result<Sheet, Refusal> {
        let only = sheets.len() == 1;
        for (place, name) in sheets {
            rows(&mut self, place)?;
            if self.any || only {
                let lines = std::mem::take(&mut self.lines);
                if !lines.is_empty() && !(self.hand_on)(lines) {
                    return Err(gone());
                }
                return Ok(Sheet { format: self.format, name, warnings: self.warnings() });
            }
        }
        Ok(Sheet { format: self.format, name: String::new(), warnings: Warnings::new() })
    }

    /// Takes a row with its number, from 1.
    fn row(&mut self, number: u32, mut cells: Vec<Value>) -> Result<(), Refusal> {
        if cells.iter().all(is_blank) {
            return Ok(());
        }
        if let Some(rows) = &mut self.looked_at {
            rows.extend(record(number, cells));
            return if rows.len() < ENOUGH { Ok(()) } else { Err(gone()) };
        }
        self.any = true;
        let size = |cell: &Value| cell.as_str().map_or(8, str::len);
        if cells.iter().map(size).sum::<usize>() > LONGEST / 2 {
            // Of a row that is too long some is kept; one cell too many says that it is.
            let mut room = LONGEST / 8;
            for cell in &mut cells {
                room = room.checked_sub(size(cell)).unwrap_or_else(|| {
                    *cell = Value::Null;
                    room
                });
            }
            cells.resize(MOST_CELLS + 1, Value::Null);
        }
        let before = self.lines.len();
        cells.insert(0, json!(number));
        self.lines.extend_from_slice(Value::Array(cells).to_string().as_bytes());
        self.lines.push(b'\n');
        self.given += (self.lines.len() - before) as u64;
        if self.given > HARMLESS && self.given / MOST_TIMES > self.packed {
            return Err(too_tight());
        }
        if self.lines.len() >= PIECE && !(self.hand_on)(std::mem::replace(&mut self.lines, Vec::with_capacity(PIECE))) {
            return Err(gone());
        }
        Ok(())
    }

    /// Notes a formula that has no value; row and column count from 0.
    fn hollow(&mut self, row: u32, column: u32) {
        let line = u64::from(row) + 1;
        if self.hollow.count == 0 {
            self.hollow.detail = format!(
                "The file does not tell what formulas such as the one in {}{line} come to; their cells are taken for \
                 empty. Open the workbook in a spreadsheet program, save it, and send it again.",
                letters(column)
            );
        }
        self.hollow.count += 1;
        if self.hollow.lines.len() < MOST_LINES && self.hollow.lines.last() != Some(&line) {
            self.hollow.lines.push(line);
        }
    }

    fn warnings(&self) -> Warnings {
        let hollow = (self.hollow.count > 0).then(|| ("formula_without_value".to_owned(), self.hollow.clone()));
        let others = self.others.clone().map(|others| ("other_sheets".to_owned(), others));
        hollow.into_iter().chain(others).collect()
    }
}

/// Puts a value into its cell of a row.
fn put(cells: &mut Vec<Value>, column: u32, value: Value) {
    if is_blank(&value) {
        return;
    }
    // One cell too many says that there are too many.
    let column = usize::try_from(column).unwrap_or(MOST_CELLS).min(MOST_CELLS);
    if cells.len() <= column {
        cells.resize(column + 1, Value::Null);
    }
    cells[column] = value;
}

/// What a column is called in spreadsheets; they count from 0 here.
fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or_default()));
        if column < 26 {
            return letters.iter().rev().collect();
        }
        column = column / 26 - 1;
    }
}

fn no_workbook() -> Refusal {
    let detail =
        "This is not a workbook that can be read: send .xlsx, .ods, .xls, CSV or lines of JSON, or gzip of one.";
    Refusal::invalid(vec![Fault::at_pointer("#", "unreadable_workbook", detail)])
}

fn too_much_text() -> Refusal {
    let detail = "The workbook holds too much text to be read as one; save the sheet as CSV, which has no limit.";
    Refusal::invalid(vec![Fault::at_pointer("#", "workbook_too_large", detail)])
}

fn protected() -> Refusal {
    let detail = "The workbook is protected with a password; save it without one.";
    Refusal::invalid(vec![Fault::at_pointer("#", "protected_workbook", detail)])
}

fn gone() -> Refusal {
    Refusal::invalid(vec![Fault::at_pointer("#", "not_kept", "The file could not be kept; send it again.")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_in_spreadsheets() {
        let names = [0, 25, 26, 51, 52, 701, 702, 16_383].map(letters);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }
}
