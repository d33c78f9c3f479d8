//! Partners and suppliers who fill a form themselves: `vendor[email]` is theirs where nobody else is in the post.

use super::{
    Input,
    around::{Around, nearest, parted, parts, word},
    is_blank,
    pairs::is_a_tick,
    parties::{is_an_applicant, is_of_a_party, party},
};
use crate::leads::{CustomFieldDef, Target, is_of_a_person, target_for};

/// Whoever else an input may be about. The `client_id` of a browser is nobody.
const PEOPLE: &[&str] = &[
    "attendee",
    "buyer",
    "buyerid",
    "cardholder",
    "client",
    "contact",
    "customer",
    "customerid",
    "guest",
    "lead",
    "patient",
    "patientid",
    "payer",
    "person",
    "requester",
    "shopper",
    "student",
    "user",
    "userid",
];
/// What has a name and is nobody; all else that has one may be somebody.
const THINGS: &[&str] = &[
    "ad",
    "adset",
    "app",
    "brand",
    "browser",
    "business",
    "campaign",
    "categorie",
    "category",
    "city",
    "company",
    "country",
    "course",
    "currency",
    "department",
    "device",
    "event",
    "field",
    "file",
    "form",
    "industry",
    "integration",
    "item",
    "job",
    "language",
    "lineitem",
    "list",
    "location",
    "option",
    "order",
    "org",
    "organisation",
    "organization",
    "os",
    "package",
    "page",
    "payload",
    "pipeline",
    "plan",
    "position",
    "product",
    "program",
    "project",
    "property",
    "question",
    "region",
    "role",
    "service",
    "shop",
    "site",
    "source",
    "stage",
    "state",
    "status",
    "store",
    "tag",
    "team",
    "template",
    "timezone",
    "type",
    "utm",
    "venue",
    "webhook",
    "website",
    "workflow",
    "workspace",
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
        let is_somebodys = || parts(&input.name).any(|part| is_of_people(&word(part)));
        !is_below(&input.name, &only)
            && !is_blank(&input.value)
            && (is_name(input.target.as_ref()) || is_somebodys() || names_another(input, &only))
    };
    (is_alone && !inputs.iter().any(names_somebody)).then_some(only)
}

/// Whether it is about people, or is the name of one: `patient_name`. A `username` is chosen to log in.
fn is_of_people(whole: &str) -> bool {
    let named = whole.strip_suffix("name").filter(|_| whole != "username").map(|front| {
        let part = ["first", "full", "last"].iter().find_map(|part| front.strip_suffix(part));
        part.unwrap_or(front)
    });
    PEOPLE.contains(&whole) || named.is_some_and(|front| PEOPLE.contains(&front))
}

/// Whether an input is the name of somebody that no list of ours has to know: the `name` of all that is no thing, unless it
/// is that of the party itself, as of `vendor` and `vendor_details`.
fn names_another(input: &Input, only: &[String]) -> bool {
    let Some((parents, leaf)) = parted(&input.name).filter(|_| input.value.is_string()) else { return false };
    let whose = word(nearest(parents));
    let is_thing = || {
        let single = whose.strip_suffix('s').unwrap_or(&whose);
        whose.is_empty() || [party(&whose), single].iter().any(|whose| THINGS.contains(whose))
    };
    let is_them = || only.last().is_some_and(|last| party(&word(last)) == party(&whose));
    is_name(target_for(leaf, &[]).as_ref()) && !is_thing() && !is_them()
}

fn is_name(target: Option<&Target>) -> bool {
    matches!(target, Some(Target::Field("contact_name" | "first_name" | "last_name")))
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
