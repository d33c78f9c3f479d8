//! Rows as cells between delimiters.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use leadwright_domain::imports::{Dialect, Encoding, Flow, flow};
use serde_json::Value;

use super::{Flaw, LONGEST, MOST_CELLS, Record, between::Between, is_blank, text::Text};

/// How much of a row that can't be read is kept, in characters.
const KEPT: usize = 1_000;

/// Reads rows from pieces of a file. Blank rows are left out.
pub(in crate::imports) struct CsvRows {
    text: Text,
    dialect: Dialect,
    between: Between,
    csv: Reader,
    cells: Vec<u8>,
    filled: usize,
    ends: Vec<usize>,
    ended: usize,
    /// The row as it is written, as far as it was read.
    written: Vec<u8>,
    line: u64,
    began: Option<u64>,
    after_return: bool,
    too_long: bool,
}

/// What became of the row that has just ended.
enum Taken {
    Record(Record),
    Nothing,
    /// Its quotes make no sense over several lines: the first is a row by itself, and the rest is read again.
    Again(Record, Vec<u8>),
}

impl CsvRows {
    pub(in crate::imports) fn new(encoding: Encoding, dialect: Dialect) -> Self {
        Self {
            text: Text::new(encoding),
            dialect,
            between: Between::default(),
            csv: reader(dialect),
            cells: vec![0; 4_096],
            filled: 0,
            ends: vec![0; 64],
            ended: 0,
            written: Vec::new(),
            line: 1,
            began: None,
            after_return: false,
            too_long: false,
        }
    }

    /// The same for a file with lines of UTF-8 among the others.
    pub(in crate::imports) fn mixed(encoding: Encoding, dialect: Dialect) -> Self {
        Self { text: Text::mixed(encoding), ..Self::new(encoding, dialect) }
    }

    /// The rows that end in this piece; `last` says that nothing follows it.
    pub(in crate::imports) fn push(&mut self, piece: &[u8], last: bool) -> Vec<Record> {
        let mut records = Vec::new();
        let text = self.text.decode(piece, last);
        let mut text =
            if self.dialect.spaced { self.between.close_up(&text, self.dialect, last) } else { text }.into_bytes();
        let mut at = 0;
        loop {
            if self.began.is_none() {
                let blank = text[at..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
                self.count_lines(&text[at..at + blank]);
                at += blank;
                if at < text.len() {
                    self.began = Some(self.line);
                }
            }
            let left = &text[at..];
            if left.is_empty() && !(last && self.began.is_some()) {
                return records;
            }
            let (result, read) = self.step(left);
            self.count_lines(&left[..read]);
            if !self.too_long {
                self.written.extend_from_slice(&left[..read]);
            }
            at += read;
            let taken = match result {
                ReadRecordResult::Record => self.take(last && at == text.len()),
                ReadRecordResult::End => return records,
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => self.make_room(),
                ReadRecordResult::InputEmpty => Taken::Nothing,
            };
            match taken {
                Taken::Record(record) => records.push(record),
                Taken::Nothing => {}
                Taken::Again(record, mut rest) => {
                    records.push(record);
                    rest.extend_from_slice(&text[at..]);
                    if self.dialect.spaced {
                        let rest_of_text = String::from_utf8_lossy(&rest).into_owned();
                        rest = self.between.anew(rest_of_text, self.dialect, last).into_bytes();
                    }
                    (text, at) = (rest, 0);
                }
            }
        }
    }

    /// One step of the CSV machine. What is too long goes nowhere.
    fn step(&mut self, left: &[u8]) -> (ReadRecordResult, usize) {
        if self.too_long {
            let (mut nowhere, mut no_ends) = ([0; 4_096], [0; 64]);
            let (result, read, _, _) = self.csv.read_record(left, &mut nowhere, &mut no_ends);
            return (result, read);
        }
        let (cells, ends) = (&mut self.cells[self.filled..], &mut self.ends[self.ended..]);
        let (result, read, wrote, ended) = self.csv.read_record(left, cells, ends);
        self.filled += wrote;
        self.ended += ended;
        (result, read)
    }

    /// Makes room for a longer row. One that is too long is passed over, unless it is a quote that nobody closed.
    fn make_room(&mut self) -> Taken {
        if self.cells.len() >= LONGEST || self.ends.len() > MOST_CELLS {
            if self.flow().open && self.written.contains(&b'\n') {
                let (record, rest) = self.first_line();
                return Taken::Again(record, rest);
            }
            self.too_long = true;
            return Taken::Nothing;
        }
        if self.filled == self.cells.len() {
            self.cells.resize(self.cells.len() * 2, 0);
        }
        if self.ended == self.ends.len() {
            self.ends.resize(self.ends.len() * 2, 0);
        }
        Taken::Nothing
    }

    fn flow(&self) -> Flow {
        flow(&String::from_utf8_lossy(&self.written), self.dialect)
    }

    /// The row that has just ended; `over` says that the file is.
    fn take(&mut self, over: bool) -> Taken {
        let began = self.began.unwrap_or(self.line);
        if !self.too_long && (self.line > began + 1 || over) && self.dialect.quote.is_some() {
            let found = self.flow();
            let lines = self.written.trim_ascii_end().iter().any(is_newline);
            if found.open || (found.broken > 0 && lines) {
                let (record, rest) = self.first_line();
                return Taken::Again(record, rest);
            }
        }
        let mut start = 0;
        let mut cells = Vec::with_capacity(self.ended);
        for end in &self.ends[..self.ended] {
            cells.push(cell(&self.cells[start..*end]));
            start = *end;
        }
        let flaw = self.too_long.then_some(Flaw::TooLong);
        self.begin_anew();
        if flaw.is_none() && cells.iter().all(is_blank) {
            return Taken::Nothing;
        }
        Taken::Record(Record { line: began, cells, flaw })
    }

    /// The first line of what was read as one row, as a row that can't be read; and what follows it.
    fn first_line(&mut self) -> (Record, Vec<u8>) {
        let written = std::mem::take(&mut self.written);
        let end = written.iter().position(is_newline).unwrap_or(written.len());
        let (line, rest) = written.split_at(end);
        let next = if rest.starts_with(b"\r\n") { 2 } else { 1.min(rest.len()) };
        let began = self.began.unwrap_or(self.line);
        let plain = String::from_utf8_lossy(line);
        let cells = plain.split(self.dialect.delimiter).take(MOST_CELLS);
        let cells = cells.map(|cell| cell.chars().take(KEPT).collect::<String>().replace('\0', "").into()).collect();
        self.begin_anew();
        self.line = began + 1;
        self.after_return = false;
        self.csv.reset();
        (Record { line: began, cells, flaw: Some(Flaw::OpenQuote) }, rest[next..].to_vec())
    }

    fn begin_anew(&mut self) {
        self.written.clear();
        (self.filled, self.ended) = (0, 0);
        self.began = None;
        self.too_long = false;
    }

    fn count_lines(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if *byte == b'\r' || (*byte == b'\n' && !self.after_return) {
                self.line += 1;
            }
            self.after_return = *byte == b'\r';
        }
    }
}

fn reader(dialect: Dialect) -> Reader {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(u8::try_from(dialect.delimiter).unwrap_or(b','));
    match dialect.quote.and_then(|quote| u8::try_from(quote).ok()) {
        Some(quote) => builder.quote(quote),
        None => builder.quoting(false),
    };
    builder.escape(dialect.backslash.then_some(b'\\'));
    builder.build()
}

/// A cell as text. A NUL says nothing, and not every database keeps one.
fn cell(bytes: &[u8]) -> Value {
    let text = String::from_utf8_lossy(bytes);
    Value::String(if text.contains('\0') { text.replace('\0', "") } else { text.into_owned() })
}

const fn is_newline(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(pieces: &[&[u8]], encoding: Encoding, delimiter: char) -> Vec<Record> {
        let mut records = CsvRows::new(encoding, Dialect::of(delimiter));
        let mut all: Vec<Record> = pieces.iter().flat_map(|piece| records.push(piece, false)).collect();
        all.extend(records.push(b"", true));
        all
    }

    fn rows(text: &[u8]) -> Vec<(u64, Vec<Value>)> {
        read(&[text], Encoding::Utf8, ',').into_iter().map(|record| (record.line, record.cells)).collect()
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<Value>) {
        (line, cells.iter().map(|cell| Value::from(*cell)).collect())
    }

    #[test]
    fn lines_are_told_where_rows_begin() {
        for newline in ["\n", "\r\n", "\r"] {
            let text = "a,b\n\n1,\"x\ny\"\n,\n2,\"say \"\"hi\"\"\"\n3".replace('\n', newline);
            let inner = format!("x{newline}y");
            assert_eq!(
                rows(text.as_bytes()),
                [row(1, &["a", "b"]), row(3, &["1", &inner]), row(6, &["2", "say \"hi\""]), row(7, &["3"])]
            );
        }
        assert_eq!(rows(b"\xef\xbb\xbfa,b\n"), [row(1, &["a", "b"])]);
        assert_eq!(rows(b""), []);
        assert_eq!(rows(b"a\0,b"), [row(1, &["a", "b"])]);
    }

    #[test]
    fn every_encoding_is_read() {
        let utf16: Vec<u8> = "\u{feff}é;b\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&[&utf16[..3], &utf16[3..]], Encoding::Utf16Le, ';')[0].cells, ["é", "b"]);
        assert_eq!(read(&[b"\xe9\tb"], Encoding::Windows1252, '\t')[0].cells, ["é", "b"]);
    }

    #[test]
    fn a_quote_that_nobody_closes_takes_no_memory() {
        let mut records = CsvRows::new(Encoding::Utf8, Dialect::of(','));
        let mut all = records.push(b"a,b\n1,\"open\n", false);
        for _ in 0..40 {
            all.extend(records.push(&[b'x'; 65_536], false));
            assert!(records.cells.len() <= 2 * LONGEST && records.written.len() <= 3 * LONGEST);
        }
        all.extend(records.push(b"\n2,b", true));
        let flaws: Vec<_> = all.iter().map(|record| (record.line, record.flaw.clone())).collect();
        assert_eq!(flaws, [(1, None), (2, Some(Flaw::OpenQuote)), (3, Some(Flaw::TooLong)), (4, None)]);
    }

    #[test]
    fn blanks_around_quotes_are_none_of_the_cells() {
        let text = "a, b, c\n \"Ann\" , \"Lee, \"\"Jr\"\"\",  \"\"\n\"x, \"\"y\"\" \", 5\" pipe, \"two\nlines\"\n";
        let expected =
            [vec!["a", " b", " c"], vec!["Ann ", "Lee, \"Jr\"", ""], vec!["x, \"y\" ", " 5\" pipe", "two\nlines"]];
        for size in 1..text.len() {
            let dialect = Dialect { spaced: true, ..Dialect::of(',') };
            let mut records = CsvRows::new(Encoding::Utf8, dialect);
            let mut found = Vec::new();
            for (at, piece) in text.as_bytes().chunks(size).enumerate() {
                found.extend(records.push(piece, (at + 1) * size >= text.len()));
            }
            let cells: Vec<Vec<_>> =
                found.iter().map(|row| row.cells.iter().filter_map(Value::as_str).collect()).collect();
            assert_eq!(cells, expected, "{size}");
        }
    }

    #[test]
    fn a_quote_that_nobody_closes_costs_one_line() {
        for (text, bad) in [
            ("a,b\n1,\"open\n2,b\n3,\"c\nd\"\n", 2),
            ("a,b\r\n1,\"open\r\n2,\"b\"\r\n3,\"c\r\nd\"\r\n", 2),
            ("a,b\n2,b\n3,\"c\nd\"\n4,\"open", 5),
        ] {
            let found = read(&[text.as_bytes()], Encoding::Utf8, ',');
            let flawed: Vec<u64> =
                found.iter().filter(|record| record.flaw == Some(Flaw::OpenQuote)).map(|record| record.line).collect();
            assert_eq!(flawed, [bad], "{text}");
            let good: Vec<&Value> =
                found.iter().filter(|record| record.flaw.is_none()).map(|record| &record.cells[0]).collect();
            assert_eq!(good, ["a", "2", "3"], "{text}");
        }
    }

    proptest! {
        #[test]
        fn pieces_do_not_matter(bytes in prop::collection::vec(prop::sample::select(b"ab,;\"\r\n\0\xe9 ".to_vec()), 0..200), cut in 0_usize..200) {
            let cut = cut.min(bytes.len());
            let whole = read(&[&bytes], Encoding::Windows1252, ',');
            prop_assert_eq!(read(&[&bytes[..cut], &bytes[cut..]], Encoding::Windows1252, ','), whole);
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), encoding in prop::sample::select(Encoding::ALL)) {
            read(&[&bytes], encoding, ';');
        }
    }
}
