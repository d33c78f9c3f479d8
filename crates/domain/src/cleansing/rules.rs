//! What was done to a value, told from what came and what was read.

use std::borrow::Cow;

use serde_json::Value;

use crate::{
    choices,
    leads::{CustomFieldKind, FieldKind, FieldValue, Profile},
    precedence,
    text::{clean_line, clean_lines},
};

choices! {
    /// What was done to a value on its way in.
    Rule {
        /// Spaces at its ends were left out.
        Trimmed = "trimmed",
        /// Spaces and line ends within it, characters that show nothing, and letters as web pages write them, were tidied up.
        Spaces = "spaces",
        /// It was all capitals or all small letters.
        Case = "case",
        /// It was longer than the field holds.
        Cut = "cut",
        /// Several texts became one.
        Joined = "joined",
        /// The address was written in small letters.
        EmailLowered = "email_lowered",
        /// The address was taken out of what stood around it.
        EmailExtracted = "email_extracted",
        /// The number was written as E.164.
        PhoneE164 = "phone_e164",
        /// The web address got the scheme that it lacked.
        SchemeAdded = "scheme_added",
        /// The web address was written in its usual form.
        UrlNormalized = "url_normalized",
        /// The country was written as its code (ISO 3166-1 alpha-2).
        CountryCode = "country_code",
        /// The language was written as its tag (BCP 47).
        LanguageTag = "language_tag",
        /// The time zone was written by its name (IANA).
        TimeZone = "time_zone",
        /// The day was written as `YYYY-MM-DD`.
        Date = "date",
        /// The number or range was read as people write it.
        Number = "number",
        /// The amount was read as people write it, and kept in minor units.
        Amount = "amount",
        /// A word that means one of those that the field takes.
        Word = "word",
        /// The list was taken apart, and what stood in it twice left out.
        List = "list",
    }
}

/// A value that is not kept as it came. What it is kept as, the profile says.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// The field; custom ones as `custom.<key>`.
    pub field: Cow<'static, str>,
    /// What came.
    pub from: Value,
    /// What was done; of several things the one that did most.
    pub rule: Rule,
}

/// A value that is not kept as it came, with what it is kept as.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Cleansed {
    /// The field; custom ones as `custom.<key>`.
    pub field: String,
    /// What came.
    pub from: Value,
    /// What is kept.
    pub to: Value,
    /// What was done.
    pub rule: Rule,
}

/// What was mended, beside what it became.
pub fn cleansed(mended: &[Mended], profile: &Profile) -> Vec<Cleansed> {
    let beside = |one: &Mended| Cleansed {
        field: one.field.clone().into_owned(),
        from: one.from.clone(),
        to: precedence::value(profile, &one.field),
        rule: one.rule,
    };
    mended.iter().map(beside).collect()
}

/// What was done to the address and the number of a lead, told from the forms in which they were given.
pub fn of_given(profile: &Profile) -> Vec<Cleansed> {
    let pairs = [
        ("email", FieldKind::Email, &profile.email_given, &profile.email),
        ("phone", FieldKind::Phone, &profile.phone_given, &profile.phone),
    ];
    let told = pairs.into_iter().filter_map(|(field, kind, given, kept)| {
        let (from, kept) = (Value::String(given.clone()?), kept.clone()?);
        let rule = rule_of(kind, &from, &FieldValue::Text(kept.clone()))?;
        Some(Cleansed { field: field.to_owned(), from, to: Value::String(kept), rule })
    });
    told.collect()
}

/// What was done to a value of a field. Nothing where it was read as it stood: that a file writes numbers as text changes
/// nothing. It costs a comparison where nothing was done.
pub(crate) fn rule_of(kind: FieldKind, written: &Value, read: &FieldValue) -> Option<Rule> {
    match read {
        FieldValue::Text(kept) => of_text(kind, written, kept),
        FieldValue::Texts(kept) => of_list(written, kept.iter().map(String::as_str)),
        FieldValue::Date(_) => (!is_iso_day(written)).then_some(Rule::Date),
        FieldValue::Decimal(number) => of_number(written, number.to_f64()),
        FieldValue::WholeRange(range) => {
            let as_it_stands = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) || text == range.to_string();
            written.as_str().filter(|text| !as_it_stands(text.trim())).map(|_| Rule::Number)
        }
        FieldValue::Money(_) => (!written.is_object()).then_some(Rule::Amount),
        FieldValue::Priority(word) => of_word(written, word.as_str()),
        FieldValue::Seniority(word) => of_word(written, word.as_str()),
        FieldValue::Relationship(word) => of_word(written, word.as_str()),
        _ => None,
    }
}

/// The same for a custom field, whose values are kept as JSON.
pub(crate) fn rule_of_custom(kind: CustomFieldKind, written: &Value, kept: &Value) -> Option<Rule> {
    match (kept, kind) {
        (Value::String(kept), CustomFieldKind::Url) => of_text(FieldKind::Url, written, kept),
        (Value::String(kept), CustomFieldKind::Date | CustomFieldKind::Datetime) => {
            written.as_str().filter(|text| text.trim() != kept).map(|_| Rule::Date)
        }
        (Value::String(kept), CustomFieldKind::SingleSelect) => of_word(written, kept),
        (Value::String(kept), _) => of_text(FieldKind::Text(usize::MAX), written, kept),
        (Value::Number(kept), _) => of_number(written, kept.as_f64()?),
        (Value::Bool(kept), _) => of_word(written, if *kept { "true" } else { "false" }),
        (Value::Array(kept), _) => of_list(written, kept.iter().filter_map(Value::as_str)),
        _ => None,
    }
}

fn of_text(kind: FieldKind, written: &Value, kept: &str) -> Option<Rule> {
    let text = match written {
        Value::String(text) => text.as_str(),
        Value::Array(_) => return Some(Rule::Joined),
        // The figures of a number are kept as they are, unless they are one to be called.
        _ => return (kind == FieldKind::Phone).then_some(Rule::PhoneE164),
    };
    if text == kept {
        return None;
    }
    let bare = text.trim();
    if bare == kept {
        return Some(Rule::Trimmed);
    }
    Some(match kind {
        FieldKind::Email if bare.eq_ignore_ascii_case(kept) || bare.to_lowercase() == kept => Rule::EmailLowered,
        FieldKind::Email => Rule::EmailExtracted,
        FieldKind::Phone => Rule::PhoneE164,
        FieldKind::Url if !bare.contains("://") => Rule::SchemeAdded,
        FieldKind::Url => Rule::UrlNormalized,
        FieldKind::Country => Rule::CountryCode,
        FieldKind::Language => Rule::LanguageTag,
        FieldKind::TimeZone => Rule::TimeZone,
        _ if clean_line(text) == kept || clean_lines(text) == kept => Rule::Spaces,
        _ => Rule::Cut,
    })
}

fn of_word(written: &Value, kept: &str) -> Option<Rule> {
    written.as_str().filter(|text| text.trim() != kept).map(|_| Rule::Word)
}

fn of_number(written: &Value, kept: f64) -> Option<Rule> {
    let text = written.as_str()?.trim();
    (text.parse() != Ok(kept)).then_some(Rule::Number)
}

fn of_list<'k>(written: &Value, kept: impl Iterator<Item = &'k str>) -> Option<Rule> {
    let same = match written {
        Value::Array(items) => items.iter().map(|item| item.as_str().unwrap_or_default()).eq(kept),
        Value::String(text) => text.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty()).eq(kept),
        _ => true,
    };
    (!same).then_some(Rule::List)
}

/// Whether it is `YYYY-MM-DD`: what was read as a day and looks so, is it.
fn is_iso_day(written: &Value) -> bool {
    let Some(text) = written.as_str().map(str::trim) else { return false };
    text.len() == 10 && [4, 7].iter().all(|at| text.as_bytes().get(*at) == Some(&b'-'))
}
