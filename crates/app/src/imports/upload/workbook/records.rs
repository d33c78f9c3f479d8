//! The records of old workbooks, and the texts in them.

use encoding_rs::Encoding;

use super::compound::{u16_at, u32_at};

/// A record, with the records that only go on with it.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    more: Vec<&'a [u8]>,
}

/// The records of a stream, one after the other.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn of(stream: &'a [u8], begin: usize) -> Self {
        Self { rest: stream.get(begin..).unwrap_or_default() }
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.one()?;
        let mut record = Record { kind, data, more: Vec::new() };
        while u16_at(self.rest, 0) == Some(0x3c) {
            record.more.push(self.one()?.1);
        }
        Some(record)
    }
}

/// The texts in a record.
pub(super) struct Text<'a> {
    rest: &'a [u8],
    more: std::vec::IntoIter<&'a [u8]>,
}

impl<'a> Text<'a> {
    /// From this place on.
    pub(super) fn of(record: &Record<'a>, begin: usize) -> Self {
        Self { rest: record.data.get(begin..).unwrap_or_default(), more: record.more.clone().into_iter() }
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        while self.rest.is_empty() {
            self.rest = self.more.next()?;
        }
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    pub(super) fn two(&mut self) -> Option<usize> {
        Some(usize::from(u16::from_le_bytes([self.byte()?, self.byte()?])))
    }

    /// So many characters; where no encoding is given, the text says how it is written.
    pub(super) fn take(&mut self, length: usize, encoding: Option<&'static Encoding>) -> Option<String> {
        if let Some(encoding) = encoding {
            let bytes: Vec<u8> = (0..length).map_while(|_| self.byte()).collect();
            return Some(encoding.decode(&bytes).0.replace('\0', ""));
        }
        let flags = if length == 0 && self.rest.is_empty() { 0 } else { self.byte()? };
        self.characters(length, flags & 1 != 0)
    }

    /// The next of the texts that cells share.
    pub(super) fn shared(&mut self) -> Option<String> {
        let length = self.two()?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.two()? } else { 0 };
        let mut spoken = [0; 4];
        if flags & 4 != 0 {
            for byte in &mut spoken {
                *byte = self.byte()?;
            }
        }
        let text = self.characters(length, flags & 1 != 0)?;
        self.skip((runs * 4).saturating_add(usize::try_from(u32_at(&spoken, 0)?).ok()?));
        Some(text)
    }

    fn characters(&mut self, length: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            if self.rest.is_empty() {
                self.rest = self.more.next()?;
                wide = self.byte()? & 1 != 0;
                continue;
            }
            let low = self.byte()?;
            units.push(u16::from_le_bytes([low, if wide { self.byte()? } else { 0 }]));
        }
        Some(String::from_utf16_lossy(&units).replace('\0', ""))
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 {
            if self.rest.is_empty() {
                let Some(next) = self.more.next() else { return };
                self.rest = next;
            }
            let step = count.min(self.rest.len());
            self.rest = &self.rest[step..];
            count -= step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_on_in_the_next_record() {
        let stream = [
            [0xfc, 0, 6, 0].as_slice(),
            &[4, 0, 0, b'a', b'b', b'c'],
            &[0x3c, 0, 7, 0, 1, 0xe9, 0, 1, 0, 0, b'x'],
            &[0x0a, 0, 0, 0],
        ]
        .concat();
        let records: Vec<Record<'_>> = Records::of(&stream, 0).collect();
        assert_eq!(records.len(), 2);
        let mut text = Text::of(&records[0], 0);
        assert_eq!(text.shared().as_deref(), Some("abc\u{e9}"));
        assert_eq!(text.shared().as_deref(), Some("x"));
        assert_eq!(text.shared(), None);
    }
}
