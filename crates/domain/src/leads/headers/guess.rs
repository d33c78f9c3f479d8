//! Headings of which only a part is known: with words in front, a path or brackets. A guess must not fill a field with what
//! the rest of the heading says is something else.

use super::{
    TARGETS, Target, known,
    refusal::{between_cases, opt_out, subscription},
    squashed,
    whose::{is_about_others, is_of_a_person, is_ours, is_somebody_else},
};
use crate::{
    leads::{FieldKind, fields::field},
    text::fold_label,
};

/// How far a heading is from what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Distance {
    /// It says so.
    None,
    /// It has a number or a word such as `your` more.
    Near,
    /// It is about the company or the home of the person, or a second one, or may be something else.
    Far,
    /// Only a part of it says so: a path, or what is outside of brackets.
    Guessed,
}

/// Words in front that say nothing of their own.
pub(super) const FRONTS: &[&str] =
    &["your", "lead", "contact", "person", "customer", "prospect", "primary", "work", "business", "main", "txt"];
/// Words in front of names, addresses and numbers that say who the person is, or that it is theirs.
const WHOSE: &[&str] = &[
    "applicant",
    "attendee",
    "client",
    "direct",
    "donor",
    "guest",
    "invitee",
    "member",
    "participant",
    "requester",
    "requestor",
    "respondent",
    "student",
    "subscriber",
];
/// Words in front that make a thing the person's in other languages, and what forms say in front.
const POSSESSIVES: &[&str] = &[
    "dein",
    "deine",
    "deinen",
    "eure",
    "ihr",
    "ihre",
    "ihren",
    "votre",
    "vos",
    "ton",
    "ta",
    "seu",
    "sua",
    "teu",
    "tua",
    "su",
    "tu",
    "uw",
    "je",
    "jouw",
    "il tuo",
    "la tua",
    "il suo",
    "la sua",
    "il vostro",
    "la vostra",
    "vostro",
    "vostra",
    "enter",
    "please",
    "your",
    "ваш",
    "ваша",
    "ваше",
    "vas",
    "vase",
    "vasa",
    "twoj",
    "twoja",
    "twoje",
    "tvuj",
    "din",
    "dit",
    "ditt",
    "jusu",
    "sinu",
    "teie",
    "el teu",
    "la teva",
];
/// Words in front of what is about the company or the home of the person, or is a second one.
pub(super) const SECOND: &[&str] = &[
    "account",
    "additional",
    "alternate",
    "alternative",
    "billing",
    "company",
    "companyhq",
    "corporate",
    "default",
    "home",
    "hq",
    "mailing",
    "office",
    "organization",
    "other",
    "personal",
    "private",
    "secondary",
    "shipping",
];
/// How such words begin or end in other places.
const AT_HOME: &[&str] = &["home", "other", "personal", "privat", "private"];
const AT_HOME_FIRST: &[&str] = &["hqphone", "личныи", "другои", "частныи", "домашнии"];
/// How MongoDB tells of what type a value is.
const TYPES: &[&str] = &[".$date", ".$numberint", ".$numberlong", ".$numberdouble", ".$numberdecimal"];
/// Members that are the thing itself.
const ITSELF: &[&str] = &["name", "displayname", "label", "value", "text", "code"];

/// What stands around and within a name, and is none.
const AROUND: &[&str] = &[
    "degree",
    "honorific",
    "middle",
    "middleinitial",
    "middlename",
    "prefix",
    "pronouns",
    "salutation",
    "suffix",
    "title",
];

/// What a heading that is not known stands for.
pub(super) fn of(header: &str) -> Option<Target> {
    let lower = header.trim().to_lowercase();
    let mut lower = lower.as_str();
    while let Some(bare) = TYPES.iter().find_map(|end| lower.strip_suffix(end)) {
        lower = bare;
        if let Some(target) = target(lower) {
            return (!is_object(&target)).then_some(target);
        }
    }
    let bracketed = lower.replace(" [", " (");
    let found = match bracketed.split_once(['(', '*', '?']) {
        Some((outside, inside)) if lower.contains('(') || bracketed.contains('(') => {
            brackets(outside.trim(), inside.split(')').next().unwrap_or_default())
        }
        Some((outside, _)) => path(lower).or_else(|| target(outside)),
        None => path(lower).or_else(|| revenue_in(lower)).or_else(|| turned_name(lower)),
    };
    found.filter(|target| !is_object(target)).or_else(|| opt_out(header)).or_else(|| subscription(header))
}

/// Looks a word up without up to three words in front.
pub(super) fn without_front(word: &str) -> Option<(Target, Distance)> {
    let mut rest = word;
    let mut distance = Distance::Near;
    let mut is_whose = false;
    for _ in 0..3 {
        let without = |fronts: &[&str]| fronts.iter().filter_map(|front| rest.strip_prefix(front)).map(str::len).min();
        let left = [without(FRONTS), without(WHOSE), without(SECOND)];
        // `personal` is not `person`.
        let least = left.into_iter().flatten().min()?;
        if left[0] != Some(least) {
            is_whose |= left[1] == Some(least);
            distance = if left[1] == Some(least) { distance } else { Distance::Far };
        }
        rest = &rest[rest.len() - least..];
        if let Some(target) = TARGETS.get(rest) {
            let fits = (distance != Distance::Far || has_seconds(target)) && (!is_whose || is_someones(target));
            return fits.then(|| (target.clone(), distance));
        }
    }
    None
}

/// Whether a word such as `client` in front of it says whose it is: how somebody is called or reached, and where.
fn is_someones(target: &Target) -> bool {
    is_place(target) || (is_of_a_person(target) && *target != Target::Field("job_title"))
}

/// A heading without words such as `Ihre` or `votre` in front: `Ihre E-Mail-Adresse`, `Seu melhor e-mail`.
pub(super) fn without_possessive(header: &str) -> Option<String> {
    let folded = fold_label(&between_cases(header));
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = words.join(" ");
    let mut rest = words.as_str();
    while let Some(after) = POSSESSIVES.iter().find_map(|front| rest.strip_prefix(front)?.strip_prefix(' ')) {
        rest = after;
    }
    // `input_name` is an input of a form, the `name` of an `input` is what it is called.
    if !header.trim().contains(' ') {
        rest = rest.strip_prefix("input ").unwrap_or(rest);
    }
    (rest.len() < words.len()).then(|| rest.to_owned())
}

/// A word without its number.
pub(super) fn unnumbered(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Whether a word for this is about the company or the home of the person, or a second one.
pub(super) fn is_second_best(word: &str, target: &Target) -> bool {
    let is_second = || SECOND.iter().any(|front| word.len() > front.len() && word.starts_with(front));
    let is_at_home =
        || AT_HOME.iter().any(|end| word.ends_with(end)) || AT_HOME_FIRST.iter().any(|front| word.starts_with(front));
    (has_seconds(target) && (is_second() || is_at_home())) || word.starts_with("billing")
}

/// Whether there are several of it, such as an address at work and one at home.
fn has_seconds(target: &Target) -> bool {
    is_place(target) || matches!(target, Target::Field("email" | "phone"))
}

fn is_place(target: &Target) -> bool {
    matches!(target, Target::Field("city" | "region" | "country" | "postal_code"))
}

/// Whether it takes an object, which no other system writes.
fn is_object(target: &Target) -> bool {
    use FieldKind::{Consents, Custom, ExternalIds, NextAction, Purchases, Touch};
    let Target::Field(name) = target else { return false };
    field(name)
        .is_some_and(|field| matches!(field.kind, Consents | Custom | ExternalIds | NextAction | Purchases | Touch))
}

fn target(word: &str) -> Option<Target> {
    known(word).map(|(target, _)| target)
}

/// `Email (work)`: what counts is outside. `Name (First)`, `Address (City)`: it is within.
fn brackets(outside: &str, inside: &str) -> Option<Target> {
    let within = || target(inside).or_else(|| path(inside));
    if let Some(opted_out) = opt_out(outside) {
        let narrower = opt_out(&format!("{outside} {inside}")).filter(|_| opted_out != Target::OptOut);
        return narrower.or(Some(opted_out));
    }
    match target(outside).or_else(|| path(outside)) {
        Some(Target::Field("contact_name" | "first_name" | "last_name" | "email" | "phone"))
            if is_about_others(inside) =>
        {
            None
        }
        Some(Target::Field("contact_name")) if is_around_a_name(inside) => None,
        Some(Target::Field("contact_name")) => within().or(Some(Target::Field("contact_name"))),
        Some(found) => Some(found),
        None if is_address(&squashed(outside)) => within().filter(is_place),
        None => None,
    }
}

/// Whether brackets say that what stands around a name is meant, or a part of it that is no field.
pub(super) fn is_around_a_name(inside: &str) -> bool {
    AROUND.contains(&squashed(inside).as_str())
}

fn is_address(word: &str) -> bool {
    ["address", "adresse", "anschrift", "direccion", "indirizzo", "endereco", "adres"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// `Revenue in EUR`: an amount in some unit.
fn revenue_in(lower: &str) -> Option<Target> {
    let (said, _) = lower.split_once(" in ").or_else(|| lower.split_once(','))?;
    target(said).filter(|target| *target == Target::Field("annual_revenue"))
}

/// `Name, Vorname`, `Last Name, First Name`: whole names, as the comma in them will say. Without a comma nobody could tell
/// the parts apart.
fn turned_name(lower: &str) -> Option<Target> {
    let (last, first) = lower.split_once(',')?;
    let turned = matches!(target(last), Some(Target::Field("last_name" | "contact_name")))
        && target(first) == Some(Target::Field("first_name"));
    turned.then_some(Target::Field("contact_name"))
}

/// `lead[email]`, `properties.email`, `fields/email`: what counts stands last, unless what is before says that it is
/// something else: of `stage_id/name` it is the stage.
fn path(lower: &str) -> Option<Target> {
    if lower.contains("://") {
        return None;
    }
    let plain = lower.replace(']', "");
    let parts: Vec<&str> = plain.split(['[', '.', '/', ':']).map(str::trim).collect();
    if parts.len() < 2 {
        return None;
    }
    let mut parts = parts.into_iter().filter(|part| part.chars().any(|c| c.is_alphabetic())).rev();
    let last = parts.next()?;
    let Some(before) = parts.next() else { return target(last) };
    if let Some(opted_out) = opt_out(before) {
        return opt_out(lower).or(Some(opted_out));
    }
    let one = ["_ids", "_id", " ids", " id"].iter().find_map(|end| before.strip_suffix(end));
    let whose = one.unwrap_or(before);
    let above: Vec<&str> = parts.collect();
    if is_somebody_else(whose) || above.iter().any(|part| is_somebody_else(part)) {
        return None;
    }
    let found = member(whose, last, one.is_some())?;
    // What an event is about is the lead, but its own name is none.
    let is_around = |part: &&str| is_ours(part) || squashed(part) == "event";
    let is_the_leads = || is_ours(whose) && above.iter().all(is_around);
    (!is_of_a_person(&found) || is_the_leads()).then_some(found)
}

/// What a member stands for by what it belongs to, which may be told by an id.
fn member(whose: &str, last: &str, by_id: bool) -> Option<Target> {
    let is_itself = ITSELF.contains(&squashed(last).as_str());
    // Alone, `org` is the end of many a web address.
    let of_company = || (by_id && squashed(whose) == "org").then_some(Target::Field("company_name"));
    match (target(whose).or_else(of_company), target(last)) {
        (Some(Target::Field("contact_name")), said) if !by_id => said,
        (Some(Target::Field("email")), said) => match squashed(last).as_str() {
            "address" | "value" | "text" => Some(Target::Field("email")),
            _ => said.filter(|said| *said == Target::Field("email")),
        },
        (Some(Target::Field("phone")), said) => match squashed(last).as_str() {
            "number" | "value" | "text" => Some(Target::Field("phone")),
            _ => said.filter(|said| *said == Target::Field("phone")),
        },
        (Some(whose), _) if is_itself => Some(whose),
        (Some(whose), Some(said)) if whose == said => Some(said),
        (Some(Target::Field("company_name")), Some(said)) => Some(said).filter(is_of_company),
        (Some(_), _) => None,
        (None, said) => said.filter(|_| !by_id),
    }
}

/// Whether a company has it as well as a person.
fn is_of_company(target: &Target) -> bool {
    use Target::Field;
    has_seconds(target) || matches!(target, Field("website" | "industry" | "company_size" | "annual_revenue"))
}
