//! From raw input to a validated, normalized profile, with all that is wrong with it at once.

mod account;
mod between;
mod consent;
mod dial;
mod family_first;
mod kept;
#[cfg(test)]
mod laws;
mod lenient;
#[cfg(test)]
mod mended;
#[cfg(test)]
mod refusals;
mod standing;
mod strict;
#[cfg(test)]
pub(in crate::leads) mod tests;
#[cfg(test)]
mod value_tests;
mod vehicles;

use std::{borrow::Cow, collections::BTreeSet};

pub use between::is_part_of_name;

use serde_json::{Map, Value};

use super::{
    CommandFields, CustomFieldDef, FieldDef, FieldValue, Profile, Target,
    headers::target_for,
    structured::keepable,
    values::{self, Flaw},
};
use crate::{
    choices,
    cleansing::{Mended, Rule, rule_of, rule_of_custom},
    fault::{Fault, escape_pointer},
    precedence,
    text::{clean_line, country, writes_dots},
};

/// The longest notes, in characters.
const LONGEST_NOTES: usize = 10_000;

/// What a caller, a form or a row of a file says about a lead.
pub type RawLead = Map<String, Value>;

choices! {
    /// How much is forgiven.
    Mode {
        /// Programs: JSON types must fit, unknown fields are refused.
        Strict = "strict",
        /// Forms and files: everything may be text, headings are understood, what does not fit is kept aside.
        Lenient = "lenient",
    }
}

choices! {
    /// Whether a lead is being made or changed.
    Occasion {
        /// Made.
        Create = "create",
        /// Changed: absent keeps, `null` clears.
        Change = "change",
    }
}

/// What reading depends on besides the input.
#[derive(Clone, Copy, Debug)]
pub struct InputRules<'a> {
    /// How much is forgiven.
    pub mode: Mode,
    /// Whether a lead is made or changed.
    pub occasion: Occasion,
    /// ISO 3166-1 alpha-2: phone numbers without a country code and ambiguous dates are read as of here.
    pub default_region: &'a str,
    /// The country that the input itself names, if it does: phone numbers that are none of the region are read as of there.
    pub country: Option<&'static str>,
    /// ISO 4217: amounts without a currency are in it.
    pub base_currency: &'a str,
    /// The organization's custom fields.
    pub custom: &'a [CustomFieldDef],
}

impl InputRules<'_> {
    /// The same for an input that names a country.
    fn of_country(&self, written: Option<&Value>) -> Self {
        Self { country: written.and_then(Value::as_str).and_then(country), ..*self }
    }

    /// Whether people write a dot between thousands: in the organization's region, or where the input says it is from.
    pub fn writes_dots(&self) -> bool {
        writes_dots(self.default_region) || self.country.is_some_and(writes_dots)
    }

    /// Whether 3/4 is the fourth of March.
    pub fn month_first(&self) -> bool {
        matches!(self.default_region, "US" | "PH" | "PR" | "GU" | "FM" | "MH" | "PW")
    }
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The fields, normalized; derived ones included.
    pub profile: Profile,
    /// The fields that were given with a value.
    pub given: BTreeSet<&'static str>,
    /// The fields that were given as `null` or blank.
    pub cleared: BTreeSet<&'static str>,
    /// Members of `custom`, `external_ids` and `consent` that were given as `null`.
    pub cleared_members: BTreeSet<(&'static str, String)>,
    /// The wishes that are not fields of the profile.
    pub command: CommandFields,
    /// What is wrong; anything here refuses the input.
    pub faults: Vec<Fault>,
    /// What was mended or set aside.
    pub warnings: Vec<Fault>,
    /// What is not known, and what did not fit, as it came.
    pub unknown: Map<String, Value>,
    /// Values that are not kept as they came.
    pub mended: Vec<Mended>,
}

/// Reads what is said about a lead. Whether enough is said is for [`super::missing`] to tell.
pub fn parse(raw: &RawLead, rules: &InputRules<'_>) -> Parsed {
    match rules.mode {
        Mode::Strict => strict::parse(raw, &rules.of_country(raw.get("country"))).derived(),
        Mode::Lenient => {
            let targets: Vec<Option<Target>> = raw.keys().map(|name| target_for(name, rules.custom)).collect();
            let inputs =
                raw.iter().zip(&targets).map(|((name, value), target)| (name.as_str(), target.as_ref(), value));
            parse_mapped(inputs, rules)
        }
    }
}

/// One input: its heading, what it stands for, what it says.
type Input<'a> = (&'a str, Option<&'a Target>, &'a Value);

/// Reads inputs whose headings were resolved before, once for all rows of a file: heading, what it stands for, value.
/// What stands for nothing is set aside. Always as forgiving as [`Mode::Lenient`].
pub fn parse_mapped<'a>(inputs: impl IntoIterator<Item = Input<'a>>, rules: &InputRules<'_>) -> Parsed {
    guessed(inputs.into_iter().collect(), |_| false, rules)
}

/// The same where each input comes with whether somebody has said what it stands for: the whole name is the person's then,
/// whatever its heading is and whatever stands beside it.
pub fn parse_as_said<'a>(inputs: impl IntoIterator<Item = (Input<'a>, bool)>, rules: &InputRules<'_>) -> Parsed {
    let (inputs, said): (Vec<_>, Vec<_>) = inputs.into_iter().unzip();
    guessed(inputs, |place| said[place], rules)
}

fn guessed(mut inputs: Vec<Input<'_>>, is_said: impl Fn(usize) -> bool, rules: &InputRules<'_>) -> Parsed {
    let not_the_person = account::not_the_person(&inputs).filter(|(place, _)| !is_said(*place));
    if let Some((place, instead)) = not_the_person {
        inputs[place].1 = instead;
    }
    understood(inputs, rules)
}

fn understood(inputs: Vec<Input<'_>>, rules: &InputRules<'_>) -> Parsed {
    let countries = inputs.iter().filter(|(_, target, _)| *target == Some(&Target::Field("country")));
    let named = countries.map(|(name, _, value)| (*name, *value)).find(|(_, value)| !lenient::is_blank(value));
    let mut rules = InputRules { mode: Mode::Lenient, ..*rules }.of_country(named.map(|(_, value)| value));
    rules.country = rules.country.or_else(|| named.and_then(|(name, value)| country(vehicles::country(name, value)?)));
    let joined = dial::joined(&inputs, rules.default_region);
    let inputs = match &joined {
        Some(joined) => joined.within(inputs),
        None => inputs,
    };
    let named = between::joined(&inputs);
    let inputs = match &named {
        Some(named) => named.within(inputs),
        None => inputs,
    };
    let mut parsed = lenient::parse(inputs.clone(), &rules);
    // A row of an export that has the name and both its parts has them as they were.
    let has = |name| inputs.iter().any(|(_, target, _)| *target == Some(&Target::Field(name)));
    if parsed.command.kept.is_to_the_letter() && NAMES.iter().all(|name| has(*name)) {
        return parsed.with_seniority();
    }
    if parsed.profile.contact_name.is_none() {
        parsed.profile.split_off_last_name();
    }
    family_first::split(&mut parsed, inputs.into_iter());
    parsed.derived()
}

/// A name and its parts.
const NAMES: [&str; 3] = ["contact_name", "first_name", "last_name"];

impl Parsed {
    /// With what follows from what was given. A blank part of a name says nothing beside a whole one: many forms send all
    /// three.
    fn derived(mut self) -> Self {
        self.profile.derive(&self.given);
        self
    }

    fn with_seniority(mut self) -> Self {
        self.profile.derive_seniority();
        self
    }

    /// Reads a field into the profile; hands back what is wrong with it.
    fn field(&mut self, field: &'static FieldDef, value: &Value, rules: &InputRules<'_>) -> Result<(), Vec<Flaw>> {
        self.null_members(field.name, value);
        match values::read(field, value, rules)? {
            Some(read) => self.keep(field, read, value),
            // An object without members, or with `null` ones only, clears nothing else.
            None if value.is_object() => {}
            None => drop(self.cleared.insert(field.name)),
        }
        Ok(())
    }

    /// Puts a value that was read into the profile, with the form in which it was given.
    fn keep(&mut self, field: &'static FieldDef, read: FieldValue, written: &Value) {
        if let Some(rule) = rule_of(field.kind, written, &read) {
            self.mended.push(Mended { field: field.name.into(), from: written.clone(), rule });
        }
        self.profile.put(field.name, read);
        self.given.insert(field.name);
        self.cleared.remove(field.name);
        match field.name {
            "email" => self.profile.email_given = as_given(written),
            "phone" => self.profile.phone_given = as_given(written),
            "seniority" => self.profile.seniority_given = true,
            _ => {}
        }
    }

    /// Remembers the `null` members of objects whose members change one by one.
    fn null_members(&mut self, name: &'static str, value: &Value) {
        if let ("custom" | "external_ids" | "consent", Value::Object(members)) = (name, value) {
            let nulls = members.iter().filter(|(_, value)| value.is_null());
            self.cleared_members.extend(nulls.map(|(key, _)| (name, clean_line(key))));
        }
    }

    /// Reads one custom field.
    fn custom(&mut self, key: &str, written: &Value, rules: &InputRules<'_>) -> Result<(), crate::text::Complaint> {
        let Some(def) = rules.custom.iter().find(|def| def.key == key && def.active) else {
            let near =
                crate::fault::nearest(key, rules.custom.iter().filter(|def| def.active).map(|def| def.key.as_str()));
            let detail = "There is no active custom field with this key; GET /custom-fields lists them, and PATCH makes one active again";
            return Err(crate::text::Complaint::new("unknown_field", detail).suggesting(near));
        };
        match super::custom_values::read(def, written, rules)? {
            Some(value) => {
                if let Some(rule) = rule_of_custom(def.kind, written, &value) {
                    self.mended.push(Mended { field: format!("custom.{key}").into(), from: written.clone(), rule });
                }
                self.profile.custom.insert(key.to_owned(), value);
                self.given.insert("custom");
            }
            None => drop(self.cleared_members.insert(("custom", key.to_owned()))),
        }
        Ok(())
    }

    /// Tells that a text was tidied up before it was read: what came is how it was written.
    fn tidied(&mut self, field: &'static str, written: &Value) {
        match self.mended.iter_mut().find(|one| one.field == field) {
            Some(one) => one.from = written.clone(),
            None if self.given.contains(field) => {
                self.mended.push(Mended { field: field.into(), from: written.clone(), rule: Rule::Spaces });
            }
            None => {}
        }
    }

    /// Writes a text that was read in another case.
    fn recase(&mut self, field: &'static str, recased: String) {
        match self.mended.iter_mut().find(|one| one.field == field) {
            Some(one) => one.rule = Rule::Case,
            None => {
                let from = self.profile.json(field);
                self.mended.push(Mended { field: field.into(), from, rule: Rule::Case });
            }
        }
        self.profile.put(field, FieldValue::Text(recased));
    }

    /// Tells that a day was put in order before it was read: what came is how it was written.
    pub fn came_as(&mut self, field: Cow<'static, str>, read: &Value, written: &Value) {
        match self.mended.iter_mut().find(|one| one.field == field) {
            Some(one) if one.from == *read => one.from = written.clone(),
            Some(_) => {}
            None if precedence::value(&self.profile, &field) == *read => {
                self.mended.push(Mended { field, from: written.clone(), rule: Rule::Date });
            }
            None => {}
        }
    }

    /// Adds lines to the notes, as many as fit.
    pub fn append_to_notes(&mut self, lines: impl IntoIterator<Item = String>) {
        let mut notes = self.profile.notes.take().unwrap_or_default();
        let before = notes.len();
        for line in lines {
            // An export that is sent back has the line already.
            if has_line(&notes[..before], &line) {
                continue;
            }
            if !notes.is_empty() {
                notes.push('\n');
            }
            notes.push_str(&line);
            // No letter takes more than four bytes: no further one would fit.
            if notes.len() > 4 * LONGEST_NOTES {
                break;
            }
        }
        if notes.chars().count() > LONGEST_NOTES {
            notes = notes.chars().take(LONGEST_NOTES).collect();
            let detail = format!("The notes are full ({LONGEST_NOTES} characters); the end was left out.");
            self.warnings.push(Fault::in_field("notes", "too_long", detail));
        }
        self.given.insert("notes");
        self.profile.put("notes", FieldValue::Text(notes));
    }

    /// Keeps a value aside.
    fn set_aside(&mut self, name: &str, value: &Value) {
        self.unknown.insert(clean_line(name), keepable(value));
    }
}

/// Whether a text has a line, or several one behind the other.
fn has_line(text: &str, line: &str) -> bool {
    let ends = |at: usize| text.as_bytes().get(at).is_none_or(|byte| *byte == b'\n');
    let found = |(at, _): (usize, &str)| at.checked_sub(1).is_none_or(ends) && ends(at + line.len());
    !line.is_empty() && text.match_indices(line).any(found)
}

/// The pointer of a top-level member.
fn pointer(name: &str) -> String {
    format!("#/{}", escape_pointer(name))
}

/// The form in which something was given, as far as a line of 320 characters holds it.
fn as_given(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => clean_line(text),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(text.chars().take(320).collect())
}
