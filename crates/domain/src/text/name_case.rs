//! Names that were typed in one case only.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::name::PARTICLES;

/// Mends a name that is all capitals or all small letters: `MARY O'NEIL-MCDONALD` becomes `Mary O'Neil-McDonald`.
/// Names in mixed case, short ones that may be initials, and those whose language has a case of its own stay as they are.
pub fn mend_case(name: &str) -> Cow<'_, str> {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let one_case = letters().all(|c| !c.is_lowercase()) || letters().all(|c| !c.is_uppercase());
    let cased = letters().filter(|c| c.is_lowercase() || c.is_uppercase()).count();
    if cased < 4 || !one_case || has_a_case_of_its_own(name) {
        return Cow::Borrowed(name);
    }
    let mended: Vec<String> = name.split(' ').enumerate().map(|(at, word)| mend_word(word, at == 0)).collect();
    let mended = mended.join(" ");
    if mended == name { Cow::Borrowed(name) } else { Cow::Owned(mended) }
}

/// Turkish and Azerbaijani have two i's, each with a capital; Georgian names have no capitals, nor do Cherokee ones as they are
/// written mostly.
fn has_a_case_of_its_own(name: &str) -> bool {
    let own = |c: char| {
        matches!(c, 'İ' | 'ı' | 'Ğ' | 'ğ' | 'Ə' | 'ə')
            || matches!(c, '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' | '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}')
    };
    name.contains(own) || name.contains('Ş') && name.contains('I')
}

fn mend_word(word: &str, first: bool) -> String {
    let lower = word.to_lowercase();
    if !first && PARTICLES.contains(&lower.as_str()) {
        return lower;
    }
    if matches!(lower.as_str(), "ii" | "iii" | "iv") {
        return lower.to_uppercase();
    }
    let mut out = String::with_capacity(word.len());
    let mut starts = true;
    for c in lower.chars() {
        // What stands above a letter belongs to it.
        if is_combining_mark(c) {
            out.push(c);
            continue;
        }
        if starts && c.is_alphabetic() {
            let mut upper = c.to_uppercase();
            out.extend(upper.next());
            // ß begins as Ss.
            out.extend(upper.flat_map(char::to_lowercase));
        } else {
            out.push(c);
        }
        starts = !c.is_alphabetic() && !c.is_numeric() && (c != '\'' && c != '’' || out.chars().count() == 2);
        if out.ends_with("Mc") && lower.chars().count() > 4 {
            starts = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_case_is_mended_and_mixed_case_is_left() {
        for (written, mended) in [
            ("JANE DOE", "Jane Doe"),
            ("jane doe", "Jane Doe"),
            ("MARY O'NEIL-MCDONALD", "Mary O'Neil-McDonald"),
            ("ludwig van beethoven", "Ludwig van Beethoven"),
            ("jörg müller", "Jörg Müller"),
            ("HENRY FORD II", "Henry Ford II"),
            ("deVon McKay", "deVon McKay"),
            ("JP", "JP"),
            ("山田太郎", "山田太郎"),
            ("李小龙", "李小龙"),
            ("ibn Sina", "ibn Sina"),
            ("Jan van der Berg", "Jan van der Berg"),
            ("O'Neill", "O'Neill"),
            ("MARIA DE LA CRUZ", "Maria de la Cruz"),
            ("RE\u{301}MY LEFE\u{300}VRE", "Re\u{301}my Lefe\u{300}vre"),
            ("İBRAHİM YILMAZ", "İBRAHİM YILMAZ"),
            ("IŞIK DEMİR", "IŞIK DEMİR"),
            ("ნინო ბერიძე", "ნინო ბერიძე"),
            ("ΓΙΩΡΓΟΣ ΠΑΠΑΣ", "Γιωργος Παπας"),
        ] {
            assert_eq!(mend_case(written), mended, "{written}");
        }
    }

    proptest! {
        #[test]
        fn mending_twice_changes_nothing(name in "[A-Zéß' .-]{0,20}|[a-zéß' .-]{0,20}|(?s).{0,20}") {
            let mended = mend_case(&name).into_owned();
            prop_assert_eq!(mend_case(&mended), mended.as_str());
        }
    }
}
