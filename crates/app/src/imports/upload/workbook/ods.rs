//! Workbooks of LibreOffice and its like: the rows of a sheet, one after the other.

use std::collections::HashSet;

use leadwright_domain::{fault::Refusal, text::names_currency};
use quick_xml::events::{BytesStart, Event};
use serde_json::{Value, json};

use super::{
    super::super::rows::{MOST_CELLS, Record},
    Taker,
    archive::{Archive, Xml, attribute, next, skip},
    choice::{ENOUGH, record},
    no_workbook, protected, put,
    shown::{amount, number},
    text::push,
};

/// The most sheets and styles that are read.
const MOST: usize = 100_000;

/// The names of the sheets, and whether people see them.
pub(super) fn sheets(archive: &mut Archive) -> Result<Vec<(String, bool)>, Refusal> {
    if let Some(mut manifest) = archive.part("META-INF/manifest.xml")? {
        let mut buffer = Vec::new();
        loop {
            match next(&mut manifest, &mut buffer)? {
                Event::Start(element) if element.local_name().as_ref() == "encryption-data" => return Err(protected()),
                Event::Eof => break,
                _ => {}
            }
        }
    }
    let Some(mut xml) = archive.part("content.xml")? else { return Err(no_workbook()) };
    let (mut found, mut hidden, mut style) = (Vec::new(), HashSet::new(), String::new());
    let (mut buffer, mut is_workbook) = (Vec::new(), false);
    loop {
        match next(&mut xml, &mut buffer)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "spreadsheet" => is_workbook = true,
                "style" => style = attribute(&element, "name").unwrap_or_default(),
                "table-properties"
                    if hidden.len() < MOST && attribute(&element, "display").as_deref() == Some("false") =>
                {
                    hidden.insert(style.clone());
                }
                "table" if is_workbook && found.len() < MOST => {
                    let name = attribute(&element, "name").unwrap_or_default();
                    let style = attribute(&element, "style-name").unwrap_or_default();
                    found.push((name, !hidden.contains(&style)));
                }
                _ => {}
            },
            Event::Eof if is_workbook => return Ok(found),
            Event::Eof => return Err(no_workbook()),
            _ => {}
        }
    }
}

/// The first rows of each of these sheets.
pub(super) fn first_rows<F: FnMut(Vec<u8>) -> bool>(
    archive: &mut Archive,
    places: &[usize],
    taker: &mut Taker<F>,
) -> Result<Vec<Vec<Record>>, Refusal> {
    let Some(mut xml) = archive.part("content.xml")? else { return Err(no_workbook()) };
    let (mut buffer, mut tables, mut row, mut is_workbook) = (Vec::new(), 0_usize, 0_u32, false);
    let mut found = vec![Vec::new(); places.len()];
    loop {
        match next(&mut xml, &mut buffer)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "spreadsheet" => is_workbook = true,
                "table" if is_workbook => (tables, row) = (tables + 1, 0),
                "table-row" if is_workbook => {
                    row = row.saturating_add(1);
                    let place = places.iter().position(|place| place + 1 == tables);
                    match place.and_then(|place| found.get_mut(place)).filter(|rows| rows.len() < ENOUGH) {
                        Some(rows) => rows.extend(record(row, cells(&mut xml, row, taker)?)),
                        None => skip(&mut xml, &mut buffer)?,
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// Hands the rows of a sheet on that are not blank, with their numbers.
pub(super) fn rows<F: FnMut(Vec<u8>) -> bool>(
    archive: &mut Archive,
    place: usize,
    taker: &mut Taker<F>,
) -> Result<(), Refusal> {
    let Some(mut xml) = archive.part("content.xml")? else { return Err(no_workbook()) };
    let (mut buffer, mut tables, mut row, mut is_workbook) = (Vec::new(), 0_usize, 0_u32, false);
    loop {
        match next(&mut xml, &mut buffer)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "spreadsheet" => is_workbook = true,
                "table" if is_workbook => tables += 1,
                "table-row" if tables == place + 1 => {
                    let times = repeated(&element, "table:number-rows-repeated");
                    let cells = cells(&mut xml, row, taker)?;
                    if !cells.is_empty() {
                        for again in 0..times {
                            taker.row(row.saturating_add(again).saturating_add(1), cells.clone())?;
                        }
                    }
                    row = row.saturating_add(times);
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "table" && tables > place => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The cells of a row that has begun.
fn cells<F: FnMut(Vec<u8>) -> bool>(xml: &mut Xml<'_>, row: u32, taker: &mut Taker<F>) -> Result<Vec<Value>, Refusal> {
    let (mut found, mut column, mut buffer) = (Vec::new(), 0_u32, Vec::new());
    loop {
        match next(xml, &mut buffer)? {
            Event::Start(element) => {
                let times = repeated(&element, "table:number-columns-repeated");
                match element.local_name().as_ref() {
                    "table-cell" => {
                        let cell = Cell::begun(&element);
                        let text = text(xml, &mut buffer)?;
                        if cell.is_hollow(&text) {
                            taker.hollow(row, column);
                        }
                        let value = cell.value(text);
                        let last = u32::try_from(MOST_CELLS).unwrap_or(u32::MAX);
                        for again in 0..if value.is_null() { 0 } else { times.min(last) } {
                            put(&mut found, column.saturating_add(again), value.clone());
                        }
                    }
                    _ => skip(xml, &mut buffer)?,
                }
                column = column.saturating_add(times);
            }
            Event::End(_) => return Ok(found),
            Event::Eof => return Err(no_workbook()),
            _ => {}
        }
    }
}

fn repeated(element: &BytesStart<'_>, name: &str) -> u32 {
    let said = element.try_get_attribute(name).ok().flatten();
    said.and_then(|said| said.value.trim().parse().ok()).unwrap_or(1).max(1)
}

/// What a cell says of itself, beside its text.
#[derive(Default)]
struct Cell {
    kind: String,
    value: String,
    currency: String,
    is_formula: bool,
    is_error: bool,
}

impl Cell {
    fn begun(element: &BytesStart<'_>) -> Self {
        let mut cell = Self::default();
        for attribute in element.attributes().with_checks(false).flatten() {
            let value = || {
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                value.map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned)
            };
            match attribute.key.as_ref() {
                "office:value-type" => cell.kind = value(),
                "calcext:value-type" => cell.is_error = value() == "error",
                "office:currency" => cell.currency = value(),
                "table:formula" => cell.is_formula = true,
                "office:value" | "office:date-value" | "office:boolean-value" | "office:string-value" => {
                    cell.value = value();
                }
                _ => {}
            }
        }
        cell
    }

    /// Whether it has a formula, but not what that comes to.
    fn is_hollow(&self, text: &str) -> bool {
        self.is_formula && self.kind.is_empty() && text.is_empty()
    }

    /// What people see in it: days and times in ISO form, whole numbers without a point.
    fn value(self, text: String) -> Value {
        if self.is_error {
            return Value::Null;
        }
        let value = self.value.trim();
        match self.kind.as_str() {
            "float" | "currency" | "percentage" => match value.parse::<f64>() {
                Ok(read) if read.is_finite() && self.kind == "currency" && names_currency(&self.currency) => {
                    let places = text
                        .rsplit_once(['.', ','])
                        .map_or(0, |(_, behind)| behind.bytes().take_while(u8::is_ascii_digit).count());
                    amount(value, read, &self.currency, places)
                }
                Ok(read) if read.is_finite() => {
                    let plain = number(value, read);
                    if is_shown_so(&text, &plain) { json!(text) } else { plain }
                }
                _ => json!(text),
            },
            "date" => {
                let whole = value.split_once(['.', ',']).map_or(value, |(whole, _)| whole);
                json!(whole.trim_end_matches("T00:00:00"))
            }
            "boolean" => json!(value == "true"),
            _ if text.is_empty() => {
                if self.value.is_empty() {
                    Value::Null
                } else {
                    json!(self.value)
                }
            }
            _ => json!(text),
        }
    }
}

/// Whether this is the number with zeros in front or marks between that belong to it.
fn is_shown_so(text: &str, number: &Value) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_digits = text.chars().all(|c| c.is_ascii_digit() || "-()+/. \u{a0}".contains(c));
    let marked = digits.len() > 1 && (text.starts_with('0') || text.contains(['-', '(', '+', '/']));
    is_digits && marked && number.as_u64().is_some_and(|whole| digits.parse() == Ok(whole))
}

/// The text of a cell that has begun, a line for each paragraph; not what is said about it.
fn text(xml: &mut Xml<'_>, buffer: &mut Vec<u8>) -> Result<String, Refusal> {
    let (mut text, mut depth, mut any) = (String::new(), 0_usize, false);
    loop {
        match next(xml, buffer)? {
            Event::Start(element) => match (depth, element.local_name().as_ref()) {
                (0, "p") => {
                    if any {
                        text.push('\n');
                    }
                    (depth, any) = (1, true);
                }
                (0, _) | (_, "annotation" | "note" | "ruby-text") => skip(xml, buffer)?,
                (_, name) => {
                    match name {
                        "s" => {
                            let times = repeated(&element, "text:c").min(100);
                            text.extend(std::iter::repeat_n(' ', usize::try_from(times).unwrap_or(1)));
                        }
                        "tab" => text.push('\t'),
                        "line-break" => text.push('\n'),
                        _ => {}
                    }
                    depth += 1;
                }
            },
            Event::End(_) if depth == 0 => return Ok(text.replace('\0', "")),
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(no_workbook()),
            event if depth > 0 => push(&mut text, &event),
            _ => {}
        }
    }
}
