//! What a member of a post is by what stands beside it: the `name` below `form` is the form's, but the person's where their
//! address stands there too.

use std::collections::HashSet;

use super::{
    VAGUE, WRAPPERS,
    parties::{self, is_of_a_party},
};
use crate::{
    leads::{CustomFieldDef, Target, is_of_a_person, target_for},
    text::fold_label,
};

/// What is a record or a party with a name or title of its own, unless somebody is in it who can be reached.
const RECORDS: &[&str] = &["form", "submission", "response", "payload", "record", "entry", "client", "sender"];
/// Records whose title is never that of a person.
const TITLED: &[&str] = &["form", "submission", "response"];
/// Members that hold the inputs of a form, one by one.
pub(super) const LISTS: &[&str] =
    &["fields", "formfields", "answers", "inputs", "questions", "responses", "submissions", "customfields"];

/// The longest name that is taken apart, in bytes.
const LONGEST: usize = 500;

/// The names of all inputs, as far as they tell what others are.
#[derive(Default)]
pub(super) struct Around {
    /// Records in which an e-mail address or a phone number stands.
    reachable: HashSet<String>,
    /// Where the name or id of a form stands; the whole post has no name.
    formed: HashSet<String>,
    /// Where it is told when something was made, or on which site.
    recorded: HashSet<String>,
    /// Locations with an id of their own.
    offices: HashSet<String>,
    /// Where it is told of the account that sends in which time zone its company is.
    accounts: HashSet<String>,
    /// Whether a vendor, a supplier or the like is whoever filled the form.
    pub(super) applies: bool,
}

impl Around {
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut around = Self::default();
        for name in names {
            let (parents, leaf) = parted(name).unwrap_or(("", name));
            let of_record = RECORDS.contains(&word(nearest(parents)).as_str());
            let is_contact = || matches!(target_for(leaf, &[]), Some(Target::Field("email" | "phone")));
            let places = match word(leaf).as_str() {
                "formname" | "formid" => &mut around.formed,
                "siteurl" | "createdat" => &mut around.recorded,
                "companytimezone" => &mut around.accounts,
                "id" if word(nearest(parents)) == "location" => &mut around.offices,
                _ if of_record && is_contact() => &mut around.reachable,
                _ => continue,
            };
            places.insert(parents.to_owned());
        }
        around
    }

    /// Whether a member is called like something of the person, but belongs to the form, the site or the record.
    fn is_not_the_persons(&self, name: &str) -> bool {
        let (parents, own) = parted(name).unwrap_or(("", name));
        let (whose, leaf) = (nearest(parents), word(own));
        let record = word(whose);
        // What is told of an element of XML, and not in it.
        if matches!(whose, "$" | "_attributes") || (!parents.is_empty() && own.starts_with('@')) {
            return true;
        }
        let is_formed = self.formed.contains(parents);
        match leaf.as_str() {
            "title" if TITLED.contains(&record.as_str()) => true,
            "title" if is_formed && self.recorded.contains(parents) => true,
            "siteurl" if is_formed => true,
            // The page on which somebody became one.
            "leadurl" => true,
            "companyname" | "companytimezone" if self.accounts.contains(parents) => true,
            // `fields[email][title]` is what the page calls the input.
            "title" | "label" | "type" | "id" if is_one_of_list(parents) && target_for(whose, &[]).is_some() => true,
            "name" | "title" | "url" | "description" if RECORDS.contains(&record.as_str()) => {
                !self.reachable.contains(parents)
            }
            _ => record == "location" && self.offices.contains(parents),
        }
    }

    /// What an input stands for by its name; a nested one by its whole name, or else by its last part where that says
    /// enough.
    pub(super) fn named(&self, name: &str, custom: &[CustomFieldDef]) -> Option<Target> {
        if self.is_not_the_persons(name) {
            return None;
        }
        let is_the_leads = |target: &Target| match parted(name) {
            // The `name` of an inquiry is that of whoever makes it, and no message.
            Some((_, leaf)) if *target == Target::Field("notes") => word(leaf) != "name",
            Some((parents, _)) => !self.is_others(parents, target),
            None => true,
        };
        self.by_name(name, custom).filter(is_the_leads)
    }

    /// Whether what stands below this path is somebody else's.
    pub(super) fn is_others(&self, path: &str, target: &Target) -> bool {
        parties::is_others(path, target, self.applies)
    }

    fn by_name(&self, name: &str, custom: &[CustomFieldDef]) -> Option<Target> {
        let Some((parents, leaf)) = name.rsplit_once('.').filter(|_| !name.starts_with("custom.")) else {
            return target_for(name, custom)
                .or_else(|| part_by_number(name))
                .or_else(|| of_divi(name))
                .or_else(|| real_name(name))
                .or_else(|| of_sender(name))
                .or_else(|| subject(name))
                .or_else(|| self.in_brackets(name, custom));
        };
        let parent = parents.rsplit('.').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
        let parent = if word(parent) == "org" { "organization" } else { parent };
        let lower = leaf.trim().to_lowercase();
        // What is one of a list belongs to something of which there are many.
        let wrapped = parents.ends_with(parent) && WRAPPERS.contains(&parent.trim().to_lowercase().as_str());
        let says_enough = !VAGUE.contains(&lower.as_str()) || wrapped;
        // `external_ids.crm` is one name.
        if lower.is_empty() || name.to_lowercase().starts_with("external_ids.") {
            return target_for(name, custom);
        }
        target_for(&format!("{parent} {leaf}"), custom)
            .or_else(|| target_for(leaf, custom).filter(|_| says_enough))
            .or_else(|| of_sender(leaf))
            .or_else(|| of_tracking(parents, leaf))
            .or_else(|| real_name(leaf))
            .or_else(|| (word(leaf) == "regioncode").then_some(Target::Field("region")))
            .or_else(|| subject(leaf).filter(|_| wrapped || MESSAGES.contains(&word(parent).as_str())))
    }

    /// What is in brackets as if it stood in objects: `inquiry[email]` is read like `inquiry.email`.
    fn in_brackets(&self, name: &str, custom: &[CustomFieldDef]) -> Option<Target> {
        if !name.contains('[') || name.starts_with("custom[") || name.len() > LONGEST {
            return None;
        }
        let dotted: Vec<&str> = parts(name).filter(|part| !part.is_empty()).collect();
        if dotted.len() > 1 { self.named(&dotted.join("."), custom) } else { None }
    }
}

/// `et_pb_contact_name_0`: an input of the first, second … form of a page of Divi.
fn of_divi(name: &str) -> Option<Target> {
    let (input, _) = name.strip_prefix("et_pb_contact_")?.rsplit_once('_').filter(|(_, number)| is_number(number))?;
    target_for(input, &[])
}

/// What somebody is really called, beside the name by which they are known on some site.
fn real_name(name: &str) -> Option<Target> {
    (word(name) == "realname").then_some(Target::Field("contact_name"))
}

/// What holds what somebody wrote: its subject is theirs, while that of a mail or a campaign is not.
const MESSAGES: &[&str] = &["enquiry", "inquiry", "jform", "ticket"];

/// What a message is about, where somebody typed it: builders of forms begin names with `_` that they fill in themselves.
fn subject(name: &str) -> Option<Target> {
    let is_one = matches!(
        word(name).as_str(),
        "subject"
            | "contactsubject"
            | "messagesubject"
            | "betreff"
            | "asunto"
            | "assunto"
            | "oggetto"
            | "onderwerp"
            | "temat"
    );
    (is_one && !name.starts_with('_')).then_some(Target::Field("notes"))
}

/// `SENDER_NAME`, `QUERY_MESSAGE`: whoever wrote to a market place, and what they asked for; `contact_company_name` beside the
/// `account` that sends.
fn of_sender(name: &str) -> Option<Target> {
    let (front, rest) = name.split_once('_')?;
    let front = front.to_ascii_lowercase();
    // `LEAD_COMPANY_TITLE` of Bitrix.
    let rest = if front == "lead" && rest.eq_ignore_ascii_case("company_title") { "company_name" } else { rest };
    let found = target_for(rest, &[])?;
    let fits = match front.as_str() {
        "sender" => is_of_a_person(&found) || is_of_a_party(&found),
        "query" => found == Target::Field("notes"),
        "contact" | "lead" => found == Target::Field("company_name"),
        _ => false,
    };
    fits.then_some(found)
}

/// `context.campaign.source`, `traits.title`: as Segment and all who follow its words call them.
fn of_tracking(parents: &str, leaf: &str) -> Option<Target> {
    let mut above = parents.rsplit('.').map(word);
    let (parent, before) = (above.next()?, above.next().unwrap_or_default());
    Some(match (before.as_str(), parent.as_str(), leaf) {
        ("context", "campaign", "source") => Target::Touch("utm_source"),
        ("context", "campaign", "term") => Target::Touch("utm_term"),
        ("context", "campaign", "content") => Target::Touch("utm_content"),
        (_, "traits", "title") => Target::Field("job_title"),
        _ => return None,
    })
}

/// `name-1-first-name`, `address-1-city`: a part of the first name or address that a form asks for.
fn part_by_number(name: &str) -> Option<Target> {
    let (whole, rest) = name.split_once('-')?;
    let (_, part) = rest.split_once('-').filter(|(number, _)| is_number(number))?;
    let found = target_for(part, &[])?;
    let fits = match whole {
        "name" => matches!(found, Target::Field("first_name" | "last_name")),
        "address" => matches!(found, Target::Field("city" | "region" | "postal_code" | "country")),
        _ => false,
    };
    fits.then_some(found)
}

/// What stands before the last dot or bracket of a name, and what behind it.
pub(super) fn parted(name: &str) -> Option<(&str, &str)> {
    let (parents, leaf) = name.rsplit_once(['.', '[']).filter(|_| name.len() <= LONGEST)?;
    let leaf = leaf.trim_end_matches(']');
    (!parents.is_empty() && !leaf.is_empty()).then_some((parents, leaf))
}

/// The parts of a name with dots or brackets.
pub(super) fn parts(name: &str) -> impl DoubleEndedIterator<Item = &str> {
    name.split(['.', '[']).map(|part| part.trim_end_matches(']'))
}

pub(super) fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// The last part that is no number.
pub(super) fn nearest(parents: &str) -> &str {
    parts(parents).rev().find(|part| !is_number(part)).unwrap_or_default()
}

/// Whether it is one of a form's inputs.
pub(super) fn is_one_of_list(name: &str) -> bool {
    parted(name).is_some_and(|(parents, _)| LISTS.contains(&word(nearest(parents)).as_str()))
}

/// A part of a name without case, spaces and marks.
pub(super) fn word(part: &str) -> String {
    fold_label(part).chars().filter(|c| c.is_alphanumeric()).collect()
}
