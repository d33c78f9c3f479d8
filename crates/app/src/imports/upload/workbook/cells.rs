//! The cells of a sheet of an `.xlsx` workbook.

use leadwright_domain::fault::Refusal;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Value, json};

use super::{
    Taker,
    archive::{Xml, next, skip},
    no_workbook,
    package::{Facts, Package},
    put,
    text::{plain, rich, simple},
};

/// Hands the rows of a sheet on that are not blank, with their numbers.
pub(super) fn rows<F: FnMut(Vec<u8>) -> bool>(
    book: &mut Package,
    place: usize,
    taker: &mut Taker<F>,
) -> Result<(), Refusal> {
    let path = book.sheets.get(place).map(|sheet| sheet.path.clone()).unwrap_or_default();
    let totals = book.totals(&path)?;
    let Package { archive, facts, .. } = book;
    let Some(xml) = archive.part(&path)? else { return Err(no_workbook()) };
    let mut cells = Cells { xml, buffer: Vec::new(), row: 0, column: 0, next_row: 0 };
    let (mut row, mut found) = (0, Vec::new());
    loop {
        let cell = cells.next()?;
        if cell.as_ref().is_none_or(|cell| cell.row != row) {
            let whole = std::mem::take(&mut found);
            if !totals.contains(&(row + 1)) {
                taker.row(row + 1, whole)?;
            }
        }
        let Some(cell) = cell else { return Ok(()) };
        row = cell.row;
        if cell.is_hollow(facts.uncalculated) {
            if !totals.contains(&(row + 1)) {
                taker.hollow(row, cell.column);
            }
        } else {
            put(&mut found, cell.column, cell.value(facts));
        }
    }
}

/// A cell as it is written.
#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    style: usize,
    kind: String,
    /// What stands in it, or where.
    written: String,
    /// Text of its own.
    own: Option<String>,
    is_formula: bool,
}

impl Cell {
    /// What the beginning of a cell says of it.
    fn begun(element: &BytesStart<'_>, row: u32, column: u32) -> Self {
        let mut cell = Self { row, column, ..Self::default() };
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => {
                    if let Some((column, said)) = place(&attribute.value) {
                        (cell.column, cell.row) = (column, said.unwrap_or(row));
                    }
                }
                "s" => cell.style = attribute.value.trim().parse().unwrap_or_default(),
                "t" => cell.kind = attribute.value.trim().to_owned(),
                _ => {}
            }
        }
        cell
    }

    /// Whether it has a formula, but not what that comes to. Some programs write a zero for that.
    fn is_hollow(&self, uncalculated: bool) -> bool {
        let is_number = matches!(self.kind.as_str(), "" | "n");
        self.is_formula
            && self.own.is_none()
            && match self.written.trim() {
                "" => self.kind != "str",
                "0" => is_number && uncalculated,
                _ => false,
            }
    }

    /// What people see in it: days and times in ISO form, whole numbers without a point.
    fn value(self, facts: &Facts) -> Value {
        let written = self.written.trim();
        match (self.kind.as_str(), self.own) {
            ("e", _) => Value::Null,
            (_, Some(own)) => json!(own),
            ("s", None) => {
                let text = written.parse().ok().and_then(|place| facts.texts.get(place));
                text.map_or(Value::Null, |text| json!(text))
            }
            ("b", None) if written.is_empty() => Value::Null,
            ("b", None) => json!(matches!(written, "1" | "true" | "TRUE")),
            ("d", None) => json!(written.trim_end_matches(".000").trim_end_matches("T00:00:00")),
            ("" | "n", None) => match written.parse::<f64>() {
                Ok(number) if number.is_finite() => match facts.shown.get(self.style) {
                    Some(shown) => shown.value(written, number, facts.from_1904),
                    None => super::shown::number(written, number),
                },
                _ => json!(plain(self.written)),
            },
            _ => json!(plain(self.written)),
        }
    }
}

/// Reads cells one after the other.
struct Cells<'a> {
    xml: Xml<'a>,
    buffer: Vec<u8>,
    row: u32,
    column: u32,
    /// The row after this one, if it does not say which it is.
    next_row: u32,
}

impl Cells<'_> {
    fn next(&mut self) -> Result<Option<Cell>, Refusal> {
        loop {
            match next(&mut self.xml, &mut self.buffer)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "row" => {
                        let said = element.try_get_attribute("r").ok().flatten();
                        let said = said.and_then(|said| said.value.trim().parse::<u32>().ok()?.checked_sub(1));
                        self.row = said.unwrap_or(self.next_row);
                        self.next_row = self.row.saturating_add(1);
                        self.column = 0;
                    }
                    "c" => {
                        let cell = Cell::begun(&element, self.row, self.column);
                        self.column = cell.column.saturating_add(1);
                        return self.filled(cell).map(Some);
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == "sheetData" => return Ok(None),
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn filled(&mut self, mut cell: Cell) -> Result<Cell, Refusal> {
        loop {
            match next(&mut self.xml, &mut self.buffer)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" => simple(&mut self.xml, &mut self.buffer, &mut cell.written)?,
                    "is" => cell.own = Some(rich(&mut self.xml, &mut self.buffer, "is")?),
                    name => {
                        cell.is_formula |= name == "f";
                        skip(&mut self.xml, &mut self.buffer)?;
                    }
                },
                Event::End(_) => return Ok(cell),
                Event::Eof => return Err(no_workbook()),
                _ => {}
            }
        }
    }
}

/// Column and row of a place such as `B2`, from 0.
fn place(written: &str) -> Option<(u32, Option<u32>)> {
    let digits = written.find(|c: char| c.is_ascii_digit()).unwrap_or(written.len());
    let (letters, row) = written.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        let value = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(value)
    });
    let row = row.parse::<u32>().ok().and_then(|row| row.checked_sub(1));
    Some((column?.checked_sub(1)?, row))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn places_are_read() {
        assert_eq!(place("A1"), Some((0, Some(0))));
        assert_eq!(place("XFD1048576"), Some((16_383, Some(1_048_575))));
        assert_eq!(place("ab7"), Some((27, Some(6))));
        assert_eq!(place("A99999999999"), Some((0, None)));
        assert!(["", "7", "ZZZZZZZZZZ1", "É1", "$A$1"].iter().all(|written| place(written).is_none()));
    }
}
