//! Names of companies, compared without punctuation and legal form.

use std::sync::LazyLock;

use super::fold;

/// Legal forms at the end of a name, folded.
const LEGAL: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "llc",
    "llp",
    "lp",
    "pllc",
    "pc",
    "ltd",
    "limited",
    "plc",
    "gmbh",
    "ggmbh",
    "mbh",
    "ag",
    "kg",
    "kgaa",
    "ug",
    "ohg",
    "gbr",
    "ev",
    "eg",
    "se",
    "sa",
    "sas",
    "sasu",
    "sarl",
    "eurl",
    "srl",
    "spa",
    "snc",
    "sl",
    "slu",
    "sau",
    "lda",
    "ltda",
    "eireli",
    "sab",
    "cv",
    "bv",
    "nv",
    "vof",
    "bvba",
    "sprl",
    "cvba",
    "oy",
    "oyj",
    "ab",
    "hb",
    "as",
    "asa",
    "aps",
    "ehf",
    "hf",
    "kk",
    "gk",
    "pty",
    "pte",
    "pvt",
    "pt",
    "tbk",
    "sdn",
    "bhd",
    "doo",
    "dd",
    "ooo",
    "zao",
    "oao",
    "pao",
    "zoo",
    "spzoo",
    "sro",
    "kft",
    "zrt",
    "nyrt",
    "rt",
    "sia",
    "uab",
    "ou",
    "ead",
    "eood",
    "ood",
    "ad",
    "holding",
    "holdings",
];

/// Legal forms in other scripts, anywhere in a name.
const WRITTEN_IN: &[&str] =
    &["株式会社", "有限会社", "合同会社", "有限公司", "股份有限公司", "주식회사", "(株)", "ооо", "зао", "пао"];

static FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| WRITTEN_IN.iter().map(|form| fold(form)).collect());

/// The form under which companies compare. Empty where a name has no letters and no digits.
pub fn company_key(name: &str) -> String {
    let mut folded = fold(name).replace('&', " and ");
    for form in FOLDED.iter() {
        let rest = folded.strip_prefix(form).or_else(|| folded.strip_suffix(form));
        if let Some(rest) = rest.filter(|rest| rest.chars().any(char::is_alphanumeric)) {
            folded = rest.to_owned();
        }
    }
    // Dots and apostrophes join ("S.A.", "Macy's"), other marks part.
    let bare: String = folded.chars().filter(|c| !matches!(c, '.' | '\'' | '’' | '`')).collect();
    let mut words: Vec<&str> = bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    loop {
        match (words.first(), words.last()) {
            (_, Some(last)) if words.len() > 1 && (LEGAL.contains(last) || *last == "and") => drop(words.pop()),
            (Some(&"the"), _) if words.len() > 1 => drop(words.remove(0)),
            _ => break,
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn legal_forms_and_marks_do_not_tell_companies_apart() {
        for same in
            ["Acme", "ACME, Inc.", "The Acme Company", "acme GmbH & Co. KG", "Acmé S.A.", "Acme Pty Ltd", "Acme LLC"]
        {
            assert_eq!(company_key(same), "acme", "{same}");
        }
        assert_eq!(company_key("Smith & Sons, Ltd"), company_key("Smith and Sons"));
        assert_eq!(company_key("株式会社日立"), company_key("日立"));
    }

    #[test]
    fn a_name_is_never_dropped_whole() {
        assert_eq!(company_key("Co. Ltd."), "co");
        assert_eq!(company_key("The The"), "the");
        assert_eq!(company_key("AG"), "ag");
        assert_eq!(company_key("!!!"), "");
        assert_ne!(company_key("Alpha"), company_key("Beta"));
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "([A-Za-z&.,'é]{1,8}|the|co|inc|gmbh|and|ооо|株式会社){1} ?([a-z]{1,6} ?|the |co |inc |ltd |and ){0,4}") {
            let key = company_key(&name);
            prop_assert_eq!(company_key(&key), key.clone());
        }

        #[test]
        fn nothing_panics(name in "(?s).{0,40}") {
            let _ = company_key(&name);
        }
    }
}
