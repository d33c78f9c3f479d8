//! Rows as JSON: a value on each line, or objects one after the other, in a list or not.

use leadwright_domain::imports::Encoding;
use serde_json::Value;

use super::{
    Flaw, LONGEST,
    text::Text,
    wrapped::{self, Next},
};

/// What a row says, or why it can't be read and its text.
pub(in crate::imports) type Read = Result<Value, (Flaw, String)>;

/// How much of a row that can't be read is kept, in characters.
const KEPT: usize = 1_000;

/// How values follow one another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// Nothing was read yet.
    Unknown,
    /// A value on each line.
    Lines,
    /// Objects, with commas, brackets and blanks between them.
    Objects,
    /// The same within a list that is a member of an object.
    Wrapped,
    /// That list is over, and what follows is no JSON.
    Over,
}

/// Reads values from pieces of a file, with the lines on which they begin.
pub(in crate::imports) struct JsonRows {
    text: Text,
    buffer: String,
    layout: Layout,
    line: u64,
    /// Within how many objects the list is whose values are read.
    depth: usize,
    /// Whether what is left of a value that is too long is passed over.
    skipping: bool,
}

impl JsonRows {
    pub(in crate::imports) fn new(encoding: Encoding) -> Self {
        Self {
            text: Text::new(encoding),
            buffer: String::new(),
            layout: Layout::Unknown,
            line: 1,
            depth: 1,
            skipping: false,
        }
    }

    /// The values that end in this piece; `last` says that nothing follows it.
    pub(in crate::imports) fn push(&mut self, piece: &[u8], last: bool) -> Vec<(u64, Read)> {
        let text = self.text.decode(piece, last);
        self.buffer.push_str(&text);
        let mut values = Vec::new();
        loop {
            if self.layout == Layout::Unknown && (last || self.buffer.len() >= wrapped::ENOUGH) {
                self.begin(last);
            }
            let buffer = std::mem::take(&mut self.buffer);
            let done = match self.layout {
                Layout::Unknown => 0,
                Layout::Lines => self.lines(&buffer, last, &mut values),
                Layout::Objects | Layout::Wrapped => self.objects(&buffer, last, &mut values),
                Layout::Over => buffer.len(),
            };
            self.buffer = buffer[done..].to_owned();
            // Behind an object with a list there may be another.
            if done == 0 || self.layout != Layout::Unknown {
                return values;
            }
        }
    }

    /// Finds out how the values follow one another.
    fn begin(&mut self, last: bool) {
        let enough = self.buffer.floor_char_boundary(wrapped::ENOUGH);
        if let Some((first, depth)) = wrapped::first(&self.buffer[..enough]) {
            match wrapped::is_row(&self.buffer) {
                Some(true) => {
                    self.layout = layout(&self.buffer, last);
                    return;
                }
                None if !last && self.buffer.len() <= LONGEST => return,
                _ => {}
            }
            self.line += count_lines(&self.buffer[..first]);
            self.buffer.drain(..first);
            (self.layout, self.depth) = (Layout::Wrapped, depth);
        } else {
            self.layout = layout(&self.buffer, last);
        }
    }

    fn lines(&mut self, buffer: &str, last: bool, values: &mut Vec<(u64, Read)>) -> usize {
        let mut done = 0;
        for line in buffer.split_inclusive('\n') {
            let ends = line.ends_with('\n');
            if !ends && !last && line.len() <= LONGEST {
                break;
            }
            done += line.len();
            let text = line.trim();
            if self.skipping {
                // The rest of what was too long.
            } else if text.len() > LONGEST {
                values.push((self.line, Err((Flaw::TooLong, kept(text)))));
            } else if !text.is_empty() {
                values.push((self.line, read(text)));
            }
            self.skipping = !ends && !last;
            self.line += u64::from(ends);
        }
        done
    }

    fn objects(&mut self, buffer: &str, last: bool, values: &mut Vec<(u64, Read)>) -> usize {
        let mut done = 0;
        loop {
            let rest = &buffer[done..];
            let within = self.layout == Layout::Wrapped;
            let says_nothing =
                |c: char| matches!(c, ' ' | '\t' | '\r' | '\n' | ',' | '[' | '\u{feff}') || (c == ']' && !within);
            let between = rest.len() - rest.trim_start_matches(says_nothing).len();
            self.line += count_lines(&rest[..between]);
            done += between;
            let rest = &rest[between..];
            if rest.is_empty() {
                return done;
            }
            if within && let Some(behind) = rest.strip_prefix(']') {
                match self.after_list(behind, last, values) {
                    Some(passed) => done += 1 + passed,
                    None => return done,
                }
                if self.layout == Layout::Wrapped {
                    continue;
                }
                return done;
            }
            let end = end_of_value(rest);
            if end.is_none() && !last && rest.len() <= LONGEST {
                return done;
            }
            let value = &rest[..end.unwrap_or(rest.len())];
            if !self.skipping {
                values.push((self.line, if value.len() > LONGEST { too_long(value) } else { read(value.trim()) }));
            }
            self.skipping = end.is_none() && !last;
            self.line += count_lines(value);
            done += value.len();
        }
    }
}

impl JsonRows {
    /// Passes over what follows a list, to the next one or to the end of the object; answers how far. `None` where more has
    /// to come first.
    fn after_list(&mut self, behind: &str, last: bool, values: &mut Vec<(u64, Read)>) -> Option<usize> {
        let passed = match wrapped::after_list(behind, self.depth) {
            Next::More if !last && behind.len() <= LONGEST => return None,
            Next::List(first, depth) => {
                self.depth = depth;
                first
            }
            Next::End(end) => {
                self.layout = Layout::Unknown;
                end
            }
            Next::More | Next::Nothing => {
                if !behind.trim().is_empty() {
                    values.push((self.line, Err((Flaw::NoJson, kept(behind)))));
                }
                self.layout = Layout::Over;
                behind.len()
            }
        };
        self.line += count_lines(&behind[..passed]);
        Some(passed)
    }
}

fn layout(beginning: &str, last: bool) -> Layout {
    let text = beginning.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    match text.split_once('\n') {
        _ if text.is_empty() => Layout::Unknown,
        Some((line, _)) if is_row(line.trim()) => Layout::Lines,
        None if !last && text.len() <= LONGEST => Layout::Unknown,
        _ => Layout::Objects,
    }
}

/// Whether a line is a row by itself: an object, or the number of a row and its cells.
fn is_row(line: &str) -> bool {
    match serde_json::from_str(line) {
        Ok(Value::Object(_)) => true,
        Ok(Value::Array(cells)) => cells.first().is_some_and(Value::is_number),
        _ => false,
    }
}

fn read(text: &str) -> Read {
    serde_json::from_str(text).map(without_nul).map_err(|_| (Flaw::NoJson, kept(text)))
}

/// A NUL says nothing, and not every database keeps one.
fn without_nul(value: Value) -> Value {
    match value {
        Value::String(text) if text.contains('\0') => Value::String(text.replace('\0', "")),
        Value::Array(items) => items.into_iter().map(without_nul).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name.replace('\0', ""), without_nul(value))).collect()
        }
        other => other,
    }
}

fn too_long(text: &str) -> Read {
    Err((Flaw::TooLong, kept(text)))
}

fn kept(text: &str) -> String {
    text.chars().take(KEPT).collect()
}

fn count_lines(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

/// Where the value ends that a text begins with; `None` where it goes on.
pub(super) fn end_of_value(text: &str) -> Option<usize> {
    if !text.starts_with('{') {
        return text.find([',', '\n', '{', ']']).filter(|end| *end > 0);
    }
    end_of_nested(text)
}

/// Where the object or list ends that a text begins with; `None` where it goes on.
pub(super) fn end_of_nested(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn rows(pieces: &[&[u8]]) -> Vec<(u64, Read)> {
        let mut rows = JsonRows::new(Encoding::Utf8);
        let mut all: Vec<_> = pieces.iter().flat_map(|piece| rows.push(piece, false)).collect();
        all.extend(rows.push(b"", true));
        all
    }

    fn good(text: &str) -> Vec<(u64, Value)> {
        rows(&[text.as_bytes()]).into_iter().map(|(line, read)| (line, read.unwrap())).collect()
    }

    #[test]
    fn objects_are_read_however_they_follow_one_another() {
        let (a, b) = (json!({"a": 1}), json!({"b": "}\"{"}));
        for text in [
            "{\"a\":1}\n{\"b\":\"}\\\"{\"}\n",
            "{\"a\":1}\n{\"b\":\"}\\\"{\"}",
            "[{\"a\":1},\n{\"b\":\"}\\\"{\"}]",
            "[{\"a\":1}\n,{\"b\":\"}\\\"{\"}]",
        ] {
            assert_eq!(good(text), [(1, a.clone()), (2, b.clone())], "{text}");
        }
        assert_eq!(good("[\n  {\n    \"a\": 1\n  },\n  {\"b\": \"}\\\"{\"}\n]\n"), [(2, a.clone()), (5, b.clone())]);
        assert_eq!(good("{\n\"a\": 1\n}\n{\"b\": \"}\\\"{\"}"), [(1, a.clone()), (4, b)]);
        assert_eq!(good("\u{feff}{\"a\":1}"), [(1, a.clone())]);
        let answer = "{\"count\": 2,\n\"results\": [{\"a\":1},\n{\"b\":\"}\\\"{\"}], \"next\": {\"page\": 2}}";
        assert_eq!(good(answer), [(2, a.clone()), (3, json!({"b": "}\"{"}))]);
        let pages = "{\"data\": [{\"a\":1}],\n\"next\": 2}\n{\n\"data\": [\n{\"b\":\"}\\\"{\"}]}\n";
        assert_eq!(good(pages), [(1, a.clone()), (5, json!({"b": "}\"{"}))]);
        let two = "{\"ok\": true, \"leads\": [{\"a\":1}], \"contacts\": [ {\"b\":\"}\\\"{\"} ]}";
        assert_eq!(good(two), [(1, a.clone()), (1, json!({"b": "}\"{"}))]);
        let held = "{\"page\": 1, \"_embedded\": {\"contacts\": [{\"a\":1}]}}\n{\"_embedded\": {\"leads\": [{\"b\":\"}\\\"{\"}]}, \"x\": {}}";
        assert_eq!(good(held), [(1, a.clone()), (2, json!({"b": "}\"{"}))]);
        let rows = "{\"ref\":1,\"items\":[{\"x\":1}],\"email\":\"a\"}\n{\"ref\":2,\"items\":[],\"email\":\"b\"}\n";
        assert_eq!(good(rows).iter().map(|(_, row)| &row["email"]).collect::<Vec<_>>(), ["a", "b"]);
        let orders = "{\"data\":{\"items\":[{\"sku\":1}],\"billing\":{\"email\":\"a@x.example\"}}}\n".repeat(2);
        assert_eq!(good(&orders).iter().filter(|(_, row)| row["data"]["billing"].is_object()).count(), 2);
        assert_eq!(good(""), []);
        assert_eq!(good("[2,\"x\"]\n[3]\n"), [(1, json!([2, "x"])), (2, json!([3]))]);
    }

    #[test]
    fn a_bad_line_costs_no_other() {
        let read = rows(&[b"{\"a\":1}\n{\"a\":\n7\n{\"a\":2}\n"]);
        let lines: Vec<(u64, bool)> = read.iter().map(|(line, read)| (*line, read.is_ok())).collect();
        assert_eq!(lines, [(1, true), (2, false), (3, true), (4, true)]);
        assert_eq!(read[1].1, Err((Flaw::NoJson, "{\"a\":".to_owned())));
    }

    #[test]
    fn what_is_too_long_takes_no_memory() {
        for open in ["{\"a\":1}\n{\"a\":\"", "[{\"a\":\"x\"},{\"a\":\""] {
            let mut rows = JsonRows::new(Encoding::Utf8);
            let mut all = rows.push(open.as_bytes(), false);
            for _ in 0..40 {
                all.extend(rows.push(&[b'x'; 65_536], false));
                assert!(rows.buffer.len() <= 2 * LONGEST);
            }
            all.extend(rows.push(b"\"}\n", false));
            all.extend(rows.push(b"{\"a\":2}", true));
            let bad = all.iter().filter(|(_, read)| matches!(read, Err((Flaw::TooLong, _)))).count();
            assert_eq!(bad, 1, "{open}");
        }
    }

    proptest! {
        #[test]
        fn pieces_do_not_matter(text in "[{}\\[\\],:\"\\\\an1 \n\u{e9}]{0,80}", first in prop::sample::select(vec!["", "{\"a\":1}\n", "[", "[{\"a\":1},", "{\"data\":[{\"a\":1},", "{\"data\":{\"leads\":[{\"a\":1},"]), cut in 0_usize..80) {
            let text = format!("{first}{text}");
            let cut = cut.min(text.len());
            prop_assert_eq!(rows(&[&text.as_bytes()[..cut], &text.as_bytes()[cut..]]), rows(&[text.as_bytes()]));
        }
    }
}
