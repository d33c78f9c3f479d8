//! How much two leads resemble each other, and why (spec DUP-1).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Traits;
use crate::choices;

choices! {
    /// How sure it is that two leads are one person.
    Tier {
        /// They share an e-mail address, a phone number, or company and name.
        Exact = "exact",
        /// They resemble each other.
        Fuzzy = "fuzzy",
    }
}

/// Why two leads resemble each other; stored, and rendered by the API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlikeReason {
    /// A stable word.
    pub code: String,
    /// The facts; no personal values.
    pub params: Value,
}

/// How much two leads resemble each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// How sure it is.
    pub tier: Tier,
    /// 0 to 100.
    pub similarity: i64,
    /// Why, the strongest first.
    pub reasons: Vec<AlikeReason>,
}

impl Likeness {
    /// Whether somebody should look at the two: what is exact always, the rest from this similarity on.
    pub fn is_worth_a_look(&self, least: i64) -> bool {
        self.tier == Tier::Exact || self.similarity >= least
    }
}

/// What speaks for two leads being one person, each with its weight between 0 and 1.
#[derive(Default)]
struct Evidence(Vec<(&'static str, f64)>);

impl Evidence {
    fn add(&mut self, found: Option<(&'static str, f64)>) {
        self.0.extend(found);
    }

    /// Independent hints add up, and never beyond certainty.
    fn together(&self) -> f64 {
        1.0 - self.0.iter().map(|(_, weight)| 1.0 - weight).product::<f64>()
    }
}

/// Compares two leads. The order does not matter; of two that say the same, the similarity is 100.
///
/// Address, number, name and employer speak for it, each by itself; names that have nothing in common speak against it.
pub fn likeness(one: &Traits, other: &Traits) -> Likeness {
    let shares = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    let is_exact = shares(&one.keys.email_key, &other.keys.email_key)
        || shares(&one.keys.phone_key, &other.keys.phone_key)
        || shares(&one.keys.person_key, &other.keys.person_key);
    let mut evidence = Evidence::default();
    evidence.add(of_email(one, other));
    evidence.add(of_phone(one, other));
    let name = of_name(one, other);
    evidence.add(name);
    evidence.add(of_employer(one, other));
    let differ = name.is_none() && !one.name.is_empty() && !other.name.is_empty();
    let against = if differ { 0.8 } else { 1.0 };
    let similarity = if one == other && one.tells_who() { 1.0 } else { (evidence.together() * against).min(0.99) };
    evidence.0.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let mut reasons: Vec<AlikeReason> = evidence.0.iter().map(|(code, weight)| reason(code, *weight)).collect();
    if differ {
        reasons.push(AlikeReason { code: "different_name".to_owned(), params: json!({}) });
    }
    let tier = if is_exact { Tier::Exact } else { Tier::Fuzzy };
    Likeness { tier, similarity: percent(similarity), reasons }
}

fn reason(code: &str, weight: f64) -> AlikeReason {
    AlikeReason { code: code.to_owned(), params: json!({"weight": percent(weight)}) }
}

fn percent(share: f64) -> i64 {
    // Between 0 and 1 by construction.
    #[allow(clippy::cast_possible_truncation)]
    let percent = (share.clamp(0.0, 1.0) * 100.0).round() as i64;
    percent
}

fn of_email(one: &Traits, other: &Traits) -> Option<(&'static str, f64)> {
    if one.keys.email_key.is_some() && one.keys.email_key == other.keys.email_key {
        return Some(("same_email", 0.93));
    }
    let (box_of, domain_of) =
        ((one.mailbox.as_deref()?, other.mailbox.as_deref()?), (&one.mail_domain, &other.mail_domain));
    let domains = alike(domain_of.0.as_deref()?, domain_of.1.as_deref()?);
    match box_of.0 == box_of.1 {
        true if domains >= 0.999 => Some(("same_mailbox", 0.9)),
        true if domains >= 0.95 => Some(("similar_email", 0.75)),
        true => Some(("same_mailbox_elsewhere", 0.4)),
        false if domains >= 0.999 && alike(box_of.0, box_of.1) >= 0.93 => Some(("similar_email", 0.55)),
        false => None,
    }
}

fn of_phone(one: &Traits, other: &Traits) -> Option<(&'static str, f64)> {
    if one.keys.phone_key.is_some() && one.keys.phone_key == other.keys.phone_key {
        return Some(("same_phone", 0.8));
    }
    (one.tail().is_some() && one.tail() == other.tail()).then_some(("same_end_of_phone", 0.5))
}

fn of_name(one: &Traits, other: &Traits) -> Option<(&'static str, f64)> {
    let (a, b) = (one.name.join(" "), other.name.join(" "));
    if a.is_empty() || b.is_empty() {
        return None;
    }
    if a == b {
        return Some(("same_name", 0.72));
    }
    let sorted = |traits: &Traits| {
        let mut words = traits.name.clone();
        words.sort_unstable();
        words
    };
    if sorted(one) == sorted(other) {
        return Some(("swapped_name", 0.68));
    }
    if let (Some(mine), Some(theirs)) = (one.family(), other.family())
        && alike(mine, theirs) >= 0.9
    {
        // A family has more than one member: the first names decide.
        let exact = if mine == theirs { 1.0 } else { 0.93 };
        return of_first_name(one, other).map(|(code, weight)| (code, weight * exact));
    }
    let likeness = alike(&a, &b);
    (likeness >= 0.9).then_some(("similar_name", 0.62 * likeness))
}

/// Two first names of people whose family names are alike.
fn of_first_name(one: &Traits, other: &Traits) -> Option<(&'static str, f64)> {
    let (a, b) = (one.name.first()?, other.name.first()?);
    if a == b {
        return Some(("similar_name", 0.66));
    }
    if one.called.is_some() && one.called == other.called {
        return Some(("nickname", 0.64));
    }
    let is_initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    if is_initial(a, b) || is_initial(b, a) {
        return Some(("initial", 0.55));
    }
    (alike(a, b) >= 0.85).then_some(("similar_name", 0.6))
}

fn of_employer(one: &Traits, other: &Traits) -> Option<(&'static str, f64)> {
    if let (Some(a), Some(b)) = (&one.company, &other.company) {
        if a == b {
            return Some(("same_company", 0.5));
        }
        if one.domain.is_none() || one.domain != other.domain {
            return (alike(a, b) >= 0.9).then_some(("similar_company", 0.42));
        }
    }
    (one.domain.is_some() && one.domain == other.domain).then_some(("same_domain", 0.5))
}

/// Jaro-Winkler, the same in both directions. Numbers are not mistyped so that they look alike: `Branch 12` is not
/// `Branch 13`.
fn alike(a: &str, b: &str) -> f64 {
    let digits = |text: &str| text.chars().filter(|c| c.is_numeric()).collect::<String>();
    if digits(a) != digits(b) {
        return 0.0;
    }
    strsim::jaro_winkler(a, b).max(strsim::jaro_winkler(b, a))
}
