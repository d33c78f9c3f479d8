//! Reading what forms and files bring: headings are understood, what does not fit is set aside with a warning.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    InputRules, Mode, Parsed, as_given, consent, kept, pointer,
    standing::{self, Standing},
    vehicles,
};
use crate::{
    leads::{
        FieldDef, FieldKind, Target, command,
        fields::field,
        parts::{Channel, Touch},
        required::is_at,
        structured::{doubt_of_money, short_text},
        values::Flaw,
        words,
    },
    text::{Complaint, is_email, is_honorific, mend_case, mend_title, seniority, unescaped},
};

/// An e-mail address or phone number that did not fit: whether that is a fault depends on the other.
struct Doubtful {
    name: String,
    value: Value,
    complaint: Complaint,
}

/// Reads the input. Of two inputs for one field the first that holds something counts; the other is set aside. A row of an
/// export is read to the letter: nothing in it is mended or taken for a word that says nothing.
pub(super) fn parse<'a>(
    inputs: impl IntoIterator<Item = (&'a str, Option<&'a Target>, &'a Value)>,
    rules: &InputRules<'_>,
) -> Parsed {
    let mut parsed = Parsed::default();
    let inputs: Vec<_> = inputs.into_iter().collect();
    let written_of = |(_, target, value): &(&str, Option<&Target>, &Value)| match target {
        Some(Target::Kept("id")) => kept::id(value),
        _ => None,
    };
    parsed.command.kept.id = inputs.iter().find_map(written_of);
    let to_the_letter = parsed.command.kept.is_to_the_letter();
    let surroundings = Surroundings::of(&inputs);
    let mut doubtful: Vec<(&'static str, Doubtful)> = Vec::new();
    let mut last = Vec::new();
    for (name, target, value) in inputs {
        match target {
            None => parsed.set_aside(name, value),
            Some(Target::Kept("id")) if !to_the_letter => parsed.set_aside(name, value),
            Some(Target::Kept(word)) => last.push((name, *word, value)),
            Some(Target::Field("custom")) => custom(&mut parsed, name, value, rules),
            Some(Target::Field(target)) => {
                if parsed.given.contains(target) {
                    if !is_blank(value) {
                        parsed.set_aside(name, value);
                    }
                } else if !to_the_letter && is_none(&mut parsed, target, name, value, surroundings, rules) {
                    parsed.set_aside(name, value);
                } else if is_no_day(target, value) {
                    parsed.cleared.insert(target);
                } else if let Some(doubt) = one_field(&mut parsed, name, target, value, rules) {
                    doubtful.push((target, doubt));
                }
            }
            // `Verified` under `Email status` says nothing of what somebody wants.
            Some(Target::Consent(..) | Target::OptOut) if value.as_str().is_some_and(words::is_of_delivery) => {
                parsed.set_aside(name, value);
            }
            Some(target) => match other(&mut parsed, target, value, rules) {
                Ok(true) => {}
                Ok(false) => parsed.set_aside(name, value),
                Err(complaint) => warn(&mut parsed, name, value, complaint),
            },
        }
    }
    settle(&mut parsed, doubtful);
    for (name, word, value) in last {
        if let Err(complaint) = kept::read(&mut parsed, word, value, rules) {
            warn(&mut parsed, name, value, complaint);
        }
    }
    if to_the_letter {
        return with_its_seniority(parsed);
    }
    mend_cases(&mut parsed);
    only_touch_is_first(&mut parsed);
    parsed
}

/// Whether a value is none of its field.
fn is_none(
    parsed: &mut Parsed,
    target: &str,
    name: &str,
    value: &Value,
    row: Surroundings,
    rules: &InputRules<'_>,
) -> bool {
    says_nothing(target, name, value, row) || is_standing(parsed, target, name, value, rules)
}

/// Whether it says where somebody stands and not where they live; who refuses mail there gets none.
fn is_standing(parsed: &mut Parsed, target: &str, name: &str, value: &Value, rules: &InputRules<'_>) -> bool {
    let standing = (target == "region").then(|| standing::of(name, value)).flatten();
    if matches!(standing, Some(Standing::Refused)) {
        // A refusal is always understood.
        let _ = consent::read(parsed, Channel::Email, false, &Value::from("withdrawn"), rules);
    }
    standing.is_some()
}

/// The touch that is told is the first one where nothing else is.
fn only_touch_is_first(parsed: &mut Parsed) {
    if parsed.profile.first_touch.is_none() && parsed.given.contains("last_touch") {
        parsed.profile.first_touch.clone_from(&parsed.profile.last_touch);
        parsed.given.insert("first_touch");
    }
}

/// A seniority that follows from the title was not given, unless the row says so.
fn with_its_seniority(mut parsed: Parsed) -> Parsed {
    let profile = &mut parsed.profile;
    let derived = Some(seniority(profile.job_title.as_deref().unwrap_or_default()));
    let given = parsed.command.kept.seniority_given.unwrap_or(profile.seniority != derived);
    profile.seniority_given &= given;
    parsed
}

pub(super) fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// What the rest of the row is like.
#[derive(Clone, Copy)]
struct Surroundings {
    /// A name in it is written in capitals.
    in_capitals: bool,
    /// There is an e-mail address.
    reached: bool,
}

impl Surroundings {
    fn of(inputs: &[(&str, Option<&Target>, &Value)]) -> Self {
        let is_reached = |(_, target, value): &(&str, Option<&Target>, &Value)| {
            *target == Some(&Target::Field("email")) && !is_blank(value)
        };
        Self { in_capitals: inputs.iter().any(is_in_capitals), reached: inputs.iter().any(is_reached) }
    }
}

/// Whether a value is not what its field is for, though it could be read as that.
fn says_nothing(target: &str, name: &str, value: &Value, row: Surroundings) -> bool {
    is_placeholder(target, value, row.in_capitals)
        || is_no_job(target, name, value)
        || is_profile(target, value)
        || (row.reached && is_address(target, value))
}

/// In bytes; few values are so short, and each is looked at.
const LONGEST_PLACEHOLDER: usize = "please select".len();

/// What menus, spreadsheets and programs write where there is nothing. A company may be called `Select`, and a person `Null`
/// or `Nan`: names are nothing only where a program wrote them. In a row of capitals `NULL` is a name like the others.
pub(super) fn is_placeholder(target: &str, value: &Value, in_capitals: bool) -> bool {
    let is_name = matches!(target, "contact_name" | "first_name" | "last_name");
    let named = is_name || matches!(target, "company_name" | "notes");
    let text = value.as_str().map(str::trim).unwrap_or_default();
    if text.len() > LONGEST_PLACEHOLDER {
        return false;
    }
    match text.to_lowercase().as_str() {
        "-" | "--" | "n/a" | "#n/a" | "(none)" | "(blank)" => true,
        "select" | "please select" | "-none-" | "--none--" => !named,
        "null" => !named || text == "null" || text == "NULL" && !(is_name && in_capitals),
        "nan" => matches!(text, "nan" | "NaN"),
        "none" => !is_name || text == "none" || text == "None",
        "<na>" | "\\n" => true,
        _ => false,
    }
}

/// `0/0/00` and `0000-00-00`, as programs write that there is no day.
fn is_no_day(target: &str, value: &Value) -> bool {
    if field(target).is_none_or(|def| def.kind != FieldKind::Date) {
        return false;
    }
    let day = value.as_str().unwrap_or_default().trim().split(' ').next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte == b'0'))
}

/// Whether a name in the row is written in capitals, and is not one of the words for nothing itself.
fn is_in_capitals((_, target, value): &(&str, Option<&Target>, &Value)) -> bool {
    let text = value.as_str().map(str::trim).unwrap_or_default();
    let is_name = matches!(target, Some(Target::Field("contact_name" | "first_name" | "last_name")));
    is_name && text != "NULL" && text.chars().filter(|c| c.is_uppercase()).count() > 1 && text.to_uppercase() == text
}

/// `Dr.` where a job is told: a column of titles that are parts of names. Under `Role` a program may tell what somebody may
/// do in it.
fn is_no_job(target: &str, name: &str, value: &Value) -> bool {
    const USERS: [&str; 8] = ["user", "end-user", "end_user", "end user", "lead", "contact", "subscriber", "visitor"];
    let is_user = |text: &str| USERS.iter().any(|user| text.trim().eq_ignore_ascii_case(user));
    let is_role = || name.trim().eq_ignore_ascii_case("role");
    target == "job_title" && value.as_str().is_some_and(|text| is_honorific(text) || (is_user(text) && is_role()))
}

/// Whether a name is an e-mail address, as programs write where nobody gave a name.
fn is_address(target: &str, value: &Value) -> bool {
    let is_name = matches!(target, "contact_name" | "first_name" | "last_name");
    is_name && value.as_str().is_some_and(|text| text.contains('@') && is_email(text.trim()))
}

/// Whether a website is a page on LinkedIn, which is not the company's own.
fn is_profile(target: &str, value: &Value) -> bool {
    let page = |text: &str| text.split_once("linkedin.com/").is_some_and(|(_, path)| !path.trim().is_empty());
    target == "website" && value.as_str().is_some_and(page)
}

fn warn(parsed: &mut Parsed, name: &str, value: &Value, complaint: Complaint) {
    parsed.set_aside(name, value);
    parsed.warnings.push(complaint.at(pointer(name)));
}

/// A text of one line without the entities of web pages, where it has some.
fn without_entities(def: &FieldDef, value: &Value) -> Option<Value> {
    let is_line = matches!(def.kind, FieldKind::Text(_) | FieldKind::Label(_)) && def.name != "notes";
    match unescaped(value.as_str().filter(|_| is_line)?) {
        Cow::Borrowed(_) => None,
        Cow::Owned(plain) => Some(Value::String(plain)),
    }
}

fn one_field(
    parsed: &mut Parsed,
    name: &str,
    target: &'static str,
    value: &Value,
    rules: &InputRules<'_>,
) -> Option<Doubtful> {
    let def = field(target)?;
    let of_vehicle = || vehicles::country(name, value).filter(|_| target == "country").map(Value::from);
    let plain =
        if parsed.command.kept.is_to_the_letter() { None } else { without_entities(def, value).or_else(of_vehicle) };
    let read = parsed.field(def, plain.as_ref().unwrap_or(value), rules);
    if plain.is_some() {
        parsed.tidied(def.name, value);
    }
    let Err(flaws) = read else {
        if def.kind == FieldKind::Money {
            parsed.warnings.extend(doubt_of_money(value, rules).map(|complaint| complaint.at(pointer(name))));
        }
        return None;
    };
    for Flaw { path, complaint, kept } in flaws {
        if matches!(target, "email" | "phone") {
            return Some(Doubtful { name: name.to_owned(), value: value.clone(), complaint });
        }
        if let Some(kept) = kept {
            parsed.keep(def, kept, value);
        }
        parsed.set_aside(name, value);
        parsed.warnings.push(complaint.at(format!("{}{path}", pointer(name))));
    }
    None
}

fn custom(parsed: &mut Parsed, name: &str, value: &Value, rules: &InputRules<'_>) {
    let Value::Object(members) = value else {
        return parsed.set_aside(name, value);
    };
    for (key, value) in members {
        if let Err(complaint) = parsed.custom(key, value, rules) {
            warn(parsed, &format!("custom.{key}"), value, complaint);
        }
    }
}

/// Reads what is not a field of the profile. `false` where another value came first: it is for whoever keeps what is set aside.
fn other(parsed: &mut Parsed, target: &Target, value: &Value, rules: &InputRules<'_>) -> Result<bool, Complaint> {
    let wishes = &mut parsed.command;
    match target {
        Target::Source => return Ok(first(&mut wishes.source, command::short(value, Mode::Lenient)?)),
        Target::Owner => return Ok(first(&mut wishes.owner, command::short(value, Mode::Lenient)?)),
        Target::Team => return Ok(first(&mut wishes.team, command::short(value, Mode::Lenient)?)),
        Target::Status => match command::status(value, Mode::Lenient) {
            Ok(status) => return Ok(first(&mut wishes.status, status)),
            Err(complaint) => return Err(consent::refusal_of(parsed, value).unwrap_or(complaint)),
        },
        Target::Stage => match command::stage(value, Mode::Lenient) {
            Ok(stage) => return Ok(first(&mut wishes.stage, stage)),
            Err(complaint) => return Err(consent::refusal_of(parsed, value).unwrap_or(complaint)),
        },
        Target::ScoreAdjustment => {
            return Ok(first(&mut wishes.score_adjustment, command::adjustment(value, Mode::Lenient)?));
        }
        Target::CreatedAt => return Ok(first(&mut wishes.created_at, command::created_at(value, rules)?)),
        Target::Touch(part) => return Ok(touch(parsed, part, short_text(value, 2_000, Mode::Lenient)?)),
        Target::Custom(key) if parsed.profile.custom.contains_key(key) => return Ok(is_blank(value)),
        Target::Custom(key) => parsed.custom(key, value, rules)?,
        Target::ExternalId(system) => {
            if let Some(id) = short_text(value, 200, Mode::Lenient)? {
                parsed.profile.external_ids.entry(system.clone()).or_insert(id);
                parsed.given.insert("external_ids");
            }
        }
        Target::ClickId(network) => {
            if let Some(id) = short_text(value, 500, Mode::Lenient)? {
                let touch = parsed.profile.last_touch.get_or_insert_with(Touch::default);
                touch.click_ids.insert((*network).to_owned(), id);
                parsed.given.insert("last_touch");
            }
        }
        Target::Consent(channel, yes_grants) => consent::read(parsed, *channel, *yes_grants, value, rules)?,
        Target::OptOut => consent::opt_out(parsed, value, rules)?,
        Target::Field(_) | Target::Kept(_) => {}
    }
    Ok(true)
}

/// Fills what is empty. `false` where it holds another value.
fn first<T: PartialEq>(place: &mut Option<T>, value: Option<T>) -> bool {
    if place.is_none() {
        *place = value;
        return true;
    }
    value.is_none() || *place == value
}

fn touch(parsed: &mut Parsed, part: &str, text: Option<String>) -> bool {
    let Some(text) = text else { return true };
    let touch = parsed.profile.last_touch.get_or_insert_with(Touch::default);
    let place = match part {
        "utm_source" => &mut touch.utm_source,
        "utm_medium" => &mut touch.utm_medium,
        "utm_campaign" => &mut touch.utm_campaign,
        "utm_term" => &mut touch.utm_term,
        "utm_content" => &mut touch.utm_content,
        "referrer" => &mut touch.referrer,
        _ => &mut touch.landing_page,
    };
    parsed.given.insert("last_touch");
    first(place, Some(text))
}

/// A bad phone number is kept as given where there is an e-mail address, and a bad address is set aside where there is
/// a phone number; where nothing is left to reach the person by, it is a fault.
fn settle(parsed: &mut Parsed, doubtful: Vec<(&'static str, Doubtful)>) {
    let reachable = parsed.profile.email.is_some() || parsed.profile.phone.is_some();
    for (target, Doubtful { name, value, complaint }) in doubtful {
        if !reachable {
            if !parsed.faults.iter().any(|fault| is_at(fault, target)) {
                parsed.faults.push(complaint.at(pointer(target)));
            }
            continue;
        }
        let is_blank = parsed.profile.phone.is_none() && parsed.profile.phone_given.is_none();
        match as_given(&value).filter(|_| target == "phone" && is_blank) {
            Some(given) => {
                parsed.profile.phone_given = Some(given);
                parsed.warnings.push(complaint.at(pointer(&name)));
            }
            None => warn(parsed, &name, &value, complaint),
        }
    }
}

/// Names and titles in one case are mended; the two parts of a name are looked at together.
fn mend_cases(parsed: &mut Parsed) {
    let profile = &parsed.profile;
    let title = profile.job_title.as_deref().and_then(|title| changed(mend_title(title)));
    let whole = profile.contact_name.as_deref().and_then(|whole| changed(mend_case(whole)));
    let (first, last) = (profile.first_name.clone().unwrap_or_default(), profile.last_name.clone().unwrap_or_default());
    for (name, recased) in [("job_title", title), ("contact_name", whole)] {
        if let Some(recased) = recased {
            parsed.recase(name, recased);
        }
    }
    let Some(recased) = changed(mend_case(format!("{first} {last}").trim())) else { return };
    let count = first.split(' ').filter(|word| !word.is_empty()).count();
    let words: Vec<&str> = recased.split(' ').collect();
    let (first_words, last_words) = words.split_at(count.min(words.len()));
    for (name, words, as_read) in [("first_name", first_words, first), ("last_name", last_words, last)] {
        let recased = words.join(" ");
        if !as_read.is_empty() && recased != as_read {
            parsed.recase(name, recased);
        }
    }
}

fn changed(text: Cow<'_, str>) -> Option<String> {
    match text {
        Cow::Borrowed(_) => None,
        Cow::Owned(changed) => Some(changed),
    }
}
