//! Names of people: split, joined, compared.

use super::{clean_line, east_asian, fold};

/// Words before a name that are not part of it.
const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "herr",
    "frau",
    "monsieur",
    "madame",
    "mme",
    "mlle",
    "sr",
    "sra",
    "srta",
    "dipl-ing",
    "ing",
    "rev",
    "hon",
];

/// Words after a name that are not part of it.
const SUFFIXES: &[&str] =
    &["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "mba", "dds", "cpa", "msc", "bsc", "ma", "ba"];

/// Words that belong to the family name that follows.
pub(super) const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zum", "zur", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "do", "du",
    "la", "le", "el", "al", "bin", "ibn", "ter", "ten", "af", "av",
];

/// The two parts of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameParts {
    /// Given names.
    pub first: Option<String>,
    /// Family name, with its particles and suffixes.
    pub last: Option<String>,
}

/// Splits a whole name, also `Last, First`. A single word is a first name; an honorific is left out. In Chinese, Japanese and
/// Korean letters the family name comes first.
pub fn split_name(whole: &str) -> NameParts {
    let whole = clean_line(whole);
    let whole = without_pronouns(&whole);
    if let Some(parts) = east_asian::split(whole) {
        return parts;
    }
    if let Some((last, first)) = whole.split_once(',') {
        let (last, first) = (last.trim(), first.trim());
        let is_suffixes = |words: &str| words.split([' ', ',']).all(|word| is_one_of(word, SUFFIXES));
        // `Lee, Ann, MD`
        if let Some((given, suffixes)) =
            first.rsplit_once(',').filter(|(given, end)| !is_suffixes(given) && is_suffixes(end))
        {
            return NameParts { first: text(&without_honorifics(given)), last: text(&[last, suffixes.trim()]) };
        }
        if !last.is_empty() && !first.is_empty() && !is_suffixes(first) {
            return NameParts { first: text(&without_honorifics(first)), last: text(&[last]) };
        }
    }
    let words = without_honorifics(whole);
    let end = words.iter().rposition(|word| !is_one_of(word, SUFFIXES)).unwrap_or_default();
    // The family name is the last word that is not a suffix, and the particles before it.
    let mut start = end;
    while start > 1 && words.get(start - 1).is_some_and(|word| is_one_of(word, PARTICLES)) {
        start -= 1;
    }
    if start == 0 {
        return NameParts { first: text(&words), last: None };
    }
    let (first, last) = words.split_at(start);
    NameParts { first: text(first), last: text(last) }
}

/// A name without the pronouns in brackets behind it: `Ann Lee (she/her)`.
fn without_pronouns(name: &str) -> &str {
    const PRONOUNS: [&str; 12] =
        ["he", "her", "hers", "him", "his", "she", "their", "theirs", "them", "they", "er", "sie"];
    let inside = name.strip_suffix(')').and_then(|open| open.rsplit_once('('));
    let is_pronoun = |word: &str| PRONOUNS.iter().any(|known| word.trim().eq_ignore_ascii_case(known));
    match inside {
        Some((before, inside)) if inside.split('/').all(is_pronoun) && !before.trim().is_empty() => before.trim_end(),
        _ => name,
    }
}

/// Joins the two parts of a name.
pub fn join_name(first: Option<&str>, last: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = [first, last].into_iter().flatten().map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [given, family] => east_asian::join(given, family).or_else(|| text(&parts)),
        _ => text(&parts),
    }
}

/// The form under which names compare: folded, without honorifics, suffixes and punctuation, first name first.
pub fn name_key(whole: &str) -> String {
    let folded = fold(whole);
    let ordered = match folded.split_once(',') {
        Some((last, first)) if !first.split([' ', ',']).all(|word| is_one_of(word, SUFFIXES)) => {
            format!("{first} {last}")
        }
        _ => folded,
    };
    // A word may be "o'neil" or "j.r."; what is inside it joins, but for the hyphen.
    let words: Vec<String> = ordered
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '–' | '/' | ','))
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    let start = words.iter().position(|word| !HONORIFICS.contains(&word.as_str())).unwrap_or_default();
    let end = words.iter().rposition(|word| !SUFFIXES.contains(&word.as_str())).map_or(words.len(), |at| at + 1);
    words.get(start..end).filter(|kept| !kept.is_empty()).unwrap_or(&words).join(" ")
}

/// Whether it is nothing but what stands in front of a name. What is a trade as well, such as `Professor`, is not.
pub fn is_honorific(text: &str) -> bool {
    const TRADES: &[&str] = &["hon", "ing", "prof", "professor", "rev"];
    let words: Vec<&str> = text.split([' ', '.', ',']).filter(|word| !word.is_empty()).collect();
    let is_trade = matches!(words[..], [word] if is_one_of(word, TRADES));
    // A `Monsieur`, but within a name it may be an initial.
    if text.trim() == "M." {
        return true;
    }
    !words.is_empty() && !is_trade && words.iter().all(|word| is_one_of(word, HONORIFICS))
}

fn without_honorifics(name: &str) -> Vec<&str> {
    let words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    match words.iter().position(|word| !is_one_of(word, HONORIFICS)) {
        Some(start) => words.get(start..).unwrap_or_default().to_vec(),
        None => words,
    }
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    let bare: String = word.chars().filter(|c| *c != '.').collect::<String>().to_lowercase();
    bare.is_empty() || list.contains(&bare.as_str())
}

fn text(words: &[&str]) -> Option<String> {
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_stands_in_front_of_names_is_told() {
        for (text, expected) in [
            ("Dr.", true),
            ("Herr", true),
            ("M.", true),
            ("M", false),
            ("M. Lee", false),
            ("Prof.Dr.", true),
            ("Frau Dr.", true),
            ("Professor", false),
            ("Prof.", false),
            ("Dr. Doe", false),
            ("CEO", false),
            (". ,", false),
        ] {
            assert_eq!(is_honorific(text), expected, "{text}");
        }
    }

    #[test]
    fn whole_names_are_split() {
        for (whole, first, last) in [
            ("Jane Doe", "Jane", "Doe"),
            ("Doe, Jane", "Jane", "Doe"),
            ("Dr. Jane Mary Doe", "Jane Mary", "Doe"),
            ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
            ("Maria de la Cruz", "Maria", "de la Cruz"),
            ("John Smith Jr.", "John", "Smith Jr."),
            ("John Smith, PhD", "John", "Smith PhD"),
            ("de la Cruz, Maria", "Maria", "de la Cruz"),
            ("Lee, Ann M., MD", "Ann M.", "Lee MD"),
            ("Chen, Xiao Ma", "Xiao Ma", "Chen"),
            ("Ann Lee (she/her)", "Ann", "Lee"),
            ("Ann Lee (They/Them)", "Ann", "Lee"),
            ("Ann (Annie) Lee", "Ann (Annie)", "Lee"),
            ("Lee (Sie)", "Lee", ""),
            ("(he/him)", "(he/him)", ""),
            ("Cher", "Cher", ""),
            ("van Gogh", "van", "Gogh"),
            ("Mr Smith", "Smith", ""),
            ("山田 太郎", "太郎", "山田"),
            ("山田　太郎 様", "太郎", "山田"),
            ("ヤマダ タロウ", "タロウ", "ヤマダ"),
            ("김 민수", "민수", "김"),
            ("王伟", "王伟", ""),
            ("山田 Taro", "山田", "Taro"),
            ("", "", ""),
            (",", "", ""),
        ] {
            let parts = split_name(whole);
            let found = (parts.first.as_deref().unwrap_or(""), parts.last.as_deref().unwrap_or(""));
            assert_eq!(found, (first, last), "{whole}");
        }
        assert_eq!(join_name(Some("Jane"), Some(" Doe")).as_deref(), Some("Jane Doe"));
        assert_eq!(join_name(None, Some("")), None);
        for (first, last, whole) in [
            ("太郎", "山田", "山田 太郎"),
            ("伟", "王", "王伟"),
            ("민수", "김", "김민수"),
            ("たろう", "林", "林 たろう"),
            ("Taro", "山田", "Taro 山田"),
        ] {
            assert_eq!(join_name(Some(first), Some(last)).as_deref(), Some(whole));
        }
    }

    #[test]
    fn names_compare_without_titles_and_marks() {
        for same in ["jane oneil", "Ms. Jane O'Neil", "O'NEIL, Jané", "Jane  O’Neil, PhD", "Dr. jane o'neil jr."] {
            assert_eq!(name_key(same), "jane oneil", "{same}");
        }
        assert_ne!(name_key("Jane Doe"), name_key("John Doe"));
        assert_eq!(name_key("Dr"), "dr");
        assert_eq!(name_key("!?"), "");
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(whole in "[A-Za-z .,'éß-]{0,24}") {
            let key = name_key(&whole);
            prop_assert_eq!(name_key(&key), key.clone());
        }

        #[test]
        fn nothing_panics_and_nothing_is_invented(whole in "(?s).{0,40}") {
            let parts = split_name(&whole);
            let joined = join_name(parts.first.as_deref(), parts.last.as_deref()).unwrap_or_default();
            for word in joined.split(' ').filter(|word| !word.is_empty()) {
                prop_assert!(clean_line(&whole).contains(word));
            }
            let _ = name_key(&whole);
        }
    }
}
