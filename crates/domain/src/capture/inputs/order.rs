//! Which of several inputs for one field counts: what the form asks of the person comes before what it tells of a branch, a
//! consultant or whoever else the post names, and of two objects that name somebody one is the lead.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use super::{
    Input,
    around::{nearest, parted, parts, word},
    names::says_something,
    nearness::{
        ACCOUNTS, COMPANIES, Nearness, is_directly_below, is_role, is_somebody, nearness, other, place, single,
    },
    parties::is_of_a_party,
};
use crate::{
    leads::{Target, is_of_a_person},
    text::fold,
};

/// The longest first name that is looked for in front of whole ones, in bytes.
const LONGEST_FIRST: usize = 200;

/// One input that fills a field which the lead has but once.
struct Candidate {
    at: usize,
    field: &'static str,
    nearness: Nearness,
    /// The object of a person in which it stands.
    place: String,
}

/// Puts those inputs first that are the lead's own; and what somebody else's say fills nothing where the lead is there, too.
/// Inputs that somebody has mapped come with the names under which they were posted.
pub(super) fn settle(inputs: &mut [Input], mapped: &[Input], posted_as: &[String]) {
    let somebody = |target: Option<&Target>| reaches_or_names(target);
    let by_hand = || mapped.iter().zip(posted_as).filter(|(input, _)| somebody(input.target.as_ref()));
    let is_there = |input: &Input| somebody(input.target.as_ref()) && says_something(input);
    let is_lead = |name: &str| nearness(name) != Nearness::Other;
    // Whoever maps what a branch says takes it for the lead.
    let others_count = by_hand().any(|(_, name)| !is_lead(name));
    if !others_count
        && (by_hand().next().is_some() || inputs.iter().any(|input| is_there(input) && is_lead(&input.name)))
    {
        let own = inputs.iter().filter(|input| is_lead(&input.name));
        let is_reached = mapped.iter().chain(own).any(|input| is_there(input) && reaches(input.target.as_ref()));
        leave_out_others(inputs, is_reached);
    }
    let candidates = candidates(inputs);
    let is_mapped = by_hand().next().is_some();
    let home = home(inputs, &candidates).filter(|_| !is_mapped);
    put_first(inputs, &candidates, home.as_deref());
    one_whole_name(inputs, home.as_deref(), is_mapped);
}

fn reaches_or_names(target: Option<&Target>) -> bool {
    matches!(target, Some(Target::Field("contact_name" | "first_name" | "last_name" | "email" | "phone")))
}

fn reaches(target: Option<&Target>) -> bool {
    matches!(target, Some(Target::Field("email" | "phone")))
}

fn names_somebody(target: Option<&Target>) -> bool {
    matches!(target, Some(Target::Field(field)) if is_name(field))
}

/// Takes away what others say of themselves. A `location` with a city and no name is where the lead lives, and what a company
/// is called is not asked here.
fn leave_out_others(inputs: &mut [Input], is_reached: bool) {
    let whose: Vec<Option<String>> = inputs.iter().map(|input| other(&input.name)).collect();
    let mut told: HashMap<&str, Told> = HashMap::new();
    for (input, of) in inputs.iter().zip(&whose).filter_map(|(input, of)| Some((input, of.as_deref()?))) {
        let told = told.entry(of).or_insert_with(|| Told::of(of, is_reached));
        let leaf = word(parted(&input.name).map_or("", |(_, leaf)| leaf));
        // The name of the country in which a location is is none of its own.
        let is_own = is_directly_below(&input.name, of);
        told.is_named |= is_own && (leaf == "name" || reaches_or_names(input.target.as_ref()));
        told.has_somebody |= names_somebody(input.target.as_ref()) && says_something(input);
        told.is_record |= matches!(leaf.as_str(), "guid" | "uuid")
            || leaf.strip_suffix("id").is_some_and(|front| front.is_empty() || front == told.role);
    }
    // The id of an account may stand beside it.
    for role in ACCOUNTS {
        let is_id = |leaf: &str| word(leaf).strip_suffix("id") == Some(role);
        if inputs.iter().any(|input| is_id(parted(&input.name).map_or(input.name.as_str(), |(_, leaf)| leaf))) {
            told.values_mut().filter(|told| told.role == *role).for_each(|told| told.may_lend = false);
        }
    }
    for (input, of) in inputs.iter_mut().zip(&whose) {
        let told = of.as_deref().and_then(|of| told.get(of));
        let is_theirs = |target: &Target| told.is_some_and(|told| told.is_theirs(target));
        input.target = input.target.take().filter(|target| !is_theirs(target));
    }
}

/// What is told of somebody or something else.
struct Told {
    role: String,
    /// Whether it has a name or can be reached.
    is_named: bool,
    /// Whether it has an id.
    is_record: bool,
    /// Whether a person is named in it.
    has_somebody: bool,
    /// Whether a company that is told of here may be the lead's, and nothing else reaches them.
    may_lend: bool,
}

impl Told {
    fn of(path: &str, is_reached: bool) -> Self {
        let whole: Vec<String> = parts(path).map(word).collect();
        let (last, around) = whole.split_last().map_or(("", &[][..]), |(last, around)| (last.as_str(), around));
        Self {
            role: single(last).to_owned(),
            is_named: false,
            is_record: false,
            has_somebody: false,
            // The company of a recipient is theirs.
            may_lend: !is_reached && !around.iter().any(|whose| is_role(whose)),
        }
    }

    fn is_theirs(&self, target: &Target) -> bool {
        let role = self.role.as_str();
        let (of_person, of_party) = (is_of_a_person(target), is_of_a_party(target));
        if COMPANIES.contains(&role) {
            if self.is_record && ACCOUNTS.contains(&role) {
                return of_person || of_party;
            }
            // Where the lead told no address, that of their own company stays: nothing else is there.
            let is_lent = reaches(Some(target)) && self.may_lend && !self.has_somebody;
            return of_person && !is_lent && *target != Target::Field("job_title");
        }
        // However deep the address of a person on the other side stands, it is not the lead's.
        (self.is_named || (reaches(Some(target)) && is_somebody(role))) && (of_person || of_party)
    }
}

fn candidates(inputs: &[Input]) -> Vec<Candidate> {
    let of = |(at, input): (usize, &Input)| {
        let field = match &input.target {
            Some(Target::Field(field)) => *field,
            // Of two campaigns the one counts that is called like it, wherever it stands.
            Some(Target::Touch(field)) if field.starts_with("utm_") && says_something(input) => {
                return Some(Candidate { at, field, nearness: Nearness::Form, place: String::new() });
            }
            _ => return None,
        };
        let counts_once = field != "notes"
            && input.target.as_ref().is_some_and(|target| is_of_a_person(target) || is_of_a_party(target));
        (counts_once && says_something(input)).then(|| Candidate {
            at,
            field,
            nearness: nearness(&input.name),
            place: place(&input.name),
        })
    };
    inputs.iter().enumerate().filter_map(of).collect()
}

/// The object that names the lead, where it is known to be the lead's. The `name` of a post in which nobody is reached may be
/// that of an event, where a customer is named and reached.
fn home(inputs: &[Input], candidates: &[Candidate]) -> Option<String> {
    let names = || candidates.iter().filter(|candidate| is_name(candidate.field));
    let reached = candidates.iter().filter(|other| matches!(other.field, "email" | "phone"));
    let reached: HashSet<&str> = reached.map(|other| other.place.as_str()).collect();
    let is_reached = |place: &str| reached.contains(place);
    let best = names().min_by_key(|name| name.nearness).filter(|best| best.nearness <= Nearness::Lead)?;
    let is_vague = names().all(|name| name.place != best.place || word(&inputs[name.at].name) == "name");
    let reached = names().find(|name| name.nearness == Nearness::Lead && is_reached(&name.place));
    let other = reached.filter(|_| best.nearness == Nearness::Form && is_vague && !is_reached(&best.place));
    Some(other.unwrap_or(best).place.clone())
}

fn is_name(field: &str) -> bool {
    matches!(field, "contact_name" | "first_name" | "last_name")
}

/// Of several inputs for one field puts the lead's own first, each where one of them stood.
fn put_first(inputs: &mut [Input], candidates: &[Candidate], home: Option<&str>) {
    let mut fields: Vec<&str> = candidates.iter().map(|candidate| candidate.field).collect();
    fields.sort_unstable();
    fields.dedup();
    for field in fields {
        let places: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.field == field).collect();
        let mut sorted = places.clone();
        sorted.sort_by_cached_key(|candidate| {
            let is_home = home.is_some_and(|home| home == candidate.place);
            let other = candidate.nearness == Nearness::Other;
            (other, Reverse(is_home), candidate.nearness, !is_exact(field, &inputs[candidate.at].name))
        });
        if sorted.iter().zip(&places).all(|(one, other)| one.at == other.at) {
            continue;
        }
        let moved: Vec<Input> = sorted.iter().map(|candidate| inputs[candidate.at].clone()).collect();
        for (slot, input) in places.iter().zip(moved) {
            inputs[slot.at] = input;
        }
    }
}

/// Whether an input is called like what it fills, and not `office_email`.
fn is_exact(field: &str, name: &str) -> bool {
    let (parents, leaf) = parted(name).unwrap_or(("", name));
    let (whose, leaf) = (word(nearest(parents)), word(leaf));
    let leaf = leaf.strip_prefix("your").unwrap_or(&leaf);
    match field {
        "email" => matches!(leaf, "email" | "emailaddress" | "mail"),
        "phone" => matches!(leaf, "phone" | "phonenumber" | "mobile" | "mobilephone" | "tel" | "telephone"),
        "contact_name" => matches!(leaf, "name" | "fullname" | "contactname"),
        "company_name" if ACCOUNTS.contains(&whose.as_str()) => false,
        "company_name" if matches!(whose.as_str(), "company" | "organization" | "organisation") => true,
        "company_name" => leaf.ends_with("company") || leaf.ends_with("companyname") || leaf == "organization",
        _ => leaf == word(field),
    }
}

/// Leaves a `name` alone where the lead is named nearer by, or where it stands beside another address than the one that
/// counts: two people are not one lead.
fn one_whole_name(inputs: &mut [Input], home: Option<&str>, is_mapped: bool) {
    let candidates = candidates(inputs);
    let names = || candidates.iter().filter(|candidate| is_name(candidate.field));
    let Some(nearest) = names().map(|candidate| candidate.nearness).min() else { return };
    let email = candidates.iter().find(|candidate| candidate.field == "email");
    let is_elsewhere = |name: &Candidate| match home {
        Some(home) => name.place != home,
        None => name.nearness > nearest,
    };
    let address = |of: &Candidate| inputs[of.at].value.as_str().map(|said| said.trim().to_lowercase());
    let mut addresses: HashMap<&str, &Candidate> = HashMap::new();
    for other in candidates.iter().filter(|other| other.field == "email") {
        addresses.entry(&other.place).or_insert(other);
    }
    let is_anothers = |name: &Candidate| {
        let own = addresses.get(name.place.as_str()).copied();
        let differs = own.zip(email).is_some_and(|(own, email)| own.at != email.at && address(own) != address(email));
        // Whoever pays or is sent something may do so with another address.
        let is_orders = ["billing", "payment", "shipping"].iter().any(|of| name.place.starts_with(of));
        let is_away = email.is_some_and(|email| email.place != name.place);
        !is_mapped && name.nearness == Nearness::Anybody && differs && is_away && !is_orders
    };
    // A first name alone says less than the whole one.
    let at_home = |field: &str| names().find(|name| name.field == field && !is_elsewhere(name));
    let only_first =
        at_home("first_name").filter(|_| at_home("contact_name").or_else(|| at_home("last_name")).is_none());
    let said = |of: &Candidate| inputs[of.at].value.as_str().unwrap_or_default();
    let first = only_first.map(|first| said(first).trim()).filter(|first| first.len() <= LONGEST_FIRST).map(fold);
    let goes_on = |name: &Candidate| {
        let begins = |first: &String| fold(said(name)).strip_prefix(first).is_some_and(|rest| rest.starts_with(' '));
        first.as_ref().is_some_and(begins)
    };
    let is_gone =
        |name: &&Candidate| (name.field == "contact_name" && is_elsewhere(name) && !goes_on(name)) || is_anothers(name);
    let gone: Vec<usize> = names().filter(is_gone).map(|name| name.at).collect();
    for at in gone {
        inputs[at].target = None;
    }
}
