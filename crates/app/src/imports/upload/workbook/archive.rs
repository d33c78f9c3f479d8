//! The archive that a workbook is: looked through before anything is read, for what would take too much memory.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
};

use leadwright_domain::fault::Refusal;
use quick_xml::{
    XmlVersion,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use super::{super::unpack::too_tight, no_workbook};

/// The longest stretch of a workbook's XML without markup, in bytes.
const LONGEST_TEXT: usize = 4 * 1024 * 1024;

/// A part of a workbook that is being read.
pub(super) type Xml<'a> = quick_xml::Reader<BufReader<Box<dyn Read + 'a>>>;

/// The parts of a workbook.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    /// Where parts are, by name in small letters.
    places: HashMap<String, usize>,
    /// Its size, in bytes.
    pub(super) packed: u64,
}

impl Archive {
    /// Looks through all that may be read.
    pub(super) fn open(mut file: BufReader<File>) -> Result<Self, Refusal> {
        let packed = file.seek(SeekFrom::End(0)).unwrap_or(0);
        let mut zip = ZipArchive::new(file).map_err(|_| no_workbook())?;
        let (mut total, mut buffer, mut places) = (0_u64, vec![0; 65_536], HashMap::new());
        for place in 0..zip.len() {
            let mut entry = zip.by_index(place).map_err(|_| no_workbook())?;
            let name = entry.name().map_err(|_| no_workbook())?.to_lowercase().replace('\\', "/");
            if !(name.ends_with(".xml") || name.ends_with(".rels")) {
                continue;
            }
            let mut text = Stretch::default();
            loop {
                let read = entry.read(&mut buffer).map_err(|_| no_workbook())?;
                if read == 0 {
                    break;
                }
                total += read as u64;
                if text.is_longer_than(LONGEST_TEXT, &buffer[..read]) {
                    return Err(no_workbook());
                }
                if total > 64 * 1024 * 1024 && total / 200 > packed {
                    return Err(too_tight());
                }
            }
            places.insert(name.trim_start_matches('/').to_owned(), place);
        }
        Ok(Self { zip, places, packed })
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&name.to_lowercase())
    }

    /// A part, to be read from its beginning.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Xml<'_>>, Refusal> {
        let Some(place) = self.places.get(&name.to_lowercase()) else { return Ok(None) };
        let entry: Box<dyn Read + '_> = Box::new(self.zip.by_index(*place).map_err(|_| no_workbook())?);
        let mut xml = Xml::from_reader(BufReader::new(entry));
        let config = xml.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Ok(Some(xml))
    }
}

/// How far it is since markup last began.
#[derive(Default)]
struct Stretch {
    length: usize,
    /// The last bytes.
    last: [u8; 3],
    /// What ends a comment or a piece of plain text, in which nothing is markup.
    until: Option<[u8; 3]>,
}

impl Stretch {
    fn is_longer_than(&mut self, limit: usize, bytes: &[u8]) -> bool {
        for byte in bytes {
            let [_, second, third] = self.last;
            self.last = [second, third, *byte];
            self.length += 1;
            match self.until {
                Some(end) if end == self.last => (self.until, self.length) = (None, 0),
                Some(_) => {}
                None if *byte == b'<' => self.length = 0,
                None if self.last == *b"<!-" => self.until = Some(*b"-->"),
                None if self.last == *b"<![" => self.until = Some(*b"]]>"),
                None => {}
            }
            if self.length > limit {
                return true;
            }
        }
        false
    }
}

/// What comes next in a part.
pub(super) fn next<'b>(xml: &mut Xml<'_>, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, Refusal> {
    buffer.clear();
    xml.read_event_into(buffer).map_err(|_| no_workbook())
}

/// Passes over what an element that has begun holds.
pub(super) fn skip(xml: &mut Xml<'_>, buffer: &mut Vec<u8>) -> Result<(), Refusal> {
    let mut depth = 1_usize;
    while depth > 0 {
        match next(xml, buffer)? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(no_workbook()),
            _ => {}
        }
    }
    Ok(())
}

/// An attribute by its name, whatever its namespace is called.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = element.attributes();
    let found = all.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned))
}

#[cfg(test)]
mod tests {
    use super::Stretch;

    fn is_long(text: &str) -> bool {
        Stretch::default().is_longer_than(10, text.as_bytes())
    }

    #[test]
    fn text_without_markup_is_measured() {
        assert!(!is_long("<a>12345</a><b>12345</b>"));
        assert!(is_long("<a>12345678901</a>"));
        assert!(is_long("<!-- <a><a><a><a><a> -->"));
        assert!(is_long("<![CDATA[<<<<<<<<<<<<<<<]]>"));
        assert!(!is_long("<!-- a --><b><!-- a --><b><![C[a]]><b>"));
    }
}
