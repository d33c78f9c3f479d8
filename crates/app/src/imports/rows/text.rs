//! From bytes to text.

use encoding_rs::{CoderResult, Decoder};
use leadwright_domain::imports::Encoding;
use oem_cp::code_table::{DECODING_TABLE_CP437, DECODING_TABLE_CP850, DECODING_TABLE_CP852};

/// What the bytes from 128 on stand for in an encoding of the DOS.
type HighHalf = &'static [char; 128];

fn high_half(encoding: Encoding) -> Option<HighHalf> {
    match encoding {
        Encoding::Ibm850 => Some(&DECODING_TABLE_CP850),
        Encoding::Ibm437 => Some(&DECODING_TABLE_CP437),
        Encoding::Ibm852 => Some(&DECODING_TABLE_CP852),
        _ => None,
    }
}

/// The decoder's table of an encoding.
fn table(encoding: Encoding) -> &'static encoding_rs::Encoding {
    encoding_rs::Encoding::for_label(encoding.as_str().as_bytes()).unwrap_or(encoding_rs::UTF_8)
}

/// The encoding that goes by this name in headers and on web pages, if it is one that we read.
pub fn encoding_called(name: &str) -> Option<Encoding> {
    let name = name.trim().to_ascii_lowercase();
    match name.strip_prefix("cp").or_else(|| name.strip_prefix("ibm")) {
        Some("850") => return Some(Encoding::Ibm850),
        Some("437") => return Some(Encoding::Ibm437),
        Some("852") => return Some(Encoding::Ibm852),
        _ => {}
    }
    match encoding_rs::Encoding::for_label(name.as_bytes())?.name() {
        "GBK" => Some(Encoding::Gb18030),
        "KOI8-R" => Some(Encoding::Koi8U),
        name => Encoding::parse(&name.to_ascii_lowercase()),
    }
}

/// The text of a whole piece.
pub(in crate::imports) fn decoded(encoding: Encoding, piece: &[u8]) -> String {
    Text::new(encoding).decode(piece, true)
}

/// Decodes a file piece by piece. What can't be decoded becomes U+FFFD.
pub(super) enum Text {
    /// As browsers do.
    Web(Decoder),
    /// Byte by byte.
    Dos(HighHalf),
    /// A line that is UTF-8 as such, the others so; with the line that has not ended yet.
    Mixed(Box<Self>, Vec<u8>),
}

/// The longest line that is looked at as a whole.
const LONGEST_LINE: usize = 64 * 1024;

impl Text {
    pub(super) fn new(encoding: Encoding) -> Self {
        high_half(encoding).map_or_else(|| Self::Web(table(encoding).new_decoder_with_bom_removal()), Self::Dos)
    }

    /// Of a file with lines of UTF-8 among those of this encoding.
    pub(super) fn mixed(encoding: Encoding) -> Self {
        Self::Mixed(Box::new(Self::new(encoding)), Vec::new())
    }

    /// Decodes the lines that have ended.
    fn lines(usual: &mut Self, open: &mut Vec<u8>, piece: &[u8], last: bool) -> String {
        open.extend_from_slice(piece);
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let whole = match open.iter().rposition(ends) {
            _ if last => open.len(),
            Some(end) => end + 1,
            None if open.len() > LONGEST_LINE => open.len(),
            None => 0,
        };
        let mut text = String::with_capacity(whole + whole / 8);
        for line in open[..whole].split_inclusive(ends) {
            match std::str::from_utf8(line) {
                Ok(line) => text.push_str(line),
                Err(_) => text.push_str(&usual.decode(line, false)),
            }
        }
        open.drain(..whole);
        text
    }

    pub(super) fn decode(&mut self, piece: &[u8], last: bool) -> String {
        let decoder = match self {
            Self::Web(decoder) => decoder,
            Self::Mixed(usual, open) => return Self::lines(usual, open, piece, last),
            Self::Dos(high) => {
                let char = |byte: &u8| match byte.checked_sub(128) {
                    Some(place) => high[usize::from(place)],
                    None => char::from(*byte),
                };
                return piece.iter().map(char).collect();
            }
        };
        let mut text = String::with_capacity(decoder.max_utf8_buffer_length(piece.len()).unwrap_or(piece.len() * 3));
        let mut left = piece;
        loop {
            let (result, read, _) = decoder.decode_to_string(left, &mut text, last);
            left = &left[read..];
            match result {
                CoderResult::InputEmpty => return text,
                CoderResult::OutputFull => text.reserve(4_096),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_two_encodings_are_told_apart() {
        let bytes = b"Ren\xc3\xa9\r\nJos\xe9\nZo\xc3\xab";
        for size in 1..bytes.len() {
            let mut text = Text::mixed(Encoding::Windows1252);
            let mut read: String = bytes.chunks(size).map(|piece| text.decode(piece, false)).collect();
            read.push_str(&text.decode(b"", true));
            assert_eq!(read, "Ren\u{e9}\r\nJos\u{e9}\nZo\u{eb}", "{size}");
        }
    }
}
