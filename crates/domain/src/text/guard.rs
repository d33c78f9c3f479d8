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

/// A cell that no spreadsheet runs: one that might be a formula gets an apostrophe in front. [`unguarded`] takes it off.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell without the apostrophe in front of what might be a formula.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// A cell as [`unguarded`] leaves it, where nothing is run: only what begins with an apostrophe itself needs another.
pub fn doubled(cell: &str) -> Cow<'_, str> {
    if cell.starts_with('\'') { guarded(cell) } else { Cow::Borrowed(cell) }
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

    proptest! {
        #[test]
        fn what_is_guarded_comes_back(cell in "(?s)['\"= +@\u{ff1d}\t\r\na-]{0,8}|.{0,20}") {
            let safe = guarded(&cell);
            prop_assert_eq!(unguarded(&safe), cell.as_str());
            prop_assert!(!is_formula(&cell) || safe.starts_with('\''));
            let shown = doubled(&cell);
            prop_assert_eq!(unguarded(&shown), cell.as_str());
        }
    }
}
