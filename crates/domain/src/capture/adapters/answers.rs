//! Which of our names an answer gets: the form's mapping, the words that everybody understands, what kind of question it was.

use serde_json::Value;

use super::{
    Delivery,
    look::{said, text},
    whose,
};
use crate::{
    capture::FormSettings,
    leads::{CustomFieldDef, RawLead, Target, target_for},
    text::{clean_line, fold, fold_label},
};

/// The longest name under which an answer is kept.
const LONGEST_NAME: usize = 200;

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What the question is called there, the most telling name first: a reference, an id, the question itself.
    pub names: Vec<String>,
    /// The field of a lead that this kind of question is for, where the other system says so.
    pub kind: Option<&'static str>,
    /// What was answered.
    pub value: Value,
    /// Whether it is somebody else's, or nothing that should be believed: only the form's mapping makes it the lead's.
    pub aside: bool,
}

impl Delivery {
    /// Adds an answer, unless it says nothing.
    pub(super) fn answer<'n>(
        &mut self,
        names: impl IntoIterator<Item = &'n str>,
        kind: Option<&'static str>,
        value: &Value,
    ) {
        let Some(value) = said(value) else { return };
        let names: Vec<String> = names.into_iter().map(clean_line).filter(|name| !name.is_empty()).collect();
        if !names.is_empty() {
            self.answers.push(Answer { names, kind, value, aside: false });
        }
    }

    /// Adds an answer that only the form's mapping makes the lead's.
    pub(super) fn keep_aside<'n>(&mut self, names: impl IntoIterator<Item = &'n str>, value: &Value) {
        let known = self.answers.len();
        self.answer(names, None, value);
        self.answers.iter_mut().skip(known).for_each(|answer| answer.aside = true);
    }

    /// Adds what fills a field of ours, unless it says nothing.
    pub(super) fn fill(&mut self, field: &'static str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.answer([field], None, &value.into());
        }
    }

    /// Whether some answer stands under this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.answers.iter().any(|answer| answer.names.iter().any(|known| known == name))
    }

    /// The fields as a form would have brought them, each under one name.
    pub fn fields(&self, settings: &FormSettings, custom: &[CustomFieldDef]) -> RawLead {
        let mut fields = RawLead::new();
        let mut left: Vec<&Answer> = Vec::new();
        for answer in &self.answers {
            match mapped(answer, settings) {
                Some(name) => put(&mut fields, name, answer),
                None => left.push(answer),
            }
        }
        let (understood, others): (Vec<_>, Vec<_>) =
            left.into_iter().map(|answer| (answer, understood(answer, custom))).partition(|(_, name)| name.is_some());
        let mut notes: Option<String> = None;
        for (answer, name) in understood {
            let name = name.unwrap_or_default();
            // A subject and a message are both worth reading.
            match notes.as_ref().filter(|_| fills(&name, custom) == Some("notes")) {
                Some(first) => append(&mut fields, first, answer),
                None => put(&mut fields, &name, answer),
            }
            if notes.is_none() && fills(&name, custom) == Some("notes") {
                notes = Some(name);
            }
        }
        for (answer, _) in others {
            let there = |kind: &str| fields.keys().any(|name| fills(name, custom) == Some(kind));
            match answer.kind.filter(|kind| !there(kind) && is_the_leads_own(answer, kind)) {
                Some(kind) => put(&mut fields, kind, answer),
                None => put(&mut fields, &unread(answer, custom), answer),
            }
        }
        fields
    }
}

/// Whether a question of this kind asks for what the lead has: not for the address of a friend, nor for a website where a
/// profile or a video is asked for.
fn is_the_leads_own(answer: &Answer, kind: &str) -> bool {
    let others = answer.aside || answer.names.iter().any(|name| whose::is_of_others(name));
    !others && (kind != "website" || !is_elsewhere(answer))
}

/// Words in questions for addresses that are no website of the lead's own.
const ELSEWHERE: &[&str] = &[
    "cv",
    "facebook",
    "github",
    "instagram",
    "lebenslauf",
    "linkedin",
    "pinterest",
    "portfolio",
    "portfolios",
    "profil",
    "profile",
    "profiles",
    "resume",
    "social",
    "socials",
    "tiktok",
    "twitter",
    "video",
    "videos",
    "vimeo",
    "xing",
    "youtube",
];
/// Where people have profiles, videos and files.
const HOSTS: &[&str] = &[
    "behance.net",
    "docs.google.com",
    "dribbble.com",
    "drive.google.com",
    "dropbox.com",
    "facebook.com",
    "fb.com",
    "github.com",
    "instagram.com",
    "linkedin.com",
    "linktr.ee",
    "loom.com",
    "pinterest.com",
    "t.me",
    "tiktok.com",
    "twitter.com",
    "vimeo.com",
    "wa.me",
    "x.com",
    "xing.com",
    "youtu.be",
    "youtube.com",
];

/// Whether an address is that of a profile, a video or a file somewhere else.
fn is_elsewhere(answer: &Answer) -> bool {
    let asks =
        |name: &String| fold_label(name).split(|c: char| !c.is_alphanumeric()).any(|word| ELSEWHERE.contains(&word));
    let written = text(&answer.value).unwrap_or_default().to_lowercase();
    let behind = written.split_once("://").map_or(written.as_str(), |(_, behind)| behind);
    let host = behind.split(['/', '?', '#']).next().unwrap_or_default();
    let is_at = |known: &str| host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    answer.names.iter().any(asks) || HOSTS.iter().any(|known| is_at(known))
}

/// The name that the form's mapping knows, whatever its case.
fn mapped<'s>(answer: &Answer, settings: &'s FormSettings) -> Option<&'s str> {
    let mapping = &settings.field_mapping;
    let exact = answer.names.iter().find_map(|name| mapping.get_key_value(name.as_str()));
    let alike = || {
        let folded: Vec<String> = answer.names.iter().map(|name| fold(name)).collect();
        mapping.iter().find(|(known, _)| folded.contains(&fold(known)))
    };
    exact.or_else(alike).map(|(name, _)| name.as_str())
}

/// The field that a name fills, if it is one.
fn fills(name: &str, custom: &[CustomFieldDef]) -> Option<&'static str> {
    match target_for(name, custom) {
        Some(Target::Field(field)) => Some(field),
        _ => None,
    }
}

/// The first name of an answer that everybody understands, as long as the kind of question does not speak against it: a
/// question of type e-mail called `Contact` asks for no name.
fn understood(answer: &Answer, custom: &[CustomFieldDef]) -> Option<String> {
    if answer.aside {
        return None;
    }
    let agrees = |target: &Target| match (answer.kind, target) {
        (Some(kind @ ("email" | "phone")), Target::Field(field)) => kind == *field,
        (Some("email" | "phone"), target) => matches!(target, Target::Custom(_) | Target::ExternalId(_)),
        _ => true,
    };
    let by_name = |name: &String| target_for(name, custom).filter(agrees).map(|_| name.clone());
    let mut names = answer.names.iter().filter(|name| answer.names.len() == 1 || !is_number_of_a_question(name));
    names.find_map(by_name)
}

/// `QUESTION_1` is called like a message, and says nothing beside the question itself.
fn is_number_of_a_question(name: &str) -> bool {
    let called = name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("question"));
    let number = name.get(8..).filter(|_| called).map(|rest| rest.trim_start_matches('_'));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A name under which an answer is kept with the submission and fills nothing.
fn unread(answer: &Answer, custom: &[CustomFieldDef]) -> String {
    // The last name is the one that people read.
    let name = answer.names.last().map(String::as_str).unwrap_or_default();
    let name: String = name.chars().take(LONGEST_NAME).collect();
    // A path would be looked into once more.
    let name = if answer.aside && name.contains(char::is_alphabetic) {
        name.replace(['.', '['], " ").replace(']', "")
    } else {
        name
    };
    if target_for(&name, custom).is_none() { name } else { format!("answer to {name}") }
}

/// Adds an answer to one that is there already.
fn append(fields: &mut RawLead, name: &str, answer: &Answer) {
    let said = [fields.get(name).and_then(text), text(&answer.value)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    fields.insert(name.to_owned(), Value::String(said.join("\n")));
}

/// Puts an answer under a name of its own: of two with one name, the second is numbered.
fn put(fields: &mut RawLead, name: &str, answer: &Answer) {
    let name: String = name.chars().take(LONGEST_NAME).collect();
    let name = if fields.contains_key(&name) { numbered(fields, &name) } else { name };
    fields.insert(name, answer.value.clone());
}

/// The name with a number that is free, found in few steps: a post may have thousands of one name.
fn numbered(fields: &RawLead, name: &str) -> String {
    let with = |number: usize| format!("{name} {number}");
    let (mut taken, mut free) = (1, 2);
    while fields.contains_key(&with(free)) {
        (taken, free) = (free, free.saturating_mul(2));
    }
    while free - taken > 1 {
        let between = taken + (free - taken) / 2;
        if fields.contains_key(&with(between)) {
            taken = between;
        } else {
            free = between;
        }
    }
    with(free)
}
