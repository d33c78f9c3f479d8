//! What a post says, whatever it is: good enough to find somebody in it, which is all that is asked.

use std::{cell::OnceCell, collections::BTreeSet};

use serde_json::Value;

use super::traces::{digits, gather, has_address, words};
use crate::text::fold;

/// Texts that belong together, read once for all who are looked for in them.
#[derive(Clone, Debug)]
pub struct Told {
    pub(super) texts: Vec<Text>,
    has_address: OnceCell<bool>,
    words: OnceCell<BTreeSet<String>>,
}

/// A text as people are looked for in it.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) folded: String,
    pub(super) digits: String,
}

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let folded = fold(text);
        Self { digits: digits(&folded), folded }
    }
}

impl Told {
    /// These texts.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts = texts.into_iter().map(Text::of).collect();
        Self { texts, has_address: OnceCell::new(), words: OnceCell::new() }
    }

    /// The texts and numbers of a JSON document.
    pub fn of_json(document: &Value) -> Self {
        let mut texts = Vec::new();
        gather(document, &mut texts);
        Self::of(texts.iter().map(String::as_str))
    }

    /// The texts of a post.
    pub fn of_post(body: &[u8]) -> Self {
        Self::of(texts_of_post(body).iter().map(String::as_str))
    }

    /// Whether there is any e-mail address in them.
    pub(super) fn has_address(&self) -> bool {
        *self.has_address.get_or_init(|| self.texts.iter().any(|text| has_address(&text.folded)))
    }

    pub(super) fn words(&self) -> &BTreeSet<String> {
        self.words.get_or_init(|| self.texts.iter().flat_map(|text| words(&text.folded)).collect())
    }
}

/// Of JSON its values, of a form its inputs, else its lines.
fn texts_of_post(body: &[u8]) -> Vec<String> {
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
