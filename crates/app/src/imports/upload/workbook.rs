//! Workbooks of spreadsheets: the rows of one sheet, as lines of JSON.

use std::{
    fs::File,
    io::{BufReader, Read, Seek},
};

use calamine::{Data, DataRef, Reader, SheetVisible, Xlsx, XlsxError};
use leadwright_domain::fault::{Fault, Refusal};
use serde_json::{Value, json};

use super::{super::rows::MOST_CELLS, unpack::too_tight};

/// The longest stretch of a workbook's XML without markup, in bytes.
const LONGEST_TEXT: usize = 4 * 1024 * 1024;
/// The most text that the cells of a workbook may share, in bytes: it is held in memory.
const MOST_SHARED: u64 = 96 * 1024 * 1024;
/// How large a piece is handed on, in bytes.
const PIECE: usize = 256 * 1024;

/// What a workbook is, beside its rows.
pub(super) struct Sheet {
    /// The name of the sheet that was read.
    pub(super) name: String,
}

/// Whether a file that begins so may be a workbook.
pub(super) fn is_archive(beginning: &[u8]) -> bool {
    beginning.starts_with(b"PK\x03\x04")
}

/// Reads a sheet of a workbook, the one of this name or the first that people see and that is not empty. Its rows are
/// handed on as lines of JSON: `[<number of the row>, <cell>, …]`.
///
/// # Errors
/// It is no workbook, or a damaged or hostile one; there is no such sheet; or nobody takes the rows any more.
pub(super) fn read(
    file: File,
    wanted: Option<&str>,
    mut hand_on: impl FnMut(Vec<u8>) -> bool,
) -> Result<Sheet, Refusal> {
    let mut file = BufReader::new(file);
    look_through(&mut file)?;
    let mut book: Xlsx<_> = Xlsx::new(file).map_err(|error| unreadable(&error))?;
    let names = sheets(&book, wanted)?;
    let only = names.len() == 1;
    for name in names {
        let mut lines = Vec::with_capacity(PIECE + 4_096);
        let mut any = false;
        rows(&mut book, &name, |number, cells| {
            any = true;
            let mut row = vec![json!(number)];
            row.extend(cells);
            lines.extend_from_slice(Value::Array(row).to_string().as_bytes());
            lines.push(b'\n');
            lines.len() < PIECE || hand_on(std::mem::replace(&mut lines, Vec::with_capacity(PIECE + 4_096)))
        })?;
        if !lines.is_empty() {
            hand_on(lines);
        }
        if any || only {
            return Ok(Sheet { name });
        }
    }
    Ok(Sheet { name: String::new() })
}

/// The sheets to look into, in order.
fn sheets<R: Read + Seek>(book: &Xlsx<R>, wanted: Option<&str>) -> Result<Vec<String>, Refusal> {
    let all = book.sheets_metadata();
    let Some(wanted) = wanted else {
        let seen = all.iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
        return Ok(seen.map(|sheet| sheet.name.clone()).collect());
    };
    let number = wanted.parse::<usize>().ok().and_then(|number| all.get(number.checked_sub(1)?));
    let named = all.iter().find(|sheet| sheet.name.trim().to_lowercase() == wanted.trim().to_lowercase());
    named.or(number).map(|sheet| vec![sheet.name.clone()]).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|sheet| sheet.name.as_str()).take(50).collect();
        let detail = format!("The workbook has no such sheet; it has: {}.", names.join(", "));
        Refusal::invalid(vec![Fault::in_parameter("sheet", "unknown_sheet", detail)])
    })
}

/// Hands the rows of a sheet on that are not blank, with their numbers.
fn rows<R: Read + Seek>(
    book: &mut Xlsx<R>,
    name: &str,
    mut hand_on: impl FnMut(u32, Vec<Value>) -> bool,
) -> Result<(), Refusal> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // Charts are sheets, too.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(unreadable(&error)),
    };
    let (mut row, mut cells) = (0, Vec::new());
    loop {
        let found = reader.next_cell().map_err(|error| unreadable(&error))?;
        let at = found.as_ref().map(calamine::Cell::get_position);
        if at.is_none_or(|(next, _)| next != row) {
            if cells.iter().any(|cell| !super::super::rows::is_blank(cell))
                && !hand_on(row + 1, std::mem::take(&mut cells))
            {
                return Err(gone());
            }
            cells.clear();
        }
        let (Some(cell), Some((next, column))) = (found, at) else { return Ok(()) };
        row = next;
        // One cell too many says that there are too many.
        let column = usize::try_from(column).unwrap_or(MOST_CELLS).min(MOST_CELLS);
        let value = value(cell.get_value());
        if !value.is_null() {
            if cells.len() <= column {
                cells.resize(column + 1, Value::Null);
            }
            cells[column] = value;
        }
    }
}

/// A cell as people see it: days and times in ISO form, whole numbers without a point.
fn value(cell: &DataRef<'_>) -> Value {
    match Data::from(cell.clone()) {
        Data::String(text) => Value::String(plain(text)),
        Data::Int(number) => json!(number),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
            let whole = number as i64;
            json!(whole)
        }
        Data::Float(number) => json!(number),
        Data::Bool(truth) => json!(truth),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => json!(date),
                _ => json!(format!("{date} {hour:02}:{minute:02}:{second:02}")),
            }
        }
        Data::DateTime(at) => json!(at.as_f64()),
        Data::DateTimeIso(text) | Data::DurationIso(text) => json!(text),
        Data::Error(_) | Data::Empty => Value::Null,
    }
}

/// Text without the escapes of workbooks: `_x0009_` is a tab. Carriage returns and NULs say nothing.
fn plain(text: String) -> String {
    if !text.contains("_x") {
        return text.replace('\0', "");
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let meant =
            code.filter(|_| rest[at + 6..].starts_with('_')).and_then(|code| u32::from_str_radix(code, 16).ok());
        let (written, next) = match meant.and_then(char::from_u32) {
            Some('\r' | '\0') => (None, at + 7),
            Some(meant) => (Some(meant), at + 7),
            None => (Some('_'), at + 1),
        };
        plain.push_str(&rest[..at]);
        plain.extend(written);
        rest = &rest[next..];
    }
    plain.push_str(rest);
    plain.replace('\0', "")
}

/// Looks through all that will be read, for what would take too much memory.
fn look_through(file: &mut (impl Read + Seek)) -> Result<(), Refusal> {
    let packed = file.seek(std::io::SeekFrom::End(0)).unwrap_or(0);
    let mut archive = zip::ZipArchive::new(&mut *file).map_err(|_| no_workbook())?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(no_workbook());
    }
    let (mut total, mut buffer) = (0_u64, vec![0; 65_536]);
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).map_err(|_| no_workbook())?;
        let name = entry.name().map_err(|_| no_workbook())?.to_ascii_lowercase();
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        let shared = name.ends_with("sharedstrings.xml");
        let (mut size, mut stretch, mut head) = (0_u64, 0_usize, Vec::new());
        loop {
            let read = entry.read(&mut buffer).map_err(|_| no_workbook())?;
            if read == 0 {
                break;
            }
            size += read as u64;
            total += read as u64;
            if head.len() < 4_096 {
                head.extend_from_slice(&buffer[..read.min(4_096)]);
            }
            for byte in &buffer[..read] {
                stretch = if *byte == b'<' { 0 } else { stretch + 1 };
                if stretch > LONGEST_TEXT {
                    return Err(no_workbook());
                }
            }
            if total > 64 * 1024 * 1024 && total / 200 > packed {
                return Err(too_tight());
            }
            if shared && size > MOST_SHARED {
                return Err(too_much_text());
            }
        }
        if shared && counts_more_than(&head, size) {
            return Err(no_workbook());
        }
    }
    file.rewind().map_err(|_| no_workbook())
}

/// Whether a table of texts says that it holds more of them than fit into so many bytes.
fn counts_more_than(head: &[u8], size: u64) -> bool {
    let head = String::from_utf8_lossy(head);
    let counts = head.match_indices("niqueCount").filter_map(|(at, word)| {
        let digits: String = head[at + word.len()..]
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse::<u64>().ok().or((!digits.is_empty()).then_some(u64::MAX))
    });
    counts.max().is_some_and(|count| count > size / 4)
}

fn no_workbook() -> Refusal {
    let detail =
        "This is not a workbook that can be read: send .xlsx, CSV or lines of JSON, or gzip of the latter two.";
    Refusal::invalid(vec![Fault::at_pointer("#", "unreadable_workbook", detail)])
}

fn too_much_text() -> Refusal {
    let detail = "The workbook holds too much text to be read as one; save the sheet as CSV, which has no limit.";
    Refusal::invalid(vec![Fault::at_pointer("#", "workbook_too_large", detail)])
}

fn unreadable(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => {
            let detail = "The workbook is protected with a password; save it without one.";
            Refusal::invalid(vec![Fault::at_pointer("#", "protected_workbook", detail)])
        }
        _ => no_workbook(),
    }
}

fn gone() -> Refusal {
    Refusal::invalid(vec![Fault::at_pointer("#", "not_kept", "The file could not be kept; send it again.")])
}
