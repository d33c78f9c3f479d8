//! The `name` beside the address: where nothing else says what the person is called, it is theirs.

use super::{
    Input,
    around::{parted, word},
    parties::is_others,
};
use crate::leads::Target;

/// Gives the person the name that stands in one object with their e-mail address or number, where they have no other:
/// `{"customer_details": {"name": …, "email": …}}`, `inquiry[name]` beside `inquiry[email]`.
pub(super) fn name_the_person(inputs: &mut [Input]) {
    let is =
        |input: &Input, fields: &[&str]| matches!(&input.target, Some(Target::Field(name)) if fields.contains(name));
    if inputs.iter().any(|input| is(input, &["contact_name", "first_name", "last_name"])) {
        return;
    }
    let reached = |field: &str| inputs.iter().find(|input| is(input, &[field])).and_then(|input| parted(&input.name));
    let Some((place, _)) = reached("email").or_else(|| reached("phone")) else { return };
    let place = place.to_owned();
    let name = Target::Field("contact_name");
    let is_beside = |input: &&mut Input| {
        let stands = parted(&input.name).is_some_and(|(parents, leaf)| parents == place && word(leaf) == "name");
        stands && input.target.is_none() && input.value.is_string()
    };
    if let Some(found) = inputs.iter_mut().find(is_beside).filter(|_| !is_others(&place, &name)) {
        found.target = Some(name);
    }
}
