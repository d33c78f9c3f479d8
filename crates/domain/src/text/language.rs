//! Languages, BCP 47.

use oxilangtag::LanguageTag;

use super::fold;

/// Names that people write instead of a tag.
const NAMES: &[(&str, &str)] = &[
    ("english", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("francais", "fr"),
    ("spanish", "es"),
    ("espanol", "es"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portuguese", "pt"),
    ("portugues", "pt"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("russian", "ru"),
    ("русскии", "ru"),
    ("chinese", "zh"),
    ("中文", "zh"),
    ("japanese", "ja"),
    ("日本語", "ja"),
    ("korean", "ko"),
    ("arabic", "ar"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("turkish", "tr"),
    ("turkce", "tr"),
    ("swedish", "sv"),
    ("svenska", "sv"),
    ("danish", "da"),
    ("dansk", "da"),
    ("norwegian", "no"),
    ("norsk", "no"),
    ("finnish", "fi"),
    ("suomi", "fi"),
    ("czech", "cs"),
    ("greek", "el"),
    ("hungarian", "hu"),
    ("romanian", "ro"),
    ("ukrainian", "uk"),
    ("vietnamese", "vi"),
    ("thai", "th"),
    ("indonesian", "id"),
];

/// Reads a language tag, also with `_`, or the name of a common language; gives the tag in its usual case (`en-US`).
pub fn language(written: &str) -> Option<String> {
    let folded = fold(written);
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == folded) {
        return Some((*tag).to_owned());
    }
    let tag = written.trim().replace('_', "-");
    // Locales of operating systems carry an encoding: `de_DE.UTF-8`.
    let tag = tag.split_once('.').map_or(tag.as_str(), |(tag, _)| tag);
    if tag.len() > 35 {
        return None;
    }
    let tag = LanguageTag::parse_and_normalize(tag).ok()?;
    matches!(tag.primary_language().len(), 2 | 3).then(|| tag.into_inner())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_and_names_are_read() {
        for (written, tag) in [
            ("en", "en"),
            ("EN-us", "en-US"),
            ("de_AT.UTF-8", "de-AT"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("Français", "fr"),
        ] {
            assert_eq!(language(written).as_deref(), Some(tag), "{written}");
        }
        for written in ["", "klingonish", "e", "en us", "12", "x-private"] {
            assert_eq!(language(written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn reading_twice_changes_nothing(written in "(?i)[a-z]{2,3}([_-][a-z0-9]{2,8}){0,3}") {
            if let Some(tag) = language(&written) {
                prop_assert_eq!(language(&tag), Some(tag.clone()));
            }
        }
    }
}
