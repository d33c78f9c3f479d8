//! How near to the lead an input stands: in the form itself, below a customer or the like, or below somebody else.

use super::{
    around::{LISTS, is_number, parted, parts, word},
    names::FORMS,
    parties::{self, party},
};

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
/// Of these those that are no single person: what the lead said may stand in there.
const NOBODY: &[&str] = &["bot", "resource", "team"];
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
pub(super) const COMPANIES: &[&str] = &["account", "business", "company", "organisation", "organization"];
/// Of these those that are the receiver's own where they have an id.
pub(super) const ACCOUNTS: &[&str] = &["account", "business"];
/// What is taken apart below somebody, and nobody of its own.
const PIECES: &[&str] = &["address", "email", "fullname", "info", "name", "phone", "phonenumber"];

/// How near to the lead something stands, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// In the form itself.
    Form,
    /// Below a customer, a visitor or the like.
    Lead,
    /// Below what says nothing of whose it is.
    Anybody,
    /// Below somebody or something else.
    Other,
}

/// How near to the lead an input stands by what it stands in.
pub(super) fn nearness(name: &str) -> Nearness {
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

/// Whether a single word is what a person on the side of whoever gets the lead is called, or one beside the lead.
pub(super) fn is_somebody(single: &str) -> bool {
    OTHERS.contains(&single) && !NOBODY.contains(&single)
}

/// The path of somebody or something else in which an input stands.
pub(super) fn other(name: &str) -> Option<String> {
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

/// Whether an input is a member of what stands at this path, or of a name, an address or a contact in there.
pub(super) fn is_directly_below(name: &str, path: &str) -> bool {
    let is_part = |part: &str| {
        let whole = word(part);
        is_piece(&whole) || is_number(part) || matches!(single(&whole), "contact" | "person")
    };
    objects(name).skip(path.split('.').count()).all(is_part)
}

/// The person's object in which an input stands: its path without what wraps the form and what a name or an address is made of.
pub(super) fn place(name: &str) -> String {
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
pub(super) fn single(whole: &str) -> &str {
    let plain = party(whole);
    let one = plain
        .strip_suffix('s')
        .filter(|one| LEADS.contains(one) || OTHERS.contains(one) || PLACES.contains(one) || PIECES.contains(one));
    let many = plain.strip_suffix("es").filter(|one| PLACES.contains(one) || PIECES.contains(one));
    one.or(many).unwrap_or(plain)
}
