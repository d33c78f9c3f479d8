//! Lists within an object, as APIs answer them: `{"count": 2, "results": [{…}, {…}], "next": null}`.

use leadwright_domain::leads::field_for_header;

/// What such a list is called.
const LISTS: &[&str] =
    &["data", "results", "items", "records", "leads", "contacts", "people", "rows", "value", "entries", "hits"];

/// How much of a file is looked at, in bytes.
pub(super) const ENOUGH: usize = 4_096;

/// Where the first object of the list begins that a file's only object holds; `None` where the object is a row itself.
pub(super) fn first(text: &str) -> Option<usize> {
    let rest = |at: usize| text[at..].trim_start();
    let place = |rest: &str| text.len() - rest.len();
    let mut at = place(text.trim_start_matches('\u{feff}').trim_start().strip_prefix('{')?);
    if let Some((line, next)) = text.split_once('\n')
        && serde_json::from_str::<serde_json::Value>(line.trim_start_matches('\u{feff}')).is_ok()
        && !next.trim().is_empty()
    {
        return None;
    }
    loop {
        let (name, behind) = quoted(rest(at))?;
        let value = behind.trim_start().strip_prefix(':')?.trim_start();
        if let Some(inside) = value.strip_prefix('[') {
            let object = inside.trim_start();
            return (LISTS.contains(&name) && object.starts_with('{')).then(|| place(object));
        }
        if field_for_header(name).is_some() {
            return None;
        }
        at = place(behind_value(value)?.trim_start().strip_prefix(',')?);
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

/// What follows a value that is no list.
fn behind_value(text: &str) -> Option<&str> {
    if text.starts_with('"') {
        return Some(quoted(text)?.1);
    }
    if text.starts_with('{') {
        return text.get(super::json::end_of_value(text)?..);
    }
    text.get(text.find([',', '}'])?..)
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn lists_are_found_in_what_apis_answer() {
        for (text, begins) in [
            ("{\"data\":[{\"email\":1}]}", Some("{\"email\"")),
            (
                "{\n \"count\": 2,\n \"next\": null, \"meta\": {\"a\": [1]},\n \"results\": [\n  {\"a\":1}",
                Some("{\"a\":1}"),
            ),
            ("{\"email\":\"a\",\"items\":[{\"b\":1}]}", None),
            ("{\"data\":[{\"a\":1}]}\n{\"data\":[{\"a\":2}]}\n", None),
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
}
