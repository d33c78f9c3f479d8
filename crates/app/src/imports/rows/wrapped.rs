//! Lists within an object, as APIs answer them: `{"count": 2, "results": [{…}, {…}], "next": null}`.

use leadwright_domain::{
    leads::{Target, field_for_header},
    text::is_email,
};
use serde_json::{Map, Value};

use super::flatten::LONGEST_PATH;

/// What such a list is called where it may hold anything.
const LISTS: &[&str] = &[
    "data",
    "results",
    "items",
    "records",
    "rows",
    "value",
    "entries",
    "hits",
    "connections",
    "profiles",
    "result",
    "response",
    "responses",
    "submissions",
    "list",
    "elements",
    "objects",
];

/// What it is called where it holds people, whatever it says of each.
const OF_PEOPLE: &[&str] = &[
    "leads",
    "contacts",
    "people",
    "members",
    "subscribers",
    "customers",
    "clients",
    "prospects",
    "persons",
    "attendees",
    "registrants",
    "participants",
];
/// How many objects of a list are looked at.
const LISTED: usize = 20;

/// What objects are called that hold such a list, or objects that do.
const HOLDERS: &[&str] = &["_embedded", "data", "result", "response", "payload", "body"];
/// How many of them are looked into, one within the other.
const DEEPEST: usize = 3;

/// How much of a file is looked at, in bytes.
pub(super) const ENOUGH: usize = 4_096;

/// What comes next among the members of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The first object of a list of rows begins here, within so many objects.
    List(usize, usize),
    /// All objects end here.
    End(usize),
    /// It goes on further than the text.
    More,
    /// It is a row itself, or no JSON.
    Nothing,
}

/// Where the first object of the list begins that an object holds, and within how many objects that is; `None` where the object
/// is a row itself. `text` is the beginning of the file.
pub(super) fn first(text: &str) -> Option<(usize, usize)> {
    let start = opening(text)?;
    match seek(text, start, 1, 0) {
        Next::List(at, depth) => Some((at, depth)),
        _ => None,
    }
}

/// Whether the first object of a text is whole, and a row by itself: `None` as long as it goes on.
pub(super) fn is_row(text: &str) -> Option<bool> {
    let start = opening(text)? - 1;
    let end = super::json::end_of_value(&text[start..])?;
    let members = serde_json::from_str::<Map<String, Value>>(&text[start..start + end]);
    Some(members.is_ok_and(|members| {
        has_a_person(&members) || (holds_an_address(&members, "", DEEPEST) && !lists_people(&members, DEEPEST))
    }))
}

/// What follows a list that is over, up to the end of the objects that hold it: so many, one within the other.
pub(super) fn after_list(text: &str, depth: usize) -> Next {
    seek(text, 0, depth, 0)
}

/// Behind the brace that a text begins with.
fn opening(text: &str) -> Option<usize> {
    Some(text.len() - text.trim_start_matches('\u{feff}').trim_start().strip_prefix('{')?.len())
}

/// Whether a list is called as those are that hold rows.
fn is_a_list(name: &str) -> bool {
    is_of_people(name) || LISTS.iter().any(|list| list.eq_ignore_ascii_case(name))
}

fn is_of_people(name: &str) -> bool {
    OF_PEOPLE.iter().any(|list| list.eq_ignore_ascii_case(name))
}

/// Whether members are those of a person, or of an object that holds one.
fn has_a_person(members: &Map<String, Value>) -> bool {
    members.iter().any(|(name, value)| {
        let held = value.as_object().filter(|_| HOLDERS.contains(&name.as_str()));
        tells_of_a_person(name) || held.is_some_and(has_a_person)
    })
}

/// Whether an object within tells how to reach the lead, such as the `billing` of an order.
fn holds_an_address(members: &Map<String, Value>, path: &str, deep: usize) -> bool {
    let mut held = members.iter().filter_map(|(name, value)| Some((name, value.as_object()?)));
    held.any(|(name, held)| {
        // Nothing is understood of so long a name, which each member would take along.
        if path.len() + name.len() > LONGEST_PATH {
            return false;
        }
        let path = format!("{path}{name}.");
        let is_address = |inner: &String| {
            let target = field_for_header(&format!("{path}{inner}"));
            matches!(target, Some(Target::Field("email" | "phone")))
        };
        let is_filled = |(inner, value): (&String, &Value)| !value.is_null() && is_address(inner);
        held.iter().any(is_filled) || (deep > 1 && holds_an_address(held, &path, deep - 1))
    })
}

/// Whether a list within holds people. What was ordered has names, too.
fn lists_people(members: &Map<String, Value>, deep: usize) -> bool {
    let is_listed = |name: &str, items: &[Value]| {
        let mut items = items.iter().take(LISTED).filter_map(Value::as_object);
        is_a_list(name) && items.any(|item| is_of_people(name) || is_person(item, DEEPEST))
    };
    members.iter().any(|(name, value)| match value {
        Value::Array(items) => is_listed(name, items),
        Value::Object(held) => deep > 1 && lists_people(held, deep - 1),
        _ => false,
    })
}

/// Whether an object of a list says who somebody is, or how to reach them.
fn is_person(item: &Map<String, Value>, deep: usize) -> bool {
    item.iter().any(|(name, value)| match value {
        Value::Object(held) => deep > 1 && is_person(held, deep - 1),
        Value::String(text) if is_email(text) => true,
        _ => matches!(
            field_for_header(name),
            Some(Target::Field("email" | "phone" | "first_name" | "last_name" | "company_name"))
        ),
    })
}

/// Answers of APIs say `status` and `source`, too; whoever is a row can be reached, or has a name.
fn tells_of_a_person(name: &str) -> bool {
    let fields = ["email", "phone", "contact_name", "first_name", "last_name", "company_name"];
    matches!(field_for_header(name), Some(Target::Field(field)) if fields.contains(&field))
}

/// Goes through members, from the brace that opens an object or from behind a value, until no more than `outer` objects are
/// open; `depth` is how many are.
fn seek(text: &str, mut at: usize, mut depth: usize, outer: usize) -> Next {
    loop {
        let left = text[at..].trim_start_matches([' ', '\t', '\r', '\n', ',']);
        if left.is_empty() {
            return Next::More;
        }
        if let Some(behind) = left.strip_prefix('}') {
            (at, depth) = (text.len() - behind.len(), depth.saturating_sub(1));
            if depth <= outer {
                return Next::End(at);
            }
            continue;
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
            && is_a_list(name)
        {
            if object.starts_with('{') {
                return Next::List(text.len() - object.len(), depth);
            }
            if object.is_empty() {
                return Next::More;
            }
        }
        if depth < DEEPEST
            && HOLDERS.contains(&name)
            && let Some(inside) = value.strip_prefix('{')
        {
            // Nothing but what it holds is looked through here: what follows has its turn in this loop, and only once.
            let whole = super::json::end_of_nested(value);
            let end = whole.map_or(text.len(), |whole| text.len() - value.len() + whole);
            if let found @ Next::List(..) = seek(&text[..end], text.len() - inside.len(), depth + 1, depth) {
                return found;
            }
            if whole.is_none() {
                return Next::More;
            }
            at = end;
            continue;
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
            ("{\"CODE\":200,\"RESPONSE\":[{\"a\":1}]}", Some("{\"a\":1}")),
            ("{\"customers\":[{\"a\":1}]}", Some("{\"a\":1}")),
            ("{\"data\":[1,2]}", None),
            ("{\"purchases\":[{\"a\":1}]}", None),
            ("{\"members\":[{\"a\":1}],\"total_items\":1}", Some("{\"a\":1}")),
            ("{\"_page\":1,\"_links\":{\"x\":[{}]},\"_embedded\":{\"contacts\":[{\"a\":1}]}}", Some("{\"a\":1}")),
            ("{\"response\":{\"ok\":1,\"data\":{\"leads\":[{\"a\":1}]}}}", Some("{\"a\":1}")),
            ("{\"data\":{\"email\":\"x\",\"items\":[{\"a\":1}]}}", None),
            ("{\"data\":{\"a\":1},\"items\":[{\"b\":1}]}", Some("{\"b\":1}")),
            ("{}", None),
            ("[{\"a\":1}]", None),
            ("{\"count", None),
        ] {
            assert_eq!(
                first(text).map(|(at, _)| text[at..].starts_with(begins.unwrap_or("?"))),
                begins.map(|_| true),
                "{text}"
            );
        }
    }

    #[test]
    fn many_objects_that_may_hold_a_list_take_no_time() {
        for holder in ["\"data\":{},", "\"payload\":{\"body\":{\"a\":1}},", "\"data\":{\"email\":1},"] {
            for many in [60, 3_000] {
                let beside = holder.repeat(many);
                assert_eq!(first(&format!("{{{beside}\"a\":1}}")), None);
                assert_eq!(after_list(&format!(",{beside}\"a\":1"), 1), Next::More);
                let list = format!("{{{beside}\"items\":[{{\"a\":1}}]}}");
                assert_eq!(first(&list), Some((list.len() - 9, 1)));
            }
        }
        for deep in [60, 100_000] {
            let within = "\"data\":{".repeat(deep);
            assert_eq!(first(&format!("{{{within}\"a\":1")), None);
            assert_eq!(after_list(&format!(",{within}"), 1), Next::More);
            let whole = format!(",{within}{}}}", "}".repeat(deep));
            assert_eq!(after_list(&whole, 1), Next::End(whole.len()));
        }
    }

    #[test]
    fn a_long_name_is_not_taken_along_by_each_member() {
        let many: String = (0..200_000).map(|n| format!("\"{n}\":1,")).collect();
        let text = format!("{{\"items\":[{{\"a\":1}}],\"{}\":{{{many}\"a\":1}}}}", "x".repeat(10_000_000));
        assert_eq!(is_row(&text), Some(false));
    }

    #[test]
    fn what_follows_a_list_is_looked_through() {
        assert_eq!(after_list(", \"next\": {\"a\": [1]}, \"x\": [2] }\n{", 1), Next::End(32));
        assert_eq!(after_list(",\"contacts\":[ {\"a\":1}]}", 1), Next::List(14, 1));
        assert_eq!(after_list("}, \"x\": 1}\n", 2), Next::End(10));
        assert_eq!(after_list("}, \"leads\":[{}]}\n", 2), Next::List(12, 1));
        assert_eq!(after_list("}", 2), Next::More);
        assert_eq!(after_list(", \"next\": nul", 1), Next::More);
        assert_eq!(after_list(" oops", 1), Next::Nothing);
        assert_eq!(is_row("{\"data\":[{\"a\":1}],\"email\":\"x\"}"), Some(true));
        assert_eq!(is_row("{\"data\":[{\"email\":1}]}\n"), Some(false));
        assert_eq!(is_row("{\"data\":[{\"email\":1}"), None);
        assert_eq!(is_row("{\"id\":1,\"body\":{\"items\":[{\"a\":1}],\"email\":\"x\"}}"), Some(true));
        assert_eq!(is_row("{\"_embedded\":{\"contacts\":[{\"email\":1}]}}"), Some(false));
        let order = |items: &str, about: &str| {
            is_row(&format!("{{\"event\":\"order\",\"data\":{{\"id\":1,\"items\":[{{{items}}}],{about}}}}}"))
        };
        let billing = "\"billing\":{\"first_name\":\"Ann\",\"email\":\"a@x.example\"}";
        for (items, about, row) in [
            ("\"sku\":1", billing, true),
            ("\"sku\":1,\"name\":\"Hat\"", billing, true),
            ("\"sku\":1", "\"billing\":{\"email\":null}", false),
            ("\"sku\":1", "\"order\":{\"customer\":{\"phone\":\"+1\"}}", true),
            ("\"sku\":1", "\"owner\":{\"email\":\"boss@x.example\"}", false),
            ("\"sku\":1", "\"page\":{\"name\":\"All\"}", false),
            ("\"email\":\"b@x.example\"", billing, false),
            ("\"Kontakt 2\":\"b@x.example\"", billing, false),
            ("\"attributes\":{\"first_name\":\"Bea\"}", billing, false),
        ] {
            assert_eq!(order(items, about), Some(row), "{items} {about}");
        }
        assert_eq!(is_row("{\"contacts\":[{\"id\":1}],\"user\":{\"email\":\"me@x.example\"}}"), Some(false));
    }
}
