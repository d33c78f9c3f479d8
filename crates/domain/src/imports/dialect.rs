//! What separates and encloses the cells of a file.

use serde::{Deserialize, Serialize};

use super::detect_delimiter;

/// How the rows of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    /// What separates cells.
    pub delimiter: char,
    /// What encloses cells that hold the delimiter; `None` where nothing does.
    #[serde(default = "Dialect::usual_quote")]
    pub quote: Option<char>,
    /// Whether a backslash in front of a quote makes it part of the cell. Doubled quotes always are.
    #[serde(default)]
    pub backslash: bool,
    /// Whether blanks may stand around the quotes: `"Ann", "Lee"`.
    #[serde(default)]
    pub spaced: bool,
}

impl Dialect {
    /// Cells between double quotes, separated so.
    pub const fn of(delimiter: char) -> Self {
        Self { delimiter, quote: Some('"'), backslash: false, spaced: false }
    }

    #[expect(clippy::unnecessary_wraps, reason = "a default of a field that may be absent")]
    const fn usual_quote() -> Option<char> {
        Some('"')
    }

    /// What the beginning of a file is most likely written in. What is known of it wins.
    pub fn detect(text: &str, delimiter: Option<char>, quote: Option<Option<char>>) -> Self {
        Self::detect_quotes(text, delimiter, quote).or_spaced(text)
    }

    /// The same, or, where that leaves quotes within cells which all make sense behind blanks, with blanks around them.
    fn or_spaced(self, text: &str) -> Self {
        let spaced = Self { spaced: true, ..self };
        let (plain, found) = (flow(text, self), flow(text, spaced));
        if found.quoted > plain.quoted && found.broken == 0 { spaced } else { self }
    }

    fn detect_quotes(text: &str, delimiter: Option<char>, quote: Option<Option<char>>) -> Self {
        let usual = Self::of(delimiter.unwrap_or_else(|| detect_delimiter(text)));
        if let Some(quote) = quote {
            return Self { quote, ..usual };
        }
        let plain = flow(text, usual);
        let escaped = Self { backslash: true, ..usual };
        if plain.broken > 0 && text.contains("\\\"") && flow(text, escaped).broken == 0 {
            return escaped;
        }
        let single = Self { quote: Some('\''), ..usual };
        let fits = |dialect: &Self| {
            let found = flow(text, *dialect);
            found.broken == 0 && found.quoted > 2 && found.quoted * 5 > found.cells
        };
        let escaped = Some(Self { backslash: true, ..single }).filter(|_| text.contains("\\'"));
        let found = [Some(single), escaped].into_iter().flatten().filter(|_| plain.quoted == 0).find(fits);
        found.unwrap_or(usual)
    }
}

/// What one finds who reads some text in a dialect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// How many cells there are.
    pub cells: usize,
    /// How many of them stand in quotes.
    pub quoted: usize,
    /// How many have something behind the closing quote.
    pub broken: usize,
    /// Whether the text ends inside quotes.
    pub open: bool,
}

/// Reads some text in a dialect, for what can be told of its quotes.
pub fn flow(text: &str, dialect: Dialect) -> Flow {
    let mut found = Flow::default();
    let Some(quote) = dialect.quote else { return found };
    let ends = |c: Option<char>| c.is_none_or(|c| c == dialect.delimiter || matches!(c, '\n' | '\r'));
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    let is_passed = |c: char| dialect.spaced && is_blank_between(c, dialect.delimiter);
    let mut begins = true;
    while let Some(c) = chars.next() {
        if begins && is_passed(c) {
            continue;
        }
        if !(begins && c == quote) {
            begins = ends(Some(c));
            found.cells += usize::from(begins);
            continue;
        }
        found.quoted += 1;
        found.open = true;
        while let Some(c) = chars.next() {
            let escapes = (c == '\\' && dialect.backslash) || (c == quote && chars.peek() == Some(&quote));
            if escapes {
                chars.next();
            } else if c == quote {
                found.open = false;
                while chars.next_if(|c| is_passed(*c)).is_some() {}
                found.broken += usize::from(!ends(chars.peek().copied()));
                break;
            }
        }
        begins = false;
    }
    found
}

/// Whether a letter is a blank that may stand between cells.
pub fn is_blank_between(c: char, delimiter: char) -> bool {
    matches!(c, ' ' | '\t') && c != delimiter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_found() {
        for (text, quote, backslash) in [
            ("name,note\nJane,\"a, b\"\n", Some('"'), false),
            ("name,note\nJane,\"say \"\"hi\"\"\"\n", Some('"'), false),
            ("name,note\nJane,\"say \\\"hi\\\", they say\"\n", Some('"'), true),
            ("'name','note'\n'Jane','a, b'\n", Some('\''), false),
            ("'name','note'\n'Ann O\\'Neil','a, b'\n", Some('\''), true),
            ("name,note\nO'Neil,'tis\n", Some('"'), false),
            ("name,path\nJane,\"up\\\"\nBob,\"down\\\"\n", Some('"'), false),
        ] {
            let found = Dialect::detect(text, None, None);
            assert_eq!((found.quote, found.backslash), (quote, backslash), "{text}");
        }
        assert_eq!(Dialect::detect("a;b", Some('|'), Some(None)).quote, None);
    }

    #[test]
    fn quotes_that_nobody_closes_are_told() {
        assert!(flow("a,\"b\nc,d\n", Dialect::of(',')).open);
        assert!(!flow("a,\"b\"\nc,5\" pipe\n", Dialect::of(',')).open);
        assert_eq!(flow("a,\"b\nc,\"d\"\n", Dialect::of(',')).broken, 1);
    }

    #[test]
    fn blanks_around_quotes_are_found() {
        for (text, spaced) in [
            ("\"a\", \"b\"\n\"Ann\", \"Lee\"\n", true),
            ("a, b\nAnn, \"Lee, Jr\"\n", true),
            ("\"a\" ; \"b\"\n\"Ann\" ; \"Lee; Jr\"\n", true),
            ("a\tb\nAnn\t \"Lee\"\n", true),
            ("\"a\"\t\"b\"\n\"Ann\"\t\"Lee\"\n", false),
            ("a, b\nAnn, \"Lee\" she said\n", false),
            ("a,b\n\"Ann\",\"Lee, \"\"the\"\" one\"\n", false),
            ("a,b\nAnn,Lee \"the one\"\n", false),
            ("a, b\nAnn, Lee\n", false),
        ] {
            assert_eq!(Dialect::detect(text, None, None).spaced, spaced, "{text}");
        }
        assert!(!Dialect::detect("a, \"b\"", None, Some(None)).spaced);
        assert!(Dialect::detect("a, \"b\"", Some(','), Some(Some('"'))).spaced);
    }
}
