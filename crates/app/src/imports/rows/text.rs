//! From bytes to text.

use encoding_rs::{CoderResult, Decoder};
use leadwright_domain::imports::Encoding;

/// The decoder's table of an encoding.
pub(in crate::imports) fn label(encoding: Encoding) -> &'static encoding_rs::Encoding {
    encoding_rs::Encoding::for_label(encoding.as_str().as_bytes()).unwrap_or(encoding_rs::UTF_8)
}

/// The encoding that goes by this name in headers and on web pages, if it is one that we read.
pub fn encoding_called(name: &str) -> Option<Encoding> {
    match encoding_rs::Encoding::for_label(name.trim().as_bytes())?.name() {
        "GBK" => Some(Encoding::Gb18030),
        "KOI8-R" => Some(Encoding::Koi8U),
        name => Encoding::parse(&name.to_ascii_lowercase()),
    }
}

/// Decodes a file piece by piece. What can't be decoded becomes U+FFFD.
pub(super) struct Text(Decoder);

impl Text {
    pub(super) fn new(encoding: Encoding) -> Self {
        Self(label(encoding).new_decoder_with_bom_removal())
    }

    pub(super) fn decode(&mut self, piece: &[u8], last: bool) -> String {
        let mut text = String::with_capacity(self.0.max_utf8_buffer_length(piece.len()).unwrap_or(piece.len() * 3));
        let mut left = piece;
        loop {
            let (result, read, _) = self.0.decode_to_string(left, &mut text, last);
            left = &left[read..];
            match result {
                CoderResult::InputEmpty => return text,
                CoderResult::OutputFull => text.reserve(4_096),
            }
        }
    }
}
