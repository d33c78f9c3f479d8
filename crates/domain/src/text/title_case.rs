//! Job titles that were typed in one case only.

use std::borrow::Cow;

/// Words that stand in titles as they are written here.
const FORMS: &[&str] = &[
    "CEO", "CFO", "COO", "CTO", "CIO", "CMO", "CRO", "CPO", "CSO", "CISO", "CHRO", "CDO", "CAO", "CCO", "CLO", "CXO",
    "VP", "SVP", "EVP", "AVP", "RVP", "GVP", "MD", "GM", "PM", "PMO", "PA", "EA", "AE", "SDR", "BDR", "BDM", "KAM",
    "CSM", "TAM", "SME", "SMB", "IT", "ICT", "HR", "PR", "PPC", "SEO", "SEM", "CRM", "ERP", "SAP", "SQL", "API", "AWS",
    "AI", "ML", "BI", "UX", "UI", "QA", "QC", "DBA", "SRE", "IoT", "KPI", "EDI", "POS", "HVAC", "HSE", "EHS", "ESG",
    "CSR", "CPA", "CFA", "MBA", "PhD", "RN", "EMEA", "EMEIA", "APAC", "LATAM", "NORAM", "DACH", "ANZ", "CEE", "US",
    "USA", "UK", "EU", "UAE", "B2B", "B2C", "D2C", "SaaS", "DevOps", "MLOps", "CISSP", "SCADA", "R&D", "M&A", "II",
    "III", "IV",
];

/// Words that stay small between others.
const SMALL: &[&str] = &[
    "of", "and", "for", "the", "in", "at", "to", "on", "by", "a", "an", "de", "du", "des", "da", "do", "dos", "das",
    "del", "della", "di", "la", "le", "les", "el", "los", "las", "et", "y", "e", "en", "und", "für", "der", "die",
    "von", "im", "zu", "van", "het",
];

/// Words of at most four letters that are no abbreviations, or such as are written like words.
const SHORT: &[&str] = &[
    "head", "lead", "team", "area", "data", "key", "new", "non", "co", "ex", "vice", "sub", "pre", "pro", "top",
    "self", "full", "core", "user", "web", "chef", "cook", "food", "wine", "beer", "fish", "meat", "care", "bank",
    "fund", "loan", "debt", "risk", "law", "tax", "cost", "cash", "plan", "test", "lab", "site", "shop", "unit",
    "desk", "help", "mail", "call", "post", "news", "film", "game", "art", "arts", "auto", "car", "bus", "rail", "air",
    "sea", "ship", "port", "road", "oil", "gas", "city", "town", "home", "real", "farm", "golf", "club", "spa", "gym",
    "pet", "life", "fire", "army", "navy", "line", "base", "edge", "main", "gen", "dir", "mgr", "exec", "asst", "sr",
    "jr", "snr", "jnr", "dept", "mgmt", "acct", "eng", "tech", "dev", "ops", "prod", "mktg", "corp", "intl", "natl",
];

/// Mends a title that is all capitals or all small letters: `HEAD OF IT` and `head of it` become `Head of IT`. A title in
/// mixed case stays as it is, and so does one with a word that may be an abbreviation that nobody here knows.
pub fn mend_title(title: &str) -> Cow<'_, str> {
    let as_written = Cow::Borrowed(title);
    if !is_in_one_case(title) {
        return as_written;
    }
    let mut out = String::with_capacity(title.len());
    let (mut rest, mut first) = (title, true);
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (between, from) = rest.split_at(start);
        let (word, after) = from.split_at(word_length(from));
        let stands_alone =
            between.is_empty() || between.ends_with(' ') && after.chars().next().is_none_or(|next| next == ' ');
        out.push_str(between);
        if !put_word(&mut out, word, stands_alone && !first) {
            return as_written;
        }
        (rest, first) = (after, false);
    }
    out.push_str(rest);
    if out == title { as_written } else { Cow::Owned(out) }
}

/// Whether there are at least two letters, all of them capitals or all small, and nothing but letters whose case is plain.
fn is_in_one_case(title: &str) -> bool {
    let (mut capitals, mut small) = (0_u32, 0_u32);
    for c in title.chars() {
        if is_plain_letter(c) {
            *(if c.is_uppercase() { &mut capitals } else { &mut small }) += 1;
        } else if !c.is_ascii_digit() && !" -–/&,.()+|:;#".contains(c) {
            return false;
        }
        if capitals > 0 && small > 0 {
            return false;
        }
    }
    capitals + small >= 2
}

/// Latin letters that have one capital and one small form in every language; of the i's of Turkish, ß and a few others that
/// can't be said.
const fn is_plain_letter(c: char) -> bool {
    match c {
        'A'..='Z' | 'a'..='z' | 'ß' => true,
        '×' | '÷' | 'ª' | 'º' => false,
        '\u{130}' | '\u{131}' | '\u{138}' | '\u{149}' | '\u{17f}' => false,
        '\u{c0}'..='\u{17e}' => true,
        _ => false,
    }
}

/// How many bytes the word has with which a text begins; `R&D` is one.
fn word_length(text: &str) -> usize {
    for form in FORMS.iter().filter(|form| form.contains('&')) {
        let begins = text.get(..form.len()).is_some_and(|start| start.eq_ignore_ascii_case(form));
        if begins && !text[form.len()..].starts_with(char::is_alphanumeric) {
            return form.len();
        }
    }
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

/// Writes a word as it stands in a title; `false` where nobody can say how.
fn put_word(out: &mut String, word: &str, may_be_small: bool) -> bool {
    if let Some(form) = FORMS.iter().find(|form| form.eq_ignore_ascii_case(word)) {
        out.push_str(form);
        return true;
    }
    let lower = word.to_lowercase();
    if may_be_small && SMALL.contains(&lower.as_str()) {
        out.push_str(&lower);
        return true;
    }
    let letters = lower.chars().count();
    let is_number = lower.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = letters > 4 && lower.contains(is_vowel) && !lower.contains(|c: char| c.is_ascii_digit());
    let known = is_word || SHORT.contains(&lower.as_str()) || SMALL.contains(&lower.as_str());
    if !(letters == 1 || is_number || known) || lower.starts_with('ß') {
        return false;
    }
    let mut chars = lower.chars();
    out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
    out.push_str(chars.as_str());
    true
}

fn is_vowel(c: char) -> bool {
    !c.is_ascii() || matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn titles_in_one_case_are_mended() {
        for (written, mended) in [
            ("SALES MANAGER", "Sales Manager"),
            ("sales manager", "Sales Manager"),
            ("ceo", "CEO"),
            ("vp sales", "VP Sales"),
            ("SENIOR VICE PRESIDENT, SALES", "Senior Vice President, Sales"),
            ("head of it", "Head of IT"),
            ("HEAD OF R&D", "Head of R&D"),
            ("co-founder & ceo", "Co-Founder & CEO"),
            ("CO-FOUNDER/CTO", "Co-Founder/CTO"),
            ("v.p. marketing", "V.P. Marketing"),
            ("directora de ventas y marketing", "Directora de Ventas y Marketing"),
            ("GESCHÄFTSFÜHRER", "Geschäftsführer"),
            ("leiter großkunden", "Leiter Großkunden"),
            ("engineer iii", "Engineer III"),
            ("e-commerce manager", "E-Commerce Manager"),
            ("saas consultant", "SaaS Consultant"),
        ] {
            assert_eq!(mend_title(written), mended, "{written}");
        }
    }

    #[test]
    fn what_may_be_meant_so_stays() {
        for title in [
            "CEO",
            "VP",
            "Head of Sales",
            "iOS Developer",
            "HEAD OF OEM SALES",
            "ocp administrator",
            "ABAP DEVELOPER",
            "代表取締役",
            "ГЕНЕРАЛЬНЫЙ ДИРЕКТОР",
            "İŞ GELİŞTİRME",
            "chargé d'affaires",
            "account executive (EMEA)",
            "the boss",
            "x",
            "-",
            "",
            "L3 SUPPORT",
            "RÉ\u{301}DACTEUR",
        ] {
            assert_eq!(mend_title(title), title, "{title}");
        }
    }

    proptest! {
        #[test]
        fn mending_twice_changes_nothing(
            title in "[A-ZÉßŠ &/,.-]{0,30}|[a-zéßšŉǰ &/,.-]{0,30}|(?s).{0,30}|(sales|head|of|r&d|vp|ßeta|oem| |-|/|&){0,6}"
        ) {
            let mended = mend_title(&title).into_owned();
            prop_assert_eq!(mend_title(&mended), mended.as_str());
        }

        #[test]
        fn nothing_but_case_changes(title in "(?s).{0,40}|[A-Za-zÀ-ž &/,.-]{0,40}") {
            let mended = mend_title(&title);
            prop_assert_eq!(mended.to_lowercase(), title.to_lowercase());
            prop_assert_eq!(mended.chars().count(), title.chars().count());
        }
    }
}
