//! Cells that a spreadsheet would run: behind an apostrophe they are text.

use std::borrow::Cow;

/// What a formula begins with, in any width.
const BEGINNINGS: &[char] = &[
    '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{fe62}', '\u{fe63}', '\u{fe66}', '\u{fe6b}',
    '\u{2212}',
];

/// Whether a spreadsheet may take a cell for a formula, whatever blanks and quotes stand in front. Apostrophes there make no
/// difference, so that a cell and the same behind an apostrophe are judged alike.
pub fn is_formula(cell: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || c.is_control() || is_mark(c);
    cell.trim_start_matches('\'').starts_with(['\t', '\r', '\n'])
        || cell.trim_start_matches(blank).starts_with(BEGINNINGS)
}

/// Quotes, and what is not seen.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\'' | '"' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{feff}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
    )
}

/// A cell that no spreadsheet runs: one that might be a formula gets an apostrophe in front, and figures behind an apostrophe
/// another. [`unguarded`] takes it off.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    let marked = cell.starts_with('\'') && is_figures(cell);
    if marked || is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell without the apostrophe in front of what might be a formula, or of figures that are kept as text; of a formula that
/// is nothing but a text (`="00123"`), the text.
pub fn unguarded(cell: &str) -> &str {
    let bare = || cell.strip_prefix('\'').filter(|rest| is_formula(rest) || is_figures(rest));
    match cell.as_bytes().first() {
        Some(b'=') => held_text(cell).unwrap_or(cell),
        Some(b'\'') => bare().unwrap_or(cell),
        _ => cell,
    }
}

/// A cell as [`unguarded`] leaves it, where nothing is run: only what begins with an apostrophe itself, or would be taken for a
/// text in a formula, needs another.
pub fn doubled(cell: &str) -> Cow<'_, str> {
    if cell.starts_with('\'') || held_text(cell).is_some() { guarded(cell) } else { Cow::Borrowed(cell) }
}

/// The text of `="…"` and `='…'`. One that goes on behind its quote is a formula like any other.
fn held_text(cell: &str) -> Option<&str> {
    let quoted = cell.strip_prefix('=')?;
    ['"', '\''].into_iter().find_map(|quote| {
        let text = quoted.strip_prefix(quote)?.strip_suffix(quote)?;
        (!text.contains(quote)).then_some(text)
    })
}

/// Whether it is a number, a date, a phone number or a postal code (`94105`, `SW1A 1AA`), whatever apostrophes stand in front.
fn is_figures(cell: &str) -> bool {
    let text = cell.trim_start_matches('\'');
    let fits = |word: &str| {
        let letters = word.bytes().any(|byte| byte.is_ascii_uppercase());
        let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b':' | b'-' | b'/' | b'(' | b')');
        if letters {
            word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        } else {
            word.bytes().all(plain)
        }
    };
    text.bytes().any(|byte| byte.is_ascii_digit()) && text.len() <= 40 && text.split(' ').all(fits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_known() {
        for cell in [
            "=1+1",
            "+49 30",
            "-5",
            "@SUM(1)",
            "\t=1",
            "\rx",
            "\nx",
            "\tx",
            "  =1",
            "\"=1",
            "'=1",
            "''=1",
            "\u{ff1d}1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}x",
            "\u{201c}=1",
            "\u{feff}=1",
            "\u{2212}5",
            " \"' -x",
            "=cmd|' /C calc'!A0",
        ] {
            assert!(is_formula(cell), "{cell:?}");
            assert!(guarded(cell).starts_with('\'') && unguarded(&guarded(cell)) == cell, "{cell:?}");
        }
        for cell in ["", "'", "O'Neil", "a=b", "'tis", "1-2", "jane@example.com", "\"quoted\"", " x", "''"] {
            assert!(!is_formula(cell), "{cell:?}");
            assert_eq!((guarded(cell).as_ref(), unguarded(cell)), (cell, cell));
        }
        assert_eq!((unguarded("'+49 30"), unguarded("''=1"), doubled("=1").as_ref()), ("+49 30", "'=1", "=1"));
    }

    #[test]
    fn what_is_kept_as_text_is_the_text() {
        for (cell, text) in [
            ("=\"A B\"", "A B"),
            ("=\"01234\"", "01234"),
            ("='01234'", "01234"),
            ("=\"\"", ""),
            ("'94105", "94105"),
            ("'2024-05-06", "2024-05-06"),
            ("'(202) 555-0146", "(202) 555-0146"),
            ("'SW1A 1AA", "SW1A 1AA"),
        ] {
            assert_eq!(unguarded(cell), text, "{cell}");
            assert_eq!((unguarded(&guarded(cell)), unguarded(&doubled(cell))), (cell, cell), "to the letter");
            assert_eq!(unguarded(&guarded(text)), text, "{text}");
        }
        for cell in [
            "=\"a\"&\"b\"",
            "=\"a\"\"b\"",
            "=\"",
            "='",
            "='a'!A1",
            " =\"a\"",
            "'47 Brand",
            "'90s",
            "'s-Gravenhage",
            "'N 1 long",
            "''",
        ] {
            assert_eq!(unguarded(cell), cell, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn what_is_guarded_comes_back(cell in "(?s)['\"= +@\u{ff1d}\t\r\na-]{0,8}|'{0,3}[=\"'0-9A-B ]{0,8}|.{0,20}") {
            let safe = guarded(&cell);
            prop_assert_eq!(unguarded(&safe), cell.as_str());
            prop_assert!(!is_formula(&cell) || safe.starts_with('\''));
            let shown = doubled(&cell);
            prop_assert_eq!(unguarded(&shown), cell.as_str());
        }
    }
}
