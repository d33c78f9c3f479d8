//! Countries: ISO 3166-1 alpha-2, understood from codes and names.

use std::{collections::HashMap, sync::LazyLock};

use celes::Country;

use super::{country_aliases::ALIASES, country_names::NAMES_ABROAD, fold_label};
use crate::fault::nearest;

/// The longest text that is looked at.
const LONGEST: usize = 80;

/// Every name that is understood, folded, with its code.
static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let official = Country::get_countries();
    let names = official.iter().map(|country| (key(country.long_name), country.alpha2));
    let aliases = ALIASES.iter().flat_map(|(code, names)| names.iter().map(move |name| (key(name), *code)));
    let abroad = NAMES_ABROAD.iter().flat_map(|(code, names)| names.split(',').map(move |name| (key(name), *code)));
    // Where a name abroad is another country's official one, that counts.
    abroad.chain(names).chain(aliases).collect()
});

/// Reads an alpha-2 or alpha-3 code, an English name, or a common name (`USA`, `UK`, `Deutschland`); gives alpha-2.
pub fn country(written: &str) -> Option<&'static str> {
    let flag = of_flag(written.trim());
    let code = flag.as_deref().unwrap_or(written.trim());
    let by_code = match code.len() {
        2 => Country::from_alpha2(code.to_ascii_uppercase()).ok(),
        3 => Country::from_alpha3(code.to_ascii_uppercase()).ok(),
        _ => None,
    };
    let short = || (written.chars().count() <= LONGEST).then(|| by_name(&key(written))).flatten();
    by_code.map(|country| country.alpha2).or_else(short)
}

/// The code that the two letters of a flag spell: `🇩🇪`.
fn of_flag(written: &str) -> Option<String> {
    let letter = |c: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c).then(|| u32::from(c) - 0x1_f1e6);
    let mut letters = written.chars().map(|c| letter(c).and_then(|letter| char::from_u32(u32::from('A') + letter)));
    let code = (letters.next()??, letters.next()??);
    letters.next().is_none().then(|| [code.0, code.1].into_iter().collect())
}

/// The code of the country whose name is nearest to what was written, if any is near enough.
pub fn nearest_country(written: &str) -> Option<&'static str> {
    if written.chars().count() > LONGEST {
        return None;
    }
    nearest(&key(written), NAMES.keys().map(String::as_str)).and_then(|name| NAMES.get(name).copied())
}

/// Looks a name up, then without the form of the state: `Kingdom of Sweden`. Not without `democratic` or `people's`,
/// which tell two states apart.
fn by_name(key: &str) -> Option<&'static str> {
    const FORMS: &[&str] = &[
        "republic",
        "kingdom",
        "state",
        "federal",
        "islamic",
        "independent",
        "sultanate",
        "principality",
        "grand",
        "commonwealth",
        "union",
        "duchy",
    ];
    let short = || key.split(' ').filter(|word| !FORMS.contains(word)).collect::<Vec<_>>().join(" ");
    NAMES.get(key).or_else(|| NAMES.get(&short())).copied()
}

/// The words of a name without order, so that `Korea, Republic of` is `Republic of Korea`.
fn key(name: &str) -> String {
    let folded = fold_label(name).replace(['\'', '’', '.'], "").replace('ı', "i");
    let mut words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "the" | "of" | "and"))
        .collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_understood() {
        for (written, code) in [
            ("us", "US"),
            ("USA", "US"),
            ("U.S.A.", "US"),
            ("United States", "US"),
            ("The United States of America", "US"),
            ("UK", "GB"),
            ("England", "GB"),
            ("Deutschland", "DE"),
            ("GERMANY", "DE"),
            ("Österreich", "AT"),
            ("Korea, Republic of", "KR"),
            ("South Korea", "KR"),
            ("Côte d'Ivoire", "CI"),
            ("Holland", "NL"),
            ("Trinidad & Tobago", "TT"),
            ("Samoa", "WS"),
            ("Россия", "RU"),
            ("日本", "JP"),
            ("Viet Nam", "VN"),
            ("Kingdom of Sweden", "SE"),
            ("Estados Unidos", "US"),
            ("EE.UU.", "US"),
            ("EE. UU.", "US"),
            ("США", "US"),
            ("美国", "US"),
            ("アメリカ", "US"),
            ("Vereinigtes Königreich", "GB"),
            ("Royaume Uni", "GB"),
            ("İNGİLTERE", "GB"),
            ("ドイツ", "DE"),
            ("Германия", "DE"),
            ("Países Bajos", "NL"),
            ("TÜRKEI", "TR"),
            ("🇩🇪", "DE"),
        ] {
            assert_eq!(country(written), Some(code), "{written}");
        }
        for written in ["", "XX", "Atlantis", "n/a", "the"] {
            assert_eq!(country(written), None, "{written}");
        }
    }

    #[test]
    fn every_code_and_official_name_is_understood() {
        for known in Country::get_countries() {
            assert_eq!(country(known.alpha2), Some(known.alpha2));
            assert_eq!(country(known.alpha3), Some(known.alpha2));
            assert_eq!(country(known.long_name), Some(known.alpha2), "{}", known.long_name);
        }
    }

    #[test]
    fn a_name_abroad_is_one_country_only() {
        for (code, names) in NAMES_ABROAD {
            for name in names.split(',') {
                assert_eq!(country(name), Some(*code), "{name}");
            }
        }
    }

    #[test]
    fn a_slip_is_mended() {
        assert_eq!(nearest_country("Germny"), Some("DE"));
        assert_eq!(nearest_country("qqqqqq"), None);
    }
}
