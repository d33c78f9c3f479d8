//! Partners and suppliers who fill a form themselves: `vendor[email]` is theirs where nobody else is in the post.

use super::{
    Input,
    around::{Around, parted, parts, word},
    is_blank,
    pairs::is_a_tick,
    parties::{is_an_applicant, is_of_a_party},
};
use crate::leads::{CustomFieldDef, Target, is_of_a_person, target_for};

/// Whoever else an input may be about. The `client_id` of a browser is nobody.
const PEOPLE: &[&str] = &[
    "buyer",
    "buyerid",
    "client",
    "contact",
    "customer",
    "customerid",
    "lead",
    "person",
    "requester",
    "user",
    "userid",
];

/// Gives the lead what stands below a vendor, a supplier or the like, where nothing else reaches or names anybody. The names
/// around are told so, too.
pub(super) fn reach(inputs: &mut [Input], around: &mut Around, custom: &[CustomFieldDef]) {
    let Some(path) = only_one(inputs) else { return };
    around.applies = true;
    for input in inputs.iter_mut().filter(|input| input.target.is_none() && is_below(&input.name, &path)) {
        let found = around.named(&input.name, custom);
        let found = found.filter(|target| is_of_a_person(target) || is_of_a_party(target));
        input.target = found.filter(|target| !is_a_tick(&input.name, target, &input.value));
    }
}

/// The path of the only one who can be reached, unless somebody stands beside them.
fn only_one(inputs: &[Input]) -> Option<Vec<String>> {
    let mut paths = inputs.iter().filter(|input| is_contact(input)).map(|input| path(&input.name));
    let only = paths.next()??;
    let is_alone = paths.all(|path| path.as_ref() == Some(&only));
    let names_somebody = |input: &Input| {
        let is_name = matches!(input.target, Some(Target::Field("contact_name" | "first_name" | "last_name")));
        let is_somebodys = || parts(&input.name).any(|part| PEOPLE.contains(&word(part).as_str()));
        !is_below(&input.name, &only) && !is_blank(&input.value) && (is_name || is_somebodys())
    };
    (is_alone && !inputs.iter().any(names_somebody)).then_some(only)
}

/// Whether an input says how somebody is reached, whoever it is.
fn is_contact(input: &Input) -> bool {
    let leaf = parted(&input.name).map_or(input.name.as_str(), |(_, leaf)| leaf);
    let reaches = |target: Option<&Target>| matches!(target, Some(Target::Field("email" | "phone")));
    !is_blank(&input.value) && (reaches(input.target.as_ref()) || reaches(target_for(leaf, &[]).as_ref()))
}

/// What a name has up to the party that may be the lead.
fn path(name: &str) -> Option<Vec<String>> {
    let (parents, _) = parted(name)?;
    let found = parts(parents).position(is_an_applicant)?;
    Some(parts(parents).take(found + 1).map(str::to_owned).collect())
}

fn is_below(name: &str, path: &[String]) -> bool {
    let mut own = parts(name);
    path.iter().all(|part| own.next() == Some(part.as_str()))
}
