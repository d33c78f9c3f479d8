//! What a post says, whatever it is: good enough to find somebody in it, which is all that is asked.

use serde_json::Value;

use super::traces::gather;

/// The texts of a post: of JSON its values, of a form its inputs, else its lines.
pub fn texts_of_post(body: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(body);
    if let Ok(document) = serde_json::from_str::<Value>(&text) {
        let mut texts = Vec::new();
        gather(&document, &mut texts);
        return texts;
    }
    let mut texts: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    // Single bytes of older encodings stand for characters of the same number, nearly.
    if matches!(text, std::borrow::Cow::Owned(_)) {
        texts.push(body.iter().map(|byte| char::from(*byte)).collect());
    }
    if text.contains('=') {
        texts.extend(text.split(['&', '=']).map(unescaped));
    }
    texts
}

/// A part of a form as browsers send it.
fn unescaped(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let escape = (*first == b'%').then(|| after.split_first_chunk::<2>()).flatten();
        let hex = |digit: u8| char::from(digit).to_digit(16);
        match escape.and_then(|(pair, after)| Some((hex(pair[0])? * 16 + hex(pair[1])?, after))) {
            Some((byte, after)) => {
                bytes.push(byte as u8);
                rest = after;
            }
            None => bytes.push(if *first == b'+' { b' ' } else { *first }),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
