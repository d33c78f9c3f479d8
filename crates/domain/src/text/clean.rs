//! Text without what no database and no person wants: NUL, control characters, stray spaces.

use serde_json::{Map, Value};

/// One line: control characters and runs of spaces become one space, the ends are trimmed.
pub fn clean_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let word = word.trim_matches(invisible);
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// Several lines: line ends become `\n`, tabs stay, other control characters go, the ends are trimmed.
pub fn clean_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim_matches(|c: char| c.is_whitespace() || invisible(c)).to_owned()
}

/// Any JSON without NUL in its texts and keys, which PostgreSQL refuses.
pub fn clean_json(value: Value) -> Value {
    match value {
        Value::String(text) if text.contains('\0') => Value::String(text.replace('\0', "")),
        Value::Array(items) => Value::Array(items.into_iter().map(clean_json).collect()),
        Value::Object(members) => Value::Object(
            members.into_iter().map(|(key, value)| (key.replace('\0', ""), clean_json(value))).collect::<Map<_, _>>(),
        ),
        other => other,
    }
}

/// Characters that show nothing and get in by copying: byte order mark, zero-width space, word joiner, and the marks that say
/// in which direction text runs.
pub(super) const fn invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_invisible_survives() {
        assert_eq!(clean_line("\u{feff} Jane\0\r\n  Doe\u{200b} "), "Jane Doe");
        assert_eq!(clean_line("\u{202a}+1 415 555 2671\u{202c}"), "+1 415 555 2671");
        assert_eq!(clean_lines(" one\r\ntwo\tthree\0\u{7}\n"), "one\ntwo\tthree");
        assert_eq!(clean_json(json!({ "a\0": ["b\0", 1] })), json!({ "a": ["b", 1] }));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "(?s).{0,60}") {
            let line = clean_line(&text);
            prop_assert_eq!(clean_line(&line), line.clone());
            prop_assert!(!line.chars().any(char::is_control));
            let lines = clean_lines(&text);
            prop_assert_eq!(clean_lines(&lines), lines);
        }
    }
}
