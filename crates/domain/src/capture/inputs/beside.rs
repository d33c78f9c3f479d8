//! What can be told only from everything that came: the `name` beside the address is the person's where nothing else is, and
//! the only address in a form whose inputs have numbers for names.

use super::{
    Input,
    around::{Around, parted, parts, word},
    nearness,
};
use crate::{
    leads::{ELSE, Target, is_somebody_else},
    text::fold_label,
};

/// Gives the person the name that stands in one object with their e-mail address or number, where they have no other, or only
/// a last name in there: `{"customer_details": {"name": …, "email": …}}`, `inquiry[name]` beside `inquiry[email]`.
pub(super) fn name_the_person(inputs: &mut [Input], around: &Around) {
    let is =
        |input: &Input, fields: &[&str]| matches!(&input.target, Some(Target::Field(name)) if fields.contains(name));
    let reached = |field: &str| inputs.iter().find(|input| is(input, &[field])).and_then(|input| parted(&input.name));
    let Some((place, _)) = again(inputs).or_else(|| reached("email")).or_else(|| reached("phone")) else { return };
    let place = place.to_owned();
    let stands_there = |input: &Input| parted(&input.name).is_some_and(|(parents, _)| parents == place);
    let is_other = |input: &Input| {
        is(input, &["contact_name", "first_name"]) || (is(input, &["last_name"]) && !stands_there(input))
    };
    if inputs.iter().any(is_other) {
        return;
    }
    let name = Target::Field("contact_name");
    let is_beside = |input: &&mut Input| {
        let is_name = parted(&input.name).is_some_and(|(_, leaf)| word(leaf) == "name");
        is_name && stands_there(input) && input.target.is_none() && input.value.is_string()
    };
    if let Some(found) = inputs.iter_mut().find(is_beside).filter(|_| !around.is_others(&place, &name)) {
        found.target = Some(name);
    }
}

/// Where the address that counts is said again, and a name beside it: systems copy it to the top.
fn again(inputs: &[Input]) -> Option<(&str, &str)> {
    let is_address = |input: &&Input| input.target == Some(Target::Field("email")) && input.value.is_string();
    let mut addresses = inputs.iter().filter(is_address);
    let first = addresses.next().filter(|first| parted(&first.name).is_none())?;
    let mut places = addresses.filter(|other| other.value == first.value).filter_map(|other| parted(&other.name));
    places.next()
}

/// What builders of forms put in front of the number of an input.
const NUMBERED: &[&str] = &[
    "",
    "control",
    "entry",
    "field",
    "fields",
    "fld",
    "formfield",
    "input",
    "itemmeta",
    "merge",
    "q",
    "question",
    "text",
    "textbox",
    "wpformsfields",
];

/// Words of a name that make an address that of somebody else, or of the site.
const SENT: &[&str] = &[
    "abs",
    "admin",
    "administrator",
    "an",
    "bcc",
    "by",
    "copy",
    "created",
    "destination",
    "domain",
    "empfanger",
    "forward",
    "from",
    "kopie",
    "mailer",
    "mailto",
    "noreply",
    "notification",
    "notify",
    "par",
    "por",
    "receive",
    "referred",
    "reply",
    "sales",
    "send",
    "sent",
    "service",
    "smtp",
    "submitted",
    "support",
    "system",
    "von",
    "webmaster",
];

/// Takes the only e-mail address of all that came where no input says how the person is mailed: below a name that says nothing
/// (`Field3`, `item_meta[14]`), or, where they can't be called either, below one that speaks of mail (`user_mail`), unless it names
/// somebody else, as `theirs` do by what they stand in.
pub(super) fn find_the_address(inputs: &mut [Input], theirs: &[String], around: &Around) {
    let has = |field: &'static str| inputs.iter().any(|input| input.target == Some(Target::Field(field)));
    let (is_mailed, is_called) = (has("email"), has("phone"));
    if is_mailed {
        return;
    }
    let address = |input: &Input| -> Option<String> {
        let said = input.value.as_str().filter(|said| said.contains('@'))?;
        input.target.is_none().then(|| crate::text::email(said.trim()).ok())?.map(|_| said.trim().to_lowercase())
    };
    let mut found: Vec<(usize, String)> =
        inputs.iter().enumerate().filter_map(|(at, input)| Some((at, address(input)?))).collect();
    found.dedup_by(|one, other| one.1 == other.1);
    let [(at, _)] = found[..] else { return };
    let name = &inputs[at].name;
    if theirs.contains(name) {
        return;
    }
    if is_numbered(name) || (!is_called && speaks_of_mail(name) && may_be_the_leads(name, around)) {
        inputs[at].target = Some(Target::Field("email"));
    }
}

fn speaks_of_mail(name: &str) -> bool {
    fold_label(name).chars().filter(|c| c.is_alphanumeric()).collect::<String>().contains("mail")
}

fn is_numbered(name: &str) -> bool {
    let whole = word(name);
    let front = whole.trim_end_matches(|c: char| c.is_ascii_digit());
    front.len() < whole.len() && NUMBERED.contains(&front)
}

/// Whether nothing in a name says that what it holds is somebody else's.
pub(super) fn may_be_the_leads(name: &str, around: &Around) -> bool {
    let is_others = parted(name).is_some_and(|(parents, _)| around.is_others(parents, &Target::Field("email")));
    !is_others
        && nearness::is_near(name)
        && parts(name).all(|part| !is_somebody_else(part) && !has_words_for_others(part))
}

fn has_words_for_others(part: &str) -> bool {
    let mut spaced = String::with_capacity(part.len() + 8);
    for (at, c) in part.char_indices() {
        if c.is_uppercase() && part[..at].ends_with(char::is_lowercase) {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    let is_for_others = |word: &str| {
        let single = word.strip_suffix('s').unwrap_or(word);
        let is_one = |word: &str| SENT.contains(&word) || ELSE.contains(&word) || nearness::is_role(word);
        is_one(word) || is_one(single) || is_somebody_else(single)
    };
    let folded = fold_label(&spaced);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // A loan officer is somebody, and so is the next of kin.
    let is_role = |few: &[&str]| nearness::is_role(&few.concat());
    words.iter().any(|word| is_for_others(word)) || words.windows(2).any(is_role) || words.windows(3).any(is_role)
}
