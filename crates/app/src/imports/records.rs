//! From bytes to rows, piece by piece: decoding and CSV, in memory that does not grow with the file.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::{CoderResult, Decoder};
use leadwright_domain::imports::Encoding;

/// The longest row that is read, in bytes; what is longer is most likely a quote that nobody closed.
const LONGEST: usize = 1024 * 1024;
/// The most cells of a row.
const MOST_CELLS: usize = 2_000;

/// One row of a file, headings included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// Its cells.
    pub(super) cells: Vec<String>,
    /// Whether it was too long to be read whole.
    pub(super) too_long: bool,
}

/// Reads rows from pieces of a file. Blank rows are left out.
pub(super) struct Records {
    decoder: Decoder,
    csv: Reader,
    cells: Vec<u8>,
    filled: usize,
    ends: Vec<usize>,
    ended: usize,
    line: u64,
    began: Option<u64>,
    after_return: bool,
    too_long: bool,
}

impl Records {
    pub(super) fn new(encoding: Encoding, delimiter: char) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
        };
        Self {
            decoder: decoder.new_decoder_with_bom_removal(),
            csv: ReaderBuilder::new().delimiter(u8::try_from(delimiter).unwrap_or(b',')).build(),
            cells: vec![0; 4_096],
            filled: 0,
            ends: vec![0; 64],
            ended: 0,
            line: 1,
            began: None,
            after_return: false,
            too_long: false,
        }
    }

    /// The rows that end in this piece; `last` says that nothing follows it.
    pub(super) fn push(&mut self, piece: &[u8], last: bool) -> Vec<Record> {
        let mut records = Vec::new();
        let text = self.decode(piece, last);
        let mut left = text.as_bytes();
        loop {
            if self.began.is_none() {
                let blank = left.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
                self.count_lines(&left[..blank]);
                left = &left[blank..];
                if !left.is_empty() {
                    self.began = Some(self.line);
                }
            }
            if left.is_empty() && !(last && self.began.is_some()) {
                return records;
            }
            let (result, read) = self.step(left);
            self.count_lines(&left[..read]);
            left = &left[read..];
            match result {
                ReadRecordResult::Record => records.extend(self.take()),
                ReadRecordResult::End => return records,
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => self.make_room(),
                ReadRecordResult::InputEmpty => {}
            }
        }
    }

    fn decode(&mut self, piece: &[u8], last: bool) -> String {
        let mut text =
            String::with_capacity(self.decoder.max_utf8_buffer_length(piece.len()).unwrap_or(piece.len() * 3));
        let mut left = piece;
        loop {
            let (result, read, _) = self.decoder.decode_to_string(left, &mut text, last);
            left = &left[read..];
            match result {
                CoderResult::InputEmpty => return text,
                CoderResult::OutputFull => text.reserve(4_096),
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

    fn make_room(&mut self) {
        if self.cells.len() >= LONGEST || self.ends.len() > MOST_CELLS {
            self.too_long = true;
            return;
        }
        if self.filled == self.cells.len() {
            self.cells.resize(self.cells.len() * 2, 0);
        }
        if self.ended == self.ends.len() {
            self.ends.resize(self.ends.len() * 2, 0);
        }
    }

    /// The row that has just ended, unless it is blank.
    fn take(&mut self) -> Option<Record> {
        let mut start = 0;
        let mut cells = Vec::with_capacity(self.ended);
        for end in &self.ends[..self.ended] {
            // A NUL says nothing, and not every database keeps one.
            cells.push(String::from_utf8_lossy(&self.cells[start..*end]).replace('\0', ""));
            start = *end;
        }
        let too_long = std::mem::take(&mut self.too_long);
        (self.filled, self.ended) = (0, 0);
        let line = self.began.take().unwrap_or(self.line);
        let blank = !too_long && cells.iter().all(|cell| cell.trim().is_empty());
        (!blank).then_some(Record { line, cells, too_long })
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(pieces: &[&[u8]], encoding: Encoding, delimiter: char) -> Vec<Record> {
        let mut records = Records::new(encoding, delimiter);
        let mut all: Vec<Record> = pieces.iter().flat_map(|piece| records.push(piece, false)).collect();
        all.extend(records.push(b"", true));
        all
    }

    fn rows(text: &[u8]) -> Vec<(u64, Vec<String>)> {
        read(&[text], Encoding::Utf8, ',').into_iter().map(|record| (record.line, record.cells)).collect()
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
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
        let mut records = Records::new(Encoding::Utf8, ',');
        let mut all = records.push(b"a,b\n1,\"open", false);
        for _ in 0..40 {
            all.extend(records.push(&[b'x'; 65_536], false));
        }
        assert!(records.cells.len() <= 2 * LONGEST);
        all.extend(records.push(b"", true));
        assert_eq!(all.len(), 2);
        assert!(all[1].too_long);
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
