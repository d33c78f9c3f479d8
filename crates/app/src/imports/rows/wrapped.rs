//! Lists within an object, as APIs answer them: `{"count": 2, "results": [{…}, {…}], "next": null}`.

use leadwright_domain::leads::{Target, field_for_header};

/// What such a list is called.
const LISTS: &[&str] =
    &["data", "results", "items", "records", "leads", "contacts", "people", "rows", "value", "entries", "hits"];

/// How much of a file is looked at, in bytes.
pub(super) const ENOUGH: usize = 4_096;

/// What comes next among the members of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The first object of a list of rows begins here.
    List(usize),
    /// The object ends here.
    End(usize),
    /// It goes on further than the text.
    More,
    /// It is a row itself, or no JSON.
    Nothing,
}

/// Where the first object of the list begins that an object holds; `None` where the object is a row itself. `text` is the
/// beginning of the file.
pub(super) fn first(text: &str) -> Option<usize> {
    let start = opening(text)?;
    match seek(text, start) {
        Next::List(at) => Some(at),
        _ => None,
    }
}

/// Whether the first object of a text is whole, and a row by itself: `None` as long as it goes on.
pub(super) fn is_row(text: &str) -> Option<bool> {
    let start = opening(text)? - 1;
    let end = super::json::end_of_value(&text[start..])?;
    let members = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text[start..start + end]);
    Some(members.is_ok_and(|members| members.keys().any(|name| tells_of_a_person(name))))
}

/// What follows a list that is over, up to the end of the object that holds it.
pub(super) fn after_list(text: &str) -> Next {
    seek(text, 0)
}

/// Behind the brace that a text begins with.
fn opening(text: &str) -> Option<usize> {
    Some(text.len() - text.trim_start_matches('\u{feff}').trim_start().strip_prefix('{')?.len())
}

/// Answers of APIs say `status` and `source`, too; whoever is a row can be reached, or has a name.
fn tells_of_a_person(name: &str) -> bool {
    let fields = ["email", "phone", "contact_name", "first_name", "last_name", "company_name"];
    matches!(field_for_header(name), Some(Target::Field(field)) if fields.contains(&field))
}

/// Goes through members, from the brace that opens the object or from behind a value.
fn seek(text: &str, mut at: usize) -> Next {
    loop {
        let left = text[at..].trim_start_matches([' ', '\t', '\r', '\n', ',']);
        if left.is_empty() {
            return Next::More;
        }
        if let Some(behind) = left.strip_prefix('}') {
            return Next::End(text.len() - behind.len());
        }
        if !left.starts_with('"') {
            return Next::Nothing;
        }
        let Some((name, behind)) = quoted(left) else { return Next::More };
        let behind = behind.trim_start();
        let Some(value) = behind.strip_prefix(':').map(str::trim_start).filter(|value| !value.is_empty()) else {
            return if behind.is_empty() || behind == ":" { Next::More } else { Next::Nothing };
        };
        if let Some(object) = value.strip_prefix('[').map(str::trim_start)
            && LISTS.contains(&name)
        {
            if object.starts_with('{') {
                return Next::List(text.len() - object.len());
            }
            if object.is_empty() {
                return Next::More;
            }
        }
        if tells_of_a_person(name) {
            return Next::Nothing;
        }
        match behind_value(value) {
            Some(behind) => at = text.len() - behind.len(),
            None => return Next::More,
        }
    }
}

/// The text in quotes that another begins with, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })?;
    Some((&inside[..end], &inside[end + 1..]))
}

/// What follows a value; `None` where it goes on.
fn behind_value(text: &str) -> Option<&str> {
    match text.as_bytes().first()? {
        b'"' => Some(quoted(text)?.1),
        b'{' | b'[' => text.get(super::json::end_of_nested(text)?..),
        _ => text.get(text.find([',', '}'])?..),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_in_what_apis_answer() {
        for (text, begins) in [
            ("{\"data\":[{\"email\":1}]}", Some("{\"email\"")),
            (
                "{\n \"count\": 2,\n \"next\": null, \"meta\": {\"a\": [1]},\n \"results\": [\n  {\"a\":1}",
                Some("{\"a\":1}"),
            ),
            ("{\"email\":\"a\",\"items\":[{\"b\":1}]}", None),
            ("{\"status\":\"ok\",\"data\":[{\"a\":1}]}\n{\"data\":[{\"a\":2}]}\n", Some("{\"a\":1}")),
            ("{\"data\":[{\"a\":1}]}\n", Some("{\"a\":1}")),
            ("{\"data\":[1,2]}", None),
            ("{\"purchases\":[{\"a\":1}]}", None),
            ("{}", None),
            ("[{\"a\":1}]", None),
            ("{\"count", None),
        ] {
            assert_eq!(
                first(text).map(|at| text[at..].starts_with(begins.unwrap_or("?"))),
                begins.map(|_| true),
                "{text}"
            );
        }
    }

    #[test]
    fn what_follows_a_list_is_looked_through() {
        assert_eq!(after_list(", \"next\": {\"a\": [1]}, \"x\": [2] }\n{"), Next::End(32));
        assert_eq!(after_list(",\"contacts\":[ {\"a\":1}]}"), Next::List(14));
        assert_eq!(after_list(", \"next\": nul"), Next::More);
        assert_eq!(after_list(" oops"), Next::Nothing);
        assert_eq!(is_row("{\"data\":[{\"a\":1}],\"email\":\"x\"}"), Some(true));
        assert_eq!(is_row("{\"data\":[{\"email\":1}]}\n"), Some(false));
        assert_eq!(is_row("{\"data\":[{\"email\":1}"), None);
    }
}
