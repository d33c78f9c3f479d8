//! What a heading says of how its cells are to be read: in thousands, in euros, that no is a refusal.

use super::squashed;
use crate::text::{currency, fold, sign_in};

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

/// What may be thousands or millions, or is neither.
const UNCLEAR: &[&str] =
    &["mil", "lakh", "lakhs", "crore", "crores", "cr", "hundred", "hundreds", "tn", "trn", "trillion", "trillions"];
/// Currencies that are told in small letters, too.
const MAIN: &[&str] = &["EUR", "USD", "GBP", "CHF"];

/// The unit that a heading names in brackets or behind a comma or `in`: `Revenue (in 000s USD)`, `Umsatz in TEUR`.
pub fn unit(heading: &str) -> Unit {
    let folded = fold(heading);
    let start = folded.find(['(', '[', ',']).or_else(|| folded.find(" in "));
    let Some(told) = start.map(|start| &folded[start..]) else { return Unit::default() };
    let told = told.replace("'000", " 000 ").replace("000,000", "000000").replace(",000", " 000 ").replace("n't", "nt");
    let mut unit = Unit::default();
    let mut words = told.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        // `all` and `try` are currencies, where they are written like one.
        let code = currency(word).filter(|code| heading.contains(code));
        let joined = joined(word, heading).filter(|_| code.is_none());
        let scale = match word {
            // Thousands in German, trillions in dollars.
            "t" => ["t€", "t €", "t£", "t £"]
                .iter()
                .any(|known| told.contains(known))
                .then_some("k")
                .or_else(|| words.peek().and_then(|next| currency(next)).map(|_| "k")),
            _ => scale_of(word).or(joined.and_then(|(scale, _)| scale)),
        };
        unit.scale = unit.scale.or(scale);
        let code = code.or(joined.map(|(_, code)| code));
        unit.currency = unit.currency.take().or_else(|| code.map(ToOwned::to_owned));
        unit.unknown |= word.contains(['万', '億', '亿', '萬', '만', '억']) && scale.is_none();
        unit.unknown |= UNCLEAR.contains(&word) || (word == "t" && scale.is_none());
        unit.unknown |= joined.is_some_and(|(scale, _)| scale.is_none());
    }
    unit.currency = unit.currency.or_else(|| sign_in(&told).map(ToOwned::to_owned));
    unit
}

fn scale_of(word: &str) -> Option<&'static str> {
    SCALES.iter().find(|(_, words)| words.iter().any(|known| fold(known) == word)).map(|(scale, _)| *scale)
}

/// A scale and a currency that are written together: `TSEK`, `kCHF`, `MioEUR`, `USDm`. One letter more than a currency that
/// many use is a scale, even if nobody knows which.
fn joined(word: &str, heading: &str) -> Option<(Option<&'static str>, &'static str)> {
    let code = |part: &str| currency(part).filter(|code| heading.contains(code) || MAIN.contains(code));
    let known = |scale: &str| scale_of(scale).or((scale == "t").then_some("k"));
    let behind = word.len().checked_sub(3).filter(|at| *at > 0).and_then(|at| word.split_at_checked(at));
    if let Some((scale, code)) = behind.and_then(|(scale, part)| Some((scale, code(part)?))) {
        let one_letter = scale.len() == 1 && MAIN.contains(&code);
        return Some((known(scale), code)).filter(|(known, _)| known.is_some() || one_letter);
    }
    let (part, scale) = word.split_at_checked(3).filter(|(_, scale)| !scale.is_empty())?;
    Some((Some(scale_of(scale)?), code(part)?))
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

    /// An amount with its unit. What it says of its own unit, it keeps.
    pub fn applied(&self, amount: &str) -> String {
        let Some(end) = amount.rfind(|c: char| c.is_ascii_digit()) else { return amount.to_owned() };
        let folded = fold(amount);
        let sign = sign_in(&folded);
        let bare = sign.map_or_else(|| folded.clone(), |sign| folded.replace(&fold(sign), " "));
        let words = || bare.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let has_currency = sign.is_some() || words().any(|word| currency(word).is_some());
        let has_scale = words().any(|word| currency(word).is_none());
        let (number, rest) = amount.split_at(end + 1);
        let scale = self.scale.filter(|_| !has_scale).unwrap_or_default();
        let currency = self.currency.as_deref().filter(|_| !has_currency).unwrap_or_default();
        format!("{number}{scale}{rest} {currency}").trim().to_owned()
    }
}

/// Whether no is a refusal in such a column, not merely a box that nobody ticked: `Accepts Email Marketing`.
pub fn refuses_by_no(heading: &str) -> bool {
    // Questions are answered: no box was left as it was.
    const ASKED: [&str; 18] = [
        "accepts",
        "acceptezvous",
        "accetta",
        "aceita",
        "acepta",
        "canwe",
        "darfich",
        "doyou",
        "durfenwir",
        "maywe",
        "mogenwe",
        "mogenwij",
        "podemos",
        "possiamo",
        "pouvonsnous",
        "puisje",
        "peutonvous",
        "autorisezvous",
    ];
    let word = squashed(heading);
    ASKED.iter().any(|front| word.starts_with(front))
        || matches!(
            word.as_str(),
            "subscribed"
                | "issubscribed"
                | "emailsubscribed"
                | "smssubscribed"
                | "allowemail"
                | "allowemails"
                | "emailallowed"
                | "smsallowed"
                | "callsallowed"
                | "canemail"
                | "cansms"
                | "cantext"
                | "cancall"
                | "canphone"
        )
}
