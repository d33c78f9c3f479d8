//! Which characters the bytes of a form stand for.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use leadwright_domain::capture::CHARSET_INPUT;

/// The encoding of this name; `latin1` is Windows-1252, as browsers have it.
pub(super) fn known(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

/// Decodes the inputs of a form: as the form says, or else as UTF-8, or where it can't be that as Windows-1252.
pub(super) fn decoded(label: Option<&str>, inputs: Vec<(Vec<u8>, Vec<u8>)>) -> Vec<(String, String)> {
    let said = inputs.iter().find(|(name, _)| name == CHARSET_INPUT.as_bytes());
    let said = said.map(|(_, value)| String::from_utf8_lossy(value).into_owned());
    let encoding = said.as_deref().and_then(known).or_else(|| label.and_then(known));
    let decode = |bytes: &[u8]| text(bytes, encoding);
    inputs.into_iter().map(|(name, value)| (decode(&name), decode(&value))).collect()
}

/// The text of bytes in this encoding; without one, or where they can't be UTF-8 as said, it is guessed.
pub(super) fn text(bytes: &[u8], encoding: Option<&'static Encoding>) -> String {
    let encoding = encoding.unwrap_or(UTF_8);
    let (text, _, wrong) = encoding.decode(bytes);
    if wrong && encoding == UTF_8 {
        WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    } else {
        text.into_owned()
    }
}
