//! Texts of workbooks.

use leadwright_domain::fault::Refusal;
use quick_xml::events::Event;

use super::{
    super::super::rows::LONGEST,
    archive::{Xml, next},
    no_workbook, too_much_text,
};

/// The most text that the cells of a workbook may share, in bytes: it is held in memory.
const MOST_SHARED: usize = 96 * 1024 * 1024;
/// The most texts that they may share.
const MOST_TEXTS: usize = 20_000_000;

/// The texts that cells share.
#[derive(Default)]
pub(super) struct Texts {
    all: String,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Texts {
    /// Reads the table of texts.
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, Refusal> {
        let (mut texts, mut buffer) = (Self::default(), Vec::new());
        loop {
            match next(&mut xml, &mut buffer)? {
                Event::Start(element) if element.local_name().as_ref() == "si" => {
                    texts.all.push_str(&rich(&mut xml, &mut buffer, "si")?);
                    texts.ends.push(texts.all.len());
                    if texts.all.len() > MOST_SHARED || texts.ends.len() > MOST_TEXTS {
                        return Err(too_much_text());
                    }
                }
                Event::Eof => return Ok(texts),
                _ => {}
            }
        }
    }

    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let begin = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.all.get(begin..*self.ends.get(place)?)
    }
}

/// The text of an element that has begun, of all its runs, without how it is pronounced.
pub(super) fn rich(xml: &mut Xml<'_>, buffer: &mut Vec<u8>, end: &str) -> Result<String, Refusal> {
    let (mut text, mut spoken, mut taken) = (String::new(), false, false);
    loop {
        match next(xml, buffer)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "rPh" => spoken = true,
                "t" => taken = !spoken,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "rPh" => spoken = false,
                "t" => taken = false,
                name if name == end => return Ok(plain(text)),
                _ => {}
            },
            Event::Eof => return Err(no_workbook()),
            event if taken => push(&mut text, &event),
            _ => {}
        }
    }
}

/// The text of an element that has begun and holds nothing but text.
pub(super) fn simple(xml: &mut Xml<'_>, buffer: &mut Vec<u8>, text: &mut String) -> Result<(), Refusal> {
    loop {
        match next(xml, buffer)? {
            Event::End(_) => return Ok(()),
            Event::Eof => return Err(no_workbook()),
            event => push(text, &event),
        }
    }
}

/// Adds what is text, unless there is too much of it already.
pub(super) fn push(text: &mut String, event: &Event<'_>) {
    if text.len() > LONGEST {
        return;
    }
    match event {
        Event::Text(piece) => text.push_str(&piece.xml10_content()),
        Event::CData(piece) => text.push_str(&piece.xml10_content()),
        Event::GeneralRef(name) => match (name.resolve_char_ref(), &**name) {
            (Ok(Some(c)), _) => text.push(c),
            (_, "amp") => text.push('&'),
            (_, "lt") => text.push('<'),
            (_, "gt") => text.push('>'),
            (_, "quot") => text.push('"'),
            (_, "apos") => text.push('\''),
            _ => {}
        },
        _ => {}
    }
}

/// Text without the escapes of workbooks: `_x0009_` is a tab. Carriage returns and NULs say nothing.
pub(super) fn plain(text: String) -> String {
    if !text.contains("_x") {
        return text.replace('\0', "");
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let meant =
            code.filter(|_| rest[at + 6..].starts_with('_')).and_then(|code| u32::from_str_radix(code, 16).ok());
        let (written, next) = match meant.and_then(char::from_u32) {
            Some('\r' | '\0') => (None, at + 7),
            Some(meant) => (Some(meant), at + 7),
            None => (Some('_'), at + 1),
        };
        plain.push_str(&rest[..at]);
        plain.extend(written);
        rest = &rest[next..];
    }
    plain.push_str(rest);
    plain.replace('\0', "")
}
