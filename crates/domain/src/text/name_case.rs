//! Names that were typed in one case only.

use super::name::PARTICLES;

/// Mends a name that is all capitals or all small letters: `MARY O'NEIL-MCDONALD` becomes `Mary O'Neil-McDonald`.
/// Names in mixed case, and short ones that may be initials, stay as they are.
pub fn mend_case(name: &str) -> String {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let one_case = letters().all(|c| !c.is_lowercase()) || letters().all(|c| !c.is_uppercase());
    if letters().filter(|c| c.is_lowercase() || c.is_uppercase()).count() < 4 || !one_case {
        return name.to_owned();
    }
    let mended: Vec<String> = name.split(' ').enumerate().map(|(at, word)| mend_word(word, at == 0)).collect();
    mended.join(" ")
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
        ] {
            assert_eq!(mend_case(written), mended, "{written}");
        }
    }

    proptest! {
        #[test]
        fn mending_twice_changes_nothing(name in "[A-Zéß' .-]{0,20}|[a-zéß' .-]{0,20}|(?s).{0,20}") {
            let mended = mend_case(&name);
            prop_assert_eq!(mend_case(&mended), mended.clone());
        }
    }
}
