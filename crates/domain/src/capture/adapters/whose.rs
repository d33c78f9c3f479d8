//! Whose answer a question asks for: the lead's own, or that of a friend, a child, an employer.

use crate::{
    leads::{ELSE, is_somebody_else},
    text::{fold, fold_label},
};

/// Whose it is, the lead's own first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// The question says that it is the lead's.
    Lead,
    /// It does not say.
    Unsaid,
    /// It may well be the lead's where nothing else is: that of a parent, or the house that the work is for.
    Perhaps,
    /// It is somebody else's.
    Others,
}

/// Of what the names of questions are made that ask for the lead's own name or address.
const OWN: &[&str] = &[
    "a",
    "address",
    "adresse",
    "and",
    "anschrift",
    "applicant",
    "attendee",
    "billing",
    "buyer",
    "client",
    "contact",
    "current",
    "customer",
    "first",
    "full",
    "guest",
    "home",
    "last",
    "legal",
    "mailing",
    "my",
    "name",
    "namen",
    "person",
    "personal",
    "physical",
    "postal",
    "primary",
    "residential",
    "street",
    "the",
    "type",
    "what",
    "your",
];
/// What may be the lead's where nothing else is.
const PERHAPS: &[&str] = &["guardian", "parent", "property"];

/// Whose name or address a question asks for that comes in parts, by what it is called.
pub(super) fn of_parts(names: &[&str]) -> Whose {
    let words = |name: &&str| words(name);
    let all: Vec<Vec<String>> = names.iter().map(words).filter(|words| !words.is_empty()).collect();
    let has = |known: &[&str]| {
        all.iter().flatten().any(|word| known.contains(&word.as_str()) || known.contains(&single(word)))
    };
    // A property has managers and agents, too.
    let of_people = |word: &String| is_somebody_else(word) && !PERHAPS.contains(&single(word));
    if has(PERHAPS) {
        return if all.iter().flatten().any(of_people) { Whose::Others } else { Whose::Perhaps };
    }
    if has(ELSE) || names.iter().any(|name| is_of_others(name)) {
        return Whose::Others;
    }
    let is_own = |words: &Vec<String>| words.iter().all(|word| OWN.contains(&word.as_str()));
    if all.iter().any(is_own) { Whose::Lead } else { Whose::Unsaid }
}

/// Whose name a question asks for that comes in parts. The owner of a pet and the host of an event may well be the lead, where
/// nobody `is_named` in one piece.
pub(super) fn of_names(names: &[&str], is_named: bool) -> Whose {
    let may_be = |name: &&str| of_parts(&[name]) != Whose::Others || is_a_holder(name);
    match of_parts(names) {
        Whose::Others if !is_named && names.iter().all(may_be) => Whose::Perhaps,
        whose => whose,
    }
}

/// Who has what a form is about, or invites to it.
const HOLDERS: &[&str] = &["host", "organiser", "organizer", "owner"];
/// What they have and how it is said: things, pets, events and places, and no people. `Landlord/Owner` asks for the landlord,
/// and accounts and leads are owned by colleagues.
const HELD: &[&str] = &[
    "animal",
    "boat",
    "business",
    "car",
    "cat",
    "company",
    "dealership",
    "dog",
    "event",
    "home",
    "horse",
    "hospital",
    "house",
    "legal",
    "party",
    "pet",
    "primary",
    "property",
    "registered",
    "school",
    "shop",
    "store",
    "the",
    "vehicle",
    "venue",
    "your",
];

/// `Pet owner's name`, `Event host`, and nobody else: neither `Owner's vet` nor `Previous owner`.
fn is_a_holder(name: &str) -> bool {
    let words = words(name);
    let Some(at) = words.iter().position(|word| HOLDERS.contains(&single(word))) else { return false };
    let is_held = |word: &String| HELD.contains(&word.as_str()) || HELD.contains(&single(word));
    words[..at].iter().all(is_held) && words[at + 1..].iter().all(|word| OWN.contains(&word.as_str()))
}

/// Of several the one that is the lead's, if any is: the first of those that are so most likely.
pub(super) fn leads<K>(several: impl IntoIterator<Item = (K, Whose)>) -> Option<K> {
    let possible = several.into_iter().filter(|(_, whose)| *whose != Whose::Others);
    possible.min_by_key(|(_, whose)| *whose).map(|(key, _)| key)
}

/// Whether a question asks how to reach somebody else: `Emergency contact's phone`, `friendsEmail`.
pub(super) fn is_of_others(name: &str) -> bool {
    let is_one_word = !name.contains(|c: char| !c.is_ascii_alphanumeric());
    if !is_one_word {
        return is_somebody_else(&without_ours(name));
    }
    // `friendsEmail` is made of a question whose marks are gone.
    let words = words(name);
    let is_others = |at: usize, word: &str| {
        let owns = words
            .get(at + 1)
            .is_some_and(|next| ASKED.contains(&next.as_str()) || matches!(next.as_str(), "name" | "address"));
        !PERHAPS.contains(&single(word)) && (is_somebody_else(word) || (owns && is_somebody_else(single(word))))
    };
    let is_the_leads = words.iter().any(|word| YOURS.contains(&word.as_str()));
    !is_the_leads && words.iter().enumerate().any(|(at, word)| is_others(at, word))
}

fn single(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// The words of a question or of what was made of one, without the number in front: `q3_friendsEmail`.
fn words(name: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(name.len() + 8);
    let mut after_small = false;
    for c in name.chars() {
        if after_small && c.is_uppercase() {
            spaced.push(' ');
        }
        after_small = c.is_lowercase();
        spaced.push(if c.is_ascii_digit() { ' ' } else { c });
    }
    let folded = fold_label(&spaced);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1);
    words.map(str::to_owned).collect()
}

/// A question without those of us that it names (`so that our sales rep can call you`), and blank where it says whose answer
/// it wants (`We look for a partner. What is your e-mail?`).
fn without_ours(question: &str) -> String {
    let words: Vec<String> = question
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '_' | ',' | '.' | '?' | '!' | ':' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .map(fold)
        .collect();
    let is_asked = |word: &String| ASKED.contains(&word.as_str());
    let is_own = |at: usize| {
        let mut behind = words[at + 1..].iter().take(4).take_while(|word| !is_somebody_else(word));
        YOURS.contains(&words[at].as_str()) && behind.any(is_asked)
    };
    if (0..words.len()).any(is_own) {
        return String::new();
    }
    let mut ours = 0_u8;
    let others = words.into_iter().filter(|word| {
        // Whoever it is stands one or two words behind.
        ours = if OURS.contains(&word.as_str()) { 3 } else { ours.saturating_sub(1) };
        ours == 0
    });
    others.collect::<Vec<_>>().join(" ")
}

/// Words for what belongs to whoever answers, for what belongs to us, and for what is asked for.
const YOURS: &[&str] = &["your", "ihr", "ihre", "dein", "deine", "votre", "tu", "su"];
const OURS: &[&str] = &["our", "unser", "unsere", "unserem", "notre", "nuestro"];
const ASKED: &[&str] =
    &["cell", "e-mail", "email", "mail", "mobile", "number", "phone", "site", "telefon", "telephone", "url", "website"];
