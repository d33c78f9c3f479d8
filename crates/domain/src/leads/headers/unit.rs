//! What a heading says of how its cells are to be read: in thousands, in euros, that no is a refusal.

use super::squashed;
use crate::text::{currency, fold};

/// The unit of the amounts of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// `k`, `m` or `b`.
    scale: Option<&'static str>,
    /// A code or a sign.
    currency: Option<String>,
    /// Whether amounts are in something that is not known.
    unknown: bool,
}

/// Words for thousands, millions and billions.
const SCALES: &[(&str, &[&str])] = &[
    (
        "k",
        &[
            "k",
            "000",
            "000s",
            "thousand",
            "thousands",
            "tausend",
            "tsd",
            "teur",
            "tusd",
            "tgbp",
            "tchf",
            "keur",
            "kusd",
            "kgbp",
            "milliers",
            "miles",
            "migliaia",
            "milhares",
            "duizend",
            "tys",
            "тыс",
            "千円",
        ],
    ),
    (
        "m",
        &[
            "m",
            "mm",
            "million",
            "millions",
            "millionen",
            "mio",
            "mln",
            "mn",
            "mil",
            "meur",
            "musd",
            "mgbp",
            "millones",
            "milioni",
            "milhoes",
            "miljoen",
            "млн",
            "百万",
            "百万円",
            "000000",
        ],
    ),
    ("b", &["b", "bn", "billion", "billions", "mrd", "milliarden", "milliards", "000000000"]),
];

const SIGNS: [char; 4] = ['$', '€', '£', '¥'];

/// The unit that a heading names in brackets or behind a comma or `in`: `Revenue (in 000s USD)`, `Umsatz in TEUR`.
pub fn unit(heading: &str) -> Unit {
    let folded = fold(heading);
    let start = folded.find(['(', '[', ',']).or_else(|| folded.find(" in "));
    let Some(told) = start.map(|start| &folded[start..]) else { return Unit::default() };
    let told = told.replace("'000", " 000 ").replace("000,000", "000000").replace(",000", " 000 ");
    let mut unit = Unit::default();
    for word in told.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let scale =
            SCALES.iter().find(|(_, words)| words.iter().any(|known| fold(known) == word)).map(|(scale, _)| *scale);
        unit.scale = unit.scale.or(scale);
        // `all` and `try` are currencies, where they are written like one.
        let code = currency(word).or_else(|| currency(word.get(1..)?)).filter(|code| heading.contains(code));
        unit.currency = unit.currency.take().or_else(|| code.map(ToOwned::to_owned));
        unit.unknown |= word.contains(['万', '億', '亿', '萬', '만', '억']) && scale.is_none();
        unit.unknown |= matches!(word, "lakh" | "lakhs" | "crore" | "crores" | "cr" | "hundred" | "hundreds");
    }
    let sign = told.chars().find(|c| SIGNS.contains(c)).map(String::from);
    unit.currency = unit.currency.or(sign);
    unit
}

impl Unit {
    /// Whether it changes nothing.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Whether amounts in it can't be read.
    pub const fn is_unknown(&self) -> bool {
        self.unknown
    }

    /// An amount with its unit. One that has a unit of its own keeps it.
    pub fn applied(&self, amount: &str) -> String {
        let letters: String = amount.chars().filter(|c| c.is_alphabetic()).collect();
        let has_currency = amount.contains(SIGNS) || currency(&letters).is_some();
        let Some(end) = amount.rfind(|c: char| c.is_ascii_digit()).filter(|_| letters.is_empty() || has_currency)
        else {
            return amount.to_owned();
        };
        if !letters.is_empty() && currency(&letters).is_none() {
            return amount.to_owned();
        }
        let (number, rest) = amount.split_at(end + 1);
        let currency = self.currency.as_deref().filter(|_| !has_currency).unwrap_or_default();
        format!("{number}{}{rest} {currency}", self.scale.unwrap_or_default()).trim().to_owned()
    }
}

/// Whether no is a refusal in such a column, not merely a box that nobody ticked: `Accepts Email Marketing`.
pub fn refuses_by_no(heading: &str) -> bool {
    let word = squashed(heading);
    word.starts_with("accepts") || matches!(word.as_str(), "subscribed" | "issubscribed" | "allowemail" | "allowemails")
}
