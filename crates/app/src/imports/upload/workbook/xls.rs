//! Old workbooks (`.xls`): records in a stream.

use std::{collections::HashMap, fs::File, io::Read};

use encoding_rs::{Encoding, WINDOWS_1252};
use leadwright_domain::fault::Refusal;
use serde_json::{Value, json};

use super::{
    Taker,
    compound::{Compound, u16_at, u32_at},
    no_workbook, protected, put,
    records::{Record, Records, Text},
    shown::{Shown, built_in},
    too_much_text,
};

/// The largest file of this kind, in bytes: it is held in memory.
const LARGEST: u64 = 48 * 1024 * 1024;

/// An old workbook.
pub(super) struct Book {
    stream: Vec<u8>,
    sheets: Vec<Part>,
    texts: Vec<String>,
    styles: Vec<u16>,
    formats: HashMap<u16, Shown>,
    from_1904: bool,
    /// How text is written that does not say it; newer workbooks say it.
    encoding: Option<&'static Encoding>,
}

struct Part {
    name: String,
    seen: bool,
    begin: usize,
}

impl Book {
    /// Reads all but the sheets.
    pub(super) fn open(file: File) -> Result<Self, Refusal> {
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|_| no_workbook())?;
        if bytes.len() as u64 > LARGEST {
            return Err(too_much_text());
        }
        let file = Compound::open(&bytes).ok_or_else(no_workbook)?;
        if file.has("EncryptedPackage") {
            return Err(protected());
        }
        let stream = file.stream("Workbook").or_else(|| file.stream("Book")).ok_or_else(no_workbook)?;
        let mut book = Self {
            stream: Vec::new(),
            sheets: Vec::new(),
            texts: Vec::new(),
            styles: Vec::new(),
            formats: HashMap::new(),
            from_1904: false,
            encoding: Some(WINDOWS_1252),
        };
        for record in Records::of(&stream, 0) {
            if record.kind == 0x2f {
                return Err(protected());
            }
            // What is damaged says nothing.
            let _read = book.fact(&record);
            if record.kind == 0x0a {
                break;
            }
        }
        book.stream = stream;
        Ok(book)
    }

    /// The names of the sheets, and whether people see them.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        self.sheets.iter().map(|sheet| (sheet.name.clone(), sheet.seen)).collect()
    }

    /// Learns what a record says of the whole workbook.
    fn fact(&mut self, record: &Record<'_>) -> Option<()> {
        let data = record.data;
        match record.kind {
            0x0809 if u16_at(data, 0)? >= 0x0600 => self.encoding = None,
            0x0042 if self.encoding.is_some() => self.encoding = code_page(u16_at(data, 0)?),
            0x0022 => self.from_1904 = u16_at(data, 0)? == 1,
            0x00e0 => self.styles.push(u16_at(data, 2)?),
            0x041e => {
                let mut text = Text::of(record, 2);
                let length = if self.encoding.is_some() { text.byte()?.into() } else { text.two()? };
                let code = text.take(length, self.encoding)?;
                self.formats.insert(u16_at(data, 0)?, Shown::by(&code));
            }
            0x0085 => {
                let mut text = Text::of(record, 6);
                let length = text.byte()?.into();
                let name = text.take(length, self.encoding)?;
                let begin = usize::try_from(u32_at(data, 0)?).ok()?;
                // Charts and macros are sheets, too.
                if data.get(5) == Some(&0) {
                    self.sheets.push(Part { name, seen: data.get(4)? & 3 == 0, begin });
                }
            }
            0x00fc => {
                let mut text = Text::of(record, 8);
                while let Some(next) = text.shared() {
                    self.texts.push(next);
                }
            }
            _ => {}
        }
        Some(())
    }

    /// Hands the rows of a sheet on that are not blank, with their numbers.
    pub(super) fn rows<F: FnMut(Vec<u8>) -> bool>(&self, place: usize, taker: &mut Taker<F>) -> Result<(), Refusal> {
        let Some(sheet) = self.sheets.get(place) else { return Ok(()) };
        let mut reading = Reading { book: self, taker, row: 0, found: Vec::new(), formula: None };
        let mut depth = 0_usize;
        for record in Records::of(&self.stream, sheet.begin) {
            match record.kind {
                0x0809 => depth += 1,
                0x0a if depth <= 1 => break,
                0x0a => depth -= 1,
                // Within it are charts.
                _ if depth == 1 => drop(reading.cell(&record)?),
                _ => {}
            }
        }
        reading.end_row()
    }

    fn number(&self, style: u16, value: f64) -> Value {
        let format = self.styles.get(usize::from(style)).copied().unwrap_or_default();
        match self.formats.get(&format) {
            Some(shown) => shown.value("", value, self.from_1904),
            None => built_in(&format.to_string()).value("", value, self.from_1904),
        }
    }
}

/// The row of a sheet that is being read.
struct Reading<'a, F> {
    book: &'a Book,
    taker: &'a mut Taker<F>,
    row: u32,
    found: Vec<Value>,
    /// The column of a formula whose text follows.
    formula: Option<u32>,
}

impl<F: FnMut(Vec<u8>) -> bool> Reading<'_, F> {
    fn end_row(&mut self) -> Result<(), Refusal> {
        let whole = std::mem::take(&mut self.found);
        self.taker.row(self.row + 1, whole)
    }

    /// Takes what a record says of cells.
    fn cell(&mut self, record: &Record<'_>) -> Result<Option<()>, Refusal> {
        if record.kind == 0x0207 {
            return Ok(self.formula_text(record));
        }
        if !matches!(record.kind, 0x0203 | 0x027e | 0x00bd | 0x00fd | 0x0204 | 0x00d6 | 0x0205 | 0x0006) {
            return Ok(None);
        }
        let (Some(row), Some(column)) = (u16_at(record.data, 0), u16_at(record.data, 2)) else { return Ok(None) };
        if u32::from(row) != self.row {
            self.end_row()?;
            self.row = row.into();
        }
        Ok(self.values(record, column.into()))
    }

    fn formula_text(&mut self, record: &Record<'_>) -> Option<()> {
        let column = self.formula.take()?;
        let mut text = Text::of(record, 0);
        let length = text.two()?;
        put(&mut self.found, column, json!(text.take(length, self.book.encoding)?));
        Some(())
    }

    fn values(&mut self, record: &Record<'_>, column: u32) -> Option<()> {
        let (data, book) = (record.data, self.book);
        let style = u16_at(data, 4)?;
        let value = match record.kind {
            0x0203 => book.number(style, double(data, 6)?),
            0x027e => book.number(style, packed(u32_at(data, 6)?)),
            0x00bd => {
                for (place, pair) in (column..).zip(data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6)) {
                    put(&mut self.found, place, book.number(u16_at(pair, 0)?, packed(u32_at(pair, 2)?)));
                }
                return Some(());
            }
            0x00fd => json!(book.texts.get(usize::try_from(u32_at(data, 6)?).ok()?)?),
            0x0204 | 0x00d6 => {
                let mut text = Text::of(record, 6);
                let length = text.two()?;
                json!(text.take(length, book.encoding)?)
            }
            0x0205 if data.get(7)? == &0 => json!(data.get(6)? != &0),
            0x0205 => Value::Null,
            _ => self.formula(record, column, style)?,
        };
        put(&mut self.found, column, value);
        Some(())
    }

    /// What a formula comes to, as far as the file tells.
    fn formula(&mut self, record: &Record<'_>, column: u32, style: u16) -> Option<Value> {
        let data = record.data;
        let is_to_be_calculated = u16_at(data, 14)? & 3 != 0;
        if u16_at(data, 12)? != 0xffff {
            let value = double(data, 6)?;
            if value == 0.0 && is_to_be_calculated {
                self.taker.hollow(self.row, column);
                return Some(Value::Null);
            }
            return Some(self.book.number(style, value));
        }
        match data.get(6)? {
            0 => self.formula = Some(column),
            1 => return Some(json!(data.get(8)? != &0)),
            3 if is_to_be_calculated => self.taker.hollow(self.row, column),
            _ => {}
        }
        Some(Value::Null)
    }
}

fn double(bytes: &[u8], place: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(place..place.checked_add(8)?)?.try_into().ok()?))
}

/// A number in four bytes: whole or the upper half of a fraction, and perhaps in hundredths.
fn packed(bits: u32) -> f64 {
    let value =
        if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    if bits & 1 == 0 { value } else { value / 100.0 }
}

/// The encoding of this number.
fn code_page(number: u16) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10_000 | 32_768 => "macintosh".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).or(Some(WINDOWS_1252))
}

#[cfg(test)]
mod tests {
    use super::packed;

    #[test]
    fn packed_numbers_are_read() {
        assert_eq!(packed((75 << 2) | 2), 75.0);
        assert_eq!(packed((12_345 << 2) | 3), 123.45);
        assert_eq!(packed((-5_i32 << 2).cast_unsigned() | 2), -5.0);
        assert_eq!(packed(0x3ff8_0000), 1.5);
    }
}
