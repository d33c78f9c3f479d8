//! Which of several inputs for one field counts: what the form asks of the person comes before what it tells of a branch, a
//! consultant or whoever else the post names, and of two objects that name somebody one is the lead.

use std::{cmp::Reverse, collections::HashMap};

use super::{
    Input,
    around::{LISTS, is_number, parted, parts, word},
    names::{FORMS, says_something},
    parties::{self, is_of_a_party, party},
};
use crate::leads::{Target, is_of_a_person};

/// Whoever a form is about.
const LEADS: &[&str] = &[
    "applicant",
    "attendee",
    "borrower",
    "buyer",
    "client",
    "consumer",
    "contact",
    "customer",
    "guest",
    "invitee",
    "lead",
    "patient",
    "person",
    "primaryguest",
    "prospect",
    "registrant",
    "requester",
    "respondent",
    "sender",
    "shopper",
    "subscriber",
    "trait",
    "visitor",
];
/// People on the side of whoever gets the lead, or beside the lead.
const OTHERS: &[&str] = &[
    "accountexecutive",
    "adviser",
    "affiliate",
    "attorney",
    "beneficiary",
    "bot",
    "cc",
    "child",
    "coapplicant",
    "coborrower",
    "consultant",
    "contractor",
    "coordinator",
    "counselor",
    "doctor",
    "driver",
    "employee",
    "landlord",
    "lender",
    "loanofficer",
    "nextofkin",
    "operator",
    "originator",
    "practitioner",
    "pro",
    "professional",
    "publisher",
    "realtor",
    "receiver",
    "recipient",
    "replyto",
    "resource",
    "staff",
    "submittedby",
    "teacher",
    "team",
    "to",
    "tutor",
];
/// Places and things that have a name, an address or a number of their own.
const PLACES: &[&str] = &[
    "account",
    "branch",
    "business",
    "center",
    "centre",
    "clinic",
    "company",
    "course",
    "event",
    "hotel",
    "integration",
    "location",
    "meeting",
    "office",
    "organisation",
    "organization",
    "outlet",
    "page",
    "restaurant",
    "retailer",
    "school",
    "service",
    "site",
    "unit",
    "website",
];
/// Of these those whose company is the lead's, unless an id shows them to be a record of the system that sends.
const COMPANIES: &[&str] = &["account", "business", "company", "organisation", "organization"];
/// Of these those that are the receiver's own where they have an id.
const ACCOUNTS: &[&str] = &["account", "business"];
/// What is taken apart below somebody, and nobody of its own.
const PIECES: &[&str] = &["address", "email", "fullname", "info", "name", "phone", "phonenumber"];

/// How near to the lead something stands, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// In the form itself.
    Form,
    /// Below a customer, a visitor or the like.
    Lead,
    /// Below what says nothing of whose it is.
    Anybody,
    /// Below somebody or something else.
    Other,
}

/// One input that fills a field which the lead has but once.
struct Candidate {
    at: usize,
    field: &'static str,
    nearness: Nearness,
    /// The object of a person in which it stands.
    place: String,
}

/// Puts those inputs first that are the lead's own; and what somebody else's say fills nothing where the lead is there, too.
pub(super) fn settle(inputs: &mut [Input], mapped: &[(String, Option<Target>)]) {
    let somebody = |target: Option<&Target>| reaches_or_names(target);
    let by_hand = || mapped.iter().filter(|(_, target)| somebody(target.as_ref()));
    let is_there = |input: &Input| somebody(input.target.as_ref()) && says_something(input);
    let is_lead = |name: &str| nearness(name) != Nearness::Other;
    // Whoever maps what a branch says takes it for the lead.
    let others_count = by_hand().any(|(name, _)| !is_lead(name));
    if !others_count
        && (by_hand().next().is_some() || inputs.iter().any(|input| is_there(input) && is_lead(&input.name)))
    {
        leave_out_others(inputs);
    }
    let candidates = candidates(inputs);
    let home = home(&candidates, by_hand().next().is_some());
    put_first(inputs, &candidates, home.as_deref());
    one_whole_name(inputs, by_hand().next().is_some());
}

fn reaches_or_names(target: Option<&Target>) -> bool {
    matches!(target, Some(Target::Field("contact_name" | "first_name" | "last_name" | "email" | "phone")))
}

/// Takes away what others say of themselves. A `location` with a city and no name is where the lead lives, and what a company
/// is called is not asked here.
fn leave_out_others(inputs: &mut [Input]) {
    let whose: Vec<Option<String>> = inputs.iter().map(|input| other(&input.name)).collect();
    let mut told: HashMap<&str, Told> = HashMap::new();
    for (input, of) in inputs.iter().zip(&whose).filter_map(|(input, of)| Some((input, of.as_deref()?))) {
        let told = told.entry(of).or_insert_with(|| Told::of(of));
        let leaf = word(parted(&input.name).map_or("", |(_, leaf)| leaf));
        told.is_named |= leaf == "name" || reaches_or_names(input.target.as_ref());
        told.is_record |= leaf.strip_suffix("id").is_some_and(|front| front.is_empty() || front == told.role);
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
}

impl Told {
    fn of(path: &str) -> Self {
        let last = word(parts(path).next_back().unwrap_or_default());
        Self { role: single(&last).to_owned(), is_named: false, is_record: false }
    }

    fn is_theirs(&self, target: &Target) -> bool {
        let role = self.role.as_str();
        let of_party = is_of_a_party(target);
        if COMPANIES.contains(&role) {
            return is_of_a_person(target) || (of_party && self.is_record && ACCOUNTS.contains(&role));
        }
        self.is_named && (of_party || is_of_a_person(target))
    }
}

fn candidates(inputs: &[Input]) -> Vec<Candidate> {
    let of = |(at, input): (usize, &Input)| {
        let Some(Target::Field(field)) = &input.target else { return None };
        let counts_once = *field != "notes"
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

/// The object that names the lead, where it is known to be the lead's.
fn home(candidates: &[Candidate], is_mapped: bool) -> Option<String> {
    let is_name = |field: &str| matches!(field, "contact_name" | "first_name" | "last_name");
    let names = candidates.iter().filter(|candidate| is_name(candidate.field));
    let best = names.min_by_key(|candidate| candidate.nearness).filter(|best| best.nearness <= Nearness::Lead);
    best.filter(|_| !is_mapped).map(|best| best.place.clone())
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
    let leaf = parted(name).map_or(name, |(_, leaf)| leaf);
    let leaf = word(leaf);
    let leaf = leaf.strip_prefix("your").unwrap_or(&leaf);
    match field {
        "email" => matches!(leaf, "email" | "emailaddress" | "mail"),
        "phone" => matches!(leaf, "phone" | "phonenumber" | "mobile" | "mobilephone" | "tel" | "telephone"),
        "contact_name" => matches!(leaf, "name" | "fullname" | "contactname"),
        "company_name" => leaf.ends_with("company") || leaf.ends_with("companyname") || leaf == "organization",
        _ => leaf == word(field),
    }
}

/// Leaves a `name` below the form alone where the lead is named nearer by, or where it stands beside another address than the
/// one that counts: two people are not one lead.
fn one_whole_name(inputs: &mut [Input], is_mapped: bool) {
    let candidates = candidates(inputs);
    let is_name = |field: &str| matches!(field, "contact_name" | "first_name" | "last_name");
    let names = || candidates.iter().filter(|candidate| is_name(candidate.field));
    let Some(nearest) = names().map(|candidate| candidate.nearness).min() else { return };
    let email = candidates.iter().find(|candidate| candidate.field == "email");
    let is_anothers = |name: &Candidate| {
        let own = candidates.iter().find(|other| other.field == "email" && other.place == name.place);
        let differs = own.zip(email).is_some_and(|(own, email)| inputs[own.at].value != inputs[email.at].value);
        !is_mapped
            && name.nearness == Nearness::Anybody
            && differs
            && email.is_some_and(|email| email.place != name.place)
    };
    let is_gone = |name: &&Candidate| (name.field == "contact_name" && name.nearness > nearest) || is_anothers(name);
    let gone: Vec<usize> = names().filter(is_gone).map(|name| name.at).collect();
    for at in gone {
        inputs[at].target = None;
    }
}

/// How near to the lead an input stands by what it stands in.
fn nearness(name: &str) -> Nearness {
    // Where answers go may be anybody's address.
    let mut found = if word(name) == "replyto" { Nearness::Anybody } else { Nearness::Form };
    for part in objects(name) {
        let whole = word(part);
        let whose = single(&whole);
        found = match found {
            // A contact at a branch is the branch's; a visitor there is not.
            Nearness::Other if matches!(whose, "contact" | "person") || !LEADS.contains(&whose) => Nearness::Other,
            Nearness::Lead if PLACES.contains(&whose) => Nearness::Anybody,
            _ if LEADS.contains(&whose) => Nearness::Lead,
            _ if OTHERS.contains(&whose) || PLACES.contains(&whose) => Nearness::Other,
            Nearness::Form
                if FORMS.contains(&whole.as_str()) || LISTS.contains(&whole.as_str()) || is_piece(&whole) =>
            {
                Nearness::Form
            }
            Nearness::Lead => Nearness::Lead,
            _ => Nearness::Anybody,
        };
    }
    found
}

/// Whether an input stands in the form itself or below the lead; `wpforms` wraps a form like others.
pub(super) fn is_near(name: &str) -> bool {
    let is_form = |part: &str| word(part).trim_end_matches('s').ends_with("form");
    nearness(name) <= Nearness::Lead || objects(name).all(|part| is_form(part) || FORMS.contains(&word(part).as_str()))
}

/// Whether a word names somebody or something beside the lead.
pub(super) fn is_role(whole: &str) -> bool {
    OTHERS.contains(&single(whole)) || PLACES.contains(&single(whole)) || parties::is_party(whole)
}

/// The path of somebody or something else in which an input stands.
fn other(name: &str) -> Option<String> {
    if nearness(name) != Nearness::Other {
        return None;
    }
    let all: Vec<&str> = objects(name).collect();
    let is_role = |part: &str| {
        let whole = word(part);
        OTHERS.contains(&single(&whole)) || PLACES.contains(&single(&whole))
    };
    let last = all.iter().rposition(|part| is_role(part))?;
    Some(all[..=last].join("."))
}

/// The person's object in which an input stands: its path without what wraps the form and what a name or an address is made of.
fn place(name: &str) -> String {
    let mut kept: Vec<String> = Vec::new();
    let mut was_kept = true;
    for part in objects(name).map(word) {
        let is_wrapper = FORMS.contains(&part.as_str()) || LISTS.contains(&part.as_str()) || is_piece(&part);
        was_kept = !is_wrapper && (was_kept || !is_number(&part));
        if was_kept {
            kept.push(part);
        }
    }
    kept.join(".")
}

/// What an input stands in. The words that people read may have dots and brackets of their own.
fn objects(name: &str) -> impl Iterator<Item = &str> {
    let parents = parted(name).map_or("", |(parents, _)| parents);
    let is_read = name.contains(". ") || name.contains(" [");
    parts(if is_read { "" } else { parents }).filter(|part| !part.is_empty())
}

fn is_piece(whole: &str) -> bool {
    PIECES.contains(&single(whole))
}

/// A word for one of many, without `details` and the like.
fn single(whole: &str) -> &str {
    let plain = party(whole);
    let one = plain
        .strip_suffix('s')
        .filter(|one| LEADS.contains(one) || OTHERS.contains(one) || PLACES.contains(one) || PIECES.contains(one));
    let many = plain.strip_suffix("es").filter(|one| PLACES.contains(one) || PIECES.contains(one));
    one.or(many).unwrap_or(plain)
}
