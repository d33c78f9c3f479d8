//! The one folding under which text compares: without case, accents and extra spaces.

use caseless::Caseless;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The version of [`fold`]; stored with folded columns, so that a change of rules is noticed.
pub const FOLD_VERSION: i64 = 1;

/// Folds text for comparison: NFKD, marks dropped, case folded, NFC, spaces collapsed and trimmed.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return collapse(&text.to_ascii_lowercase());
    }
    let folded: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .default_case_fold()
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .nfc()
        .collect();
    collapse(&folded)
}

/// Folds a label: as [`fold`], and `_` and `-` count as a space, `&` as `and`.
pub fn fold_label(text: &str) -> String {
    fold(&text.replace(['_', '-'], " ").replace('&', " and "))
}

/// Control characters count as spaces, so that nothing invisible tells two texts apart.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_spaces_do_not_tell_texts_apart() {
        for (a, b) in [("ÉCOLE  Normale", "ecole normale"), ("Straße", "STRASSE"), ("ﬁne", "FINE"), (" a\tb\n", "A B")]
        {
            assert_eq!(fold(a), fold(b));
        }
        assert_eq!(fold_label("Public_Relations"), fold_label("public relations"));
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["İstanbul", "ǅ", "ΑΣΣ", "Ångström", "ﷺ", "e\u{301}"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }
}
