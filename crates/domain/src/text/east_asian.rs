//! Names of people in Chinese, Japanese and Korean letters, where the family name comes first.

use super::name::NameParts;

/// Words behind a name that are not part of it.
const TITLES: &[&str] = &["様", "さん", "氏", "殿", "先生", "女士", "小姐", "님", "씨"];

/// Whether a name is written in the letters of East Asia, and in no others.
pub fn is_east_asian(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| !c.is_whitespace()).peekable();
    letters.peek().is_some() && letters.all(|c| is_han(c) || is_kana(c) || is_hangul(c))
}

/// Splits such a name. One that is written in one word is not taken apart: where the family name ends, it does not say.
pub(super) fn split(whole: &str) -> Option<NameParts> {
    if !is_east_asian(whole) {
        return None;
    }
    let words: Vec<&str> = whole.split_whitespace().filter(|word| !TITLES.contains(word)).collect();
    let (family, given) = words.split_first().filter(|(_, given)| !given.is_empty())?;
    Some(NameParts { first: Some(given.join(" ")), last: Some((*family).to_owned()) })
}

/// Joins such a name, as it is written there: Chinese and Korean names in one word, Japanese ones in two. Which it is, the
/// length of the family name tells.
pub(super) fn join(given: &str, family: &str) -> Option<String> {
    if !is_east_asian(given) || !is_east_asian(family) {
        return None;
    }
    let is_one =
        |word: &str, kind: fn(char) -> bool, most: usize| word.chars().count() <= most && word.chars().all(kind);
    let in_one =
        [is_han as fn(char) -> bool, is_hangul].iter().any(|kind| is_one(family, *kind, 1) && is_one(given, *kind, 2));
    Some(if in_one { format!("{family}{given}") } else { format!("{family} {given}") })
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '々')
}

const fn is_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}')
}

const fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}
