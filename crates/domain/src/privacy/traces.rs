//! By what somebody is found in texts that nobody has read yet: rejected rows, posts, previews.

use std::collections::BTreeSet;

use serde_json::Value;

use super::reading::{Text, Told};
use crate::{
    ids::LeadId,
    leads::Profile,
    text::{company_key, email_key, fold, is_email},
};

/// How many digits at the end of a phone number are enough: prefixes are written in many ways.
const DIGITS: usize = 9;
/// Shorter numbers and ids occur everywhere.
const SHORTEST: usize = 6;

/// What tells a person from others. A name alone does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    emails: BTreeSet<String>,
    phones: BTreeSet<String>,
    ids: BTreeSet<String>,
    names: BTreeSet<(BTreeSet<String>, BTreeSet<String>)>,
}

impl Traces {
    /// Nobody's.
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what is known of a person.
    pub fn add(&mut self, profile: &Profile) {
        for email in profile.email.iter().chain(&profile.email_given) {
            self.add_email(email);
        }
        for phone in profile.phone.iter().chain(&profile.phone_given) {
            self.add_phone(phone);
        }
        let long = |id: &&String| id.chars().count() >= SHORTEST;
        self.ids.extend(profile.external_ids.values().filter(long).map(|id| fold(id)));
        // A company that is called by its own name is nobody whom texts could name.
        let name = profile.contact_name.as_deref().filter(|_| !profile.is_named_after_company());
        let name = words(name.unwrap_or_default());
        let company = words(&profile.company_name.as_deref().map(company_key).unwrap_or_default());
        if name.len() > 1 {
            self.names.insert((name, company));
        }
    }

    /// Adds a lead: a row of an export that has its id is of the person.
    pub fn add_lead(&mut self, lead: LeadId) {
        self.ids.insert(lead.to_string());
    }

    /// Adds an e-mail address.
    pub fn add_email(&mut self, email: &str) {
        if email.contains('@') {
            self.emails.extend([fold(email), fold(&email_key(email))]);
        }
    }

    /// Adds a phone number.
    pub fn add_phone(&mut self, phone: &str) {
        let digits = digits(phone);
        if digits.len() >= SHORTEST {
            self.phones.insert(digits[digits.len().saturating_sub(DIGITS)..].to_owned());
        }
    }

    /// Whether texts that belong together, such as the cells of a row, tell of the person.
    pub fn are_in<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        self.are_told(&Told::of(texts))
    }

    /// The same of texts in which more people are looked for.
    pub fn are_told(&self, told: &Told) -> bool {
        if told.texts.iter().any(|text| self.identifies(text)) {
            return true;
        }
        let mut names = self.names.iter().filter(|(_, company)| !company.is_empty()).peekable();
        // Whoever has another address is another, who bears the name and works there, too.
        if names.peek().is_none() || told.has_address() {
            return false;
        }
        let all = told.words();
        names.any(|(name, company)| name.is_subset(all) && company.is_subset(all))
    }

    /// Whether a JSON document tells of the person.
    pub fn are_in_json(&self, document: &Value) -> bool {
        self.are_told(&Told::of_json(document))
    }

    /// The document without the person: elements of `rows` that tell of them are left out, other texts that do are
    /// blank. `None` where there is nothing of them.
    pub fn taken_out_of(&self, document: &Value) -> Option<Value> {
        let without = self.without(document, false);
        (without != *document).then_some(without)
    }

    fn without(&self, value: &Value, rows: bool) -> Value {
        match value {
            Value::Array(items) if rows => items.iter().filter(|item| !self.are_in_json(item)).cloned().collect(),
            Value::Array(items) => items.iter().map(|item| self.without(item, false)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, member)| (name.clone(), self.without(member, name == "rows"))).collect()
            }
            Value::String(text) if self.are_in([text.as_str()]) || self.is_named_in(text) => "".into(),
            other => other.clone(),
        }
    }

    /// What somebody said of many leads, so that they were chosen, without the person: the words of a search, the values of
    /// a condition. `None` where there is nothing of them.
    pub fn taken_out_of_selection(&self, selection: &Value) -> Option<Value> {
        let mut without = selection.clone();
        let words = without.get("words").map(|words| {
            let mut texts = Vec::new();
            gather(words, &mut texts);
            texts
        });
        let words =
            words.filter(|words| words.iter().any(|word| self.is_meant_by(word)) || self.is_meant_by(&words.join(" ")));
        if words.is_some() {
            without["words"] = Value::Array(Vec::new());
        }
        if let Some(condition) = without.get_mut("condition") {
            self.blank_values(condition, false);
        }
        if without == *selection {
            return None;
        }
        // Whoever has not chosen yet must not choose by what is left.
        without["forgotten"] = true.into();
        Some(without)
    }

    fn blank_values(&self, condition: &mut Value, is_value: bool) {
        match condition {
            Value::String(text) if is_value && self.is_meant_by(text) => text.clear(),
            Value::Array(items) => items.iter_mut().for_each(|item| self.blank_values(item, is_value)),
            Value::Object(members) => {
                members.iter_mut().for_each(|(name, member)| self.blank_values(member, is_value || name == "value"))
            }
            _ => {}
        }
    }

    /// Whether somebody who wrote this to choose leads meant the person: by their name, or by a part of it alone.
    fn is_meant_by(&self, text: &str) -> bool {
        let all = words(text);
        let of_name = |(name, _): &(BTreeSet<String>, BTreeSet<String>)| name.is_subset(&all) || all.is_subset(name);
        self.identifies(&Text::of(text)) || (!all.is_empty() && self.names.iter().any(of_name))
    }

    /// Whether a text says who it is: by address, number, id or the whole name.
    pub(super) fn tell_whom(&self, text: &str) -> bool {
        self.identifies(&Text::of(text)) || self.is_named_in(text)
    }

    /// Whether a text has a part of the name that is more than an initial.
    pub(super) fn have_a_word_of(&self, text: &str) -> bool {
        let all = words(text);
        let mut of_names = self.names.iter().flat_map(|(name, _)| name);
        of_names.any(|word| word.chars().nth(1).is_some() && all.contains(word))
    }

    /// Whether these are leads of the person, and only such.
    pub fn are_of(&self, leads: &[LeadId]) -> bool {
        !leads.is_empty() && leads.iter().all(|lead| self.ids.contains(&lead.to_string()))
    }

    /// What is found in texts that are stored as they were normalized, wherever the person is named by more than a name.
    pub fn needles(&self) -> impl Iterator<Item = &str> {
        self.emails.iter().chain(&self.phones).chain(&self.ids).map(String::as_str)
    }

    /// What was to be done with leads, and the note on it, without the person: tags that name them go, and where it was about
    /// their leads alone, all that it says. `None` where there is nothing of them.
    pub fn taken_out_of_action(&self, action: &Value, about_them_alone: bool) -> Option<Value> {
        let mut without = action.clone();
        if let Some(note) = without.get_mut("note").filter(|note| note.is_string())
            && (about_them_alone || self.taken_out_of(note).is_some())
        {
            *note = Value::Null;
        }
        if let Some(Value::Array(tags)) = without.get_mut("tags") {
            let names = |tag: &Value| tag.as_str().is_some_and(|tag| self.tell_whom(tag));
            tags.retain(|tag| !about_them_alone && !names(tag));
        }
        (without != *action).then_some(without)
    }

    /// Whether a single sentence has the name: it is not known of which company it speaks.
    fn is_named_in(&self, text: &str) -> bool {
        let all = words(text);
        self.names.iter().any(|(name, _)| name.is_subset(&all))
    }

    fn identifies(&self, text: &Text) -> bool {
        self.emails.iter().any(|email| holds_address(&text.folded, email))
            || self.phones.iter().any(|phone| text.digits.contains(phone.as_str()))
            || self.ids.contains(&text.folded)
    }
}

pub(super) fn digits(text: &str) -> String {
    text.chars().filter_map(|c| c.to_digit(10)).filter_map(|digit| char::from_digit(digit, 10)).collect()
}

pub(super) fn words(text: &str) -> BTreeSet<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
}

/// Whether there is any e-mail address in a text.
pub(super) fn has_address(folded: &str) -> bool {
    folded.contains('@') && folded.split(|c: char| c.is_whitespace() || ",;<>()\"'=&".contains(c)).any(is_email)
}

/// Whether an address stands in a text, and is not the end or the beginning of a longer one.
fn holds_address(text: &str, address: &str) -> bool {
    text.match_indices(address).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let mut after = text[at + address.len()..].chars();
        let ends = match after.next() {
            Some('.') => after.next().is_none_or(|next| !next.is_alphanumeric()),
            Some(next) => !next.is_alphanumeric() && next != '-',
            None => true,
        };
        ends && before.is_none_or(|c| !c.is_alphanumeric() && !"._%+-".contains(c))
    })
}

/// The texts and numbers of a document.
pub(super) fn gather(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Number(number) => texts.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, texts)),
        Value::Object(members) => members.values().for_each(|member| gather(member, texts)),
        Value::Null | Value::Bool(_) => {}
    }
}
