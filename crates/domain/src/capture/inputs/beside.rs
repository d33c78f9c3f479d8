//! What can be told only from everything that came: the `name` beside the address is the person's where nothing else is, and
//! the only address in a form whose inputs have numbers for names.

use super::{
    Input,
    around::{Around, parted, word},
};
use crate::leads::Target;

/// Gives the person the name that stands in one object with their e-mail address or number, where they have no other, or only
/// a last name in there: `{"customer_details": {"name": …, "email": …}}`, `inquiry[name]` beside `inquiry[email]`.
pub(super) fn name_the_person(inputs: &mut [Input], around: &Around) {
    let is =
        |input: &Input, fields: &[&str]| matches!(&input.target, Some(Target::Field(name)) if fields.contains(name));
    let reached = |field: &str| inputs.iter().find(|input| is(input, &[field])).and_then(|input| parted(&input.name));
    let Some((place, _)) = reached("email").or_else(|| reached("phone")) else { return };
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

/// What builders of forms put in front of the number of an input.
const NUMBERED: &[&str] =
    &["", "control", "entry", "field", "fields", "formfield", "input", "itemmeta", "q", "question", "text", "textbox"];

/// Takes the only e-mail address among inputs that have nothing but a number (`Field3`, `item_meta[14]`), where no input says
/// how the person is reached. With a word to it, it might be anybody's.
pub(super) fn find_the_address(inputs: &mut [Input]) {
    if inputs.iter().any(|input| matches!(input.target, Some(Target::Field("email" | "phone")))) {
        return;
    }
    let is_address = |input: &Input| {
        let whole = word(&input.name);
        let front = whole.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_numbered = front.len() < whole.len() && NUMBERED.contains(&front);
        input.target.is_none()
            && is_numbered
            && input.value.as_str().is_some_and(|said| crate::text::email(said.trim()).is_ok())
    };
    let mut found = inputs.iter_mut().filter(|input| is_address(input));
    if let (Some(only), None) = (found.next(), found.next()) {
        only.target = Some(Target::Field("email"));
    }
}
