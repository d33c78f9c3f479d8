//! Reading one JSON value as what a field takes.

use serde_json::Value;

use super::{
    FieldDef, FieldKind, FieldValue, Priority, Relationship, Seniority,
    input::{InputRules, Mode},
    structured, words,
};
use crate::{
    fault::nearest,
    quantity::{Decimal, WholeRange},
    text::{self, Complaint, clean_line, clean_lines, fold},
};

/// A fault of a value, below the field's own pointer.
#[derive(Debug)]
pub(super) struct Flaw {
    /// Where below the field: empty or `/email/at`.
    pub path: String,
    /// What is wrong.
    pub complaint: Complaint,
    /// What can be kept of it where faults are only warnings.
    pub kept: Option<FieldValue>,
}

impl From<Complaint> for Flaw {
    fn from(complaint: Complaint) -> Self {
        Self { path: String::new(), complaint, kept: None }
    }
}

/// A value, nothing, or all that is wrong with it.
pub(super) type Reading = Result<Option<FieldValue>, Vec<Flaw>>;

/// Reads the value of a field. Blank text is nothing.
pub(super) fn read(field: &FieldDef, value: &Value, rules: &InputRules<'_>) -> Reading {
    match field.kind {
        FieldKind::Text(limit) | FieldKind::Label(limit) => limited_text(field, value, limit, rules),
        FieldKind::Labels | FieldKind::Tags => structured::texts(value, rules),
        FieldKind::Purchases => structured::purchases(value, rules),
        FieldKind::Consents => structured::consents(value, rules),
        FieldKind::Touch => structured::touch(value, rules),
        FieldKind::ExternalIds => structured::external_ids(value, rules),
        FieldKind::NextAction => structured::next_action(value, rules),
        FieldKind::Money => structured::money(value, rules).map(|money| money.map(FieldValue::Money)),
        FieldKind::Custom => Err(vec![wrong_type("an object of custom fields").into()]),
        _ => scalar(field, value, rules).map_err(|complaint| vec![complaint.into()]),
    }
}

fn scalar(field: &FieldDef, value: &Value, rules: &InputRules<'_>) -> Result<Option<FieldValue>, Complaint> {
    if let FieldKind::Decimal(least, most) = field.kind {
        return decimal(value, least, most, rules).map(|number| number.map(FieldValue::Decimal));
    }
    if field.kind == FieldKind::WholeRange {
        return range(value, rules).map(|range| range.map(FieldValue::WholeRange));
    }
    let Some(written) = text_of(value, rules.mode)? else { return Ok(None) };
    let written = written.as_str();
    let lenient = rules.mode == Mode::Lenient;
    let value =
        match field.kind {
            FieldKind::Email => FieldValue::Text(email(written, lenient)?),
            FieldKind::Phone => FieldValue::Text(phone(written, rules)?),
            FieldKind::Url => FieldValue::Text(text::url(written)?),
            FieldKind::Country => FieldValue::Text(country(written)?),
            FieldKind::Language => FieldValue::Text(text::language(written).ok_or_else(|| {
                Complaint::new("invalid_language", "Give a language tag (BCP 47) such as en or pt-BR")
            })?),
            FieldKind::TimeZone => FieldValue::Text(text::timezone(written)?.to_owned()),
            FieldKind::Date => FieldValue::Date(day(written, rules)?),
            FieldKind::Priority => {
                FieldValue::Priority(choice(written, lenient, Priority::parse, words::priority, Priority::WORDS)?)
            }
            FieldKind::Seniority => {
                FieldValue::Seniority(choice(written, lenient, Seniority::parse, words::seniority, Seniority::WORDS)?)
            }
            FieldKind::Relationship => FieldValue::Relationship(choice(
                written,
                lenient,
                Relationship::parse,
                words::relationship,
                Relationship::WORDS,
            )?),
            _ => return Err(wrong_type("another value")),
        };
    Ok(Some(value))
}

/// The text of a value. Forms and files may bring numbers and truth values, and lists of one kind of thing.
pub(super) fn text_of(value: &Value, mode: Mode) -> Result<Option<String>, Complaint> {
    let text = match (value, mode) {
        (Value::Null, _) => return Ok(None),
        (Value::String(text), _) => clean_line(text),
        (Value::Number(number), Mode::Lenient) => number.to_string(),
        (Value::Bool(truth), Mode::Lenient) => truth.to_string(),
        (Value::Array(items), Mode::Lenient) => {
            let parts: Result<Vec<_>, _> = items
                .iter()
                .map(|item| if item.is_array() { Err(wrong_type("text")) } else { text_of(item, mode) })
                .collect();
            parts?.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        _ => return Err(wrong_type("text")),
    };
    Ok((!text.is_empty()).then_some(text))
}

fn limited_text(field: &FieldDef, value: &Value, limit: usize, rules: &InputRules<'_>) -> Reading {
    let text = match value {
        Value::String(text) if field.name == "notes" => Some(clean_lines(text)).filter(|text| !text.is_empty()),
        other => text_of(other, rules.mode).map_err(|complaint| vec![complaint.into()])?,
    };
    let Some(text) = text else { return Ok(None) };
    let length = text.chars().count();
    if length <= limit {
        return Ok(Some(FieldValue::Text(text)));
    }
    let cut: String = text.chars().take(limit).collect();
    // What now stands at the end may be one of the marks that are not kept there.
    let kept = if field.name == "notes" { clean_lines(&cut) } else { clean_line(&cut) };
    let kept = Some(kept).filter(|kept| !kept.is_empty()).map(FieldValue::Text);
    Err(vec![Flaw { kept, ..too_long(limit, length).into() }])
}

/// Text that is longer than it may be.
pub(super) fn too_long(limit: usize, length: usize) -> Complaint {
    Complaint::new("too_long", format!("At most {limit} characters; this has {length}"))
}

/// A value of another JSON type than the field takes.
pub(super) fn wrong_type(wanted: &str) -> Complaint {
    Complaint::new("wrong_type", format!("Give {wanted}"))
}

/// An address; of several in one cell, as files bring them, the first that is one. What stands behind an address may be the end
/// of a sentence; what stands in front is a part of it.
fn email(written: &str, lenient: bool) -> Result<String, Complaint> {
    let several = || written.split([';', ',', '|', ' ']).filter(|part| part.contains('@'));
    text::email(written).or_else(|complaint| {
        let first = several()
            .map(|part| part.trim_start_matches(':').trim_end_matches([':', '.']))
            .find_map(|part| text::email(part).ok());
        first.filter(|_| lenient).ok_or(complaint)
    })
}

/// A number in E.164, as of the organization's region (spec section 2); where there is none such, as of the country that
/// the input names.
fn phone(written: &str, rules: &InputRules<'_>) -> Result<String, Complaint> {
    if rules.mode == Mode::Lenient
        && let Some(first) = first_labelled(written, rules)
    {
        return Ok(first);
    }
    let written = if rules.mode == Mode::Lenient { bare_number(written) } else { written };
    let usual = text::phone(written, rules.default_region);
    let local = || rules.country.and_then(|country| text::phone(written, country).ok());
    let read = usual.or_else(|complaint| local().ok_or(complaint)).map(|phone| phone.e164);
    if rules.mode == Mode::Strict { read } else { read.or_else(|complaint| mended(written, rules).ok_or(complaint)) }
}

/// A number without what stands behind it: the `.0` of a number that a program took for an amount, and what kind of number it
/// is. Read as letters of a keypad, that would make another number of it.
fn bare_number(written: &str) -> &str {
    const KINDS: &[&str] = &[
        "cell",
        "direct",
        "home",
        "landline",
        "main",
        "mobile",
        "office",
        "personal",
        "work",
        "whatsapp",
        "mobil",
        "privat",
        "dienstlich",
        "geschäftlich",
        "handy",
        "zentrale",
        "portable",
        "domicile",
        "bureau",
        "móvil",
        "casa",
        "trabajo",
        "celular",
        "cellulare",
        "ufficio",
        "mobiel",
        "werk",
        "thuis",
    ];
    let is_long = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() >= 7;
    if let Some(number) =
        written.strip_suffix(".0").filter(|number| is_long(number) && !number.contains(['.', ' ', '-']))
    {
        return number;
    }
    let Some((number, kind)) = written.rsplit_once([' ', '(', '[']) else { return written };
    let kind = kind.trim_end_matches([')', ']', '.']).to_lowercase();
    let number = number.trim_end_matches([' ', '(', '[', ',', '-', ':']);
    if is_long(number) && KINDS.contains(&kind.as_str()) { number } else { written }
}

/// The first of several numbers of which it is said what kind each is. As one number the whole would be another one.
fn first_labelled(written: &str, rules: &InputRules<'_>) -> Option<String> {
    let mark = MARKS.iter().filter(|mark| **mark != "/").find(|mark| written.contains(**mark))?;
    let first = written.split(mark).next().map(str::trim)?;
    let number = bare_number(first);
    let mut regions = [Some(rules.default_region), rules.country].into_iter().flatten();
    regions.find_map(|region| text::phone(number, region).ok()).filter(|_| number != first).map(|phone| phone.e164)
}

/// What may stand between numbers in a cell, the surest first.
const MARKS: [&str; 6] = [";", "|", "\n", " / ", ",", "/"];

/// The first of several numbers in a cell; a long number that has lost its `+`.
fn mended(written: &str, rules: &InputRules<'_>) -> Option<String> {
    let regions = || [Some(rules.default_region), rules.country].into_iter().flatten();
    let first =
        several(written).into_iter().find_map(|part| regions().find_map(|region| text::phone(part, region).ok()));
    let digits = written.len() >= 11 && written.bytes().all(|byte| byte.is_ascii_digit()) && !written.starts_with('0');
    first.or_else(|| digits.then(|| text::phone(&format!("+{written}"), "").ok()).flatten()).map(|phone| phone.e164)
}

/// What may be one of several numbers: the first, and others that have their country code. A slash stands within a number,
/// too, behind the code of the area: so what stands behind one is never a number by itself.
fn several(written: &str) -> Vec<&str> {
    let Some(mark) = MARKS.into_iter().find(|mark| written.contains(mark)) else {
        return Vec::new();
    };
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    let parts = written.split(mark).map(str::trim).enumerate();
    let is_whole = |place: usize, part: &str| place == 0 && (mark != "/" || digits(part) >= 8);
    parts.filter(|(place, part)| is_whole(*place, part) || part.starts_with('+')).map(|(_, part)| part).collect()
}

fn country(written: &str) -> Result<String, Complaint> {
    text::country(written).map(str::to_owned).ok_or_else(|| {
        Complaint::new("invalid_country", "Give a country as ISO 3166-1 alpha-2, such as US, or its English name")
            .suggesting(text::nearest_country(written))
    })
}

/// A day; programs write ISO, people as they do.
pub(super) fn day(written: &str, rules: &InputRules<'_>) -> Result<chrono::NaiveDate, Complaint> {
    let read = text::lenient_date(written, rules.month_first());
    if rules.mode == Mode::Lenient { read } else { text::date(written) }.ok_or_else(|| {
        Complaint::new("invalid_date", "Give a day as YYYY-MM-DD").suggesting(read.map(|day| day.to_string()))
    })
}

/// An instant; programs write RFC 3339.
pub(super) fn instant(written: &str, rules: &InputRules<'_>) -> Result<crate::time::Instant, Complaint> {
    let read = text::lenient_instant(written, rules.month_first());
    if rules.mode == Mode::Lenient { read } else { text::instant(written) }.ok_or_else(|| {
        Complaint::new("invalid_instant", "Give an instant as 2026-01-31T09:30:00Z (RFC 3339)")
            .suggesting(read.map(crate::time::to_rfc3339))
    })
}

/// One of the words of an enumeration; other systems' words are understood from people and suggested to programs.
pub(super) fn choice<T: Copy + std::fmt::Display>(
    written: &str,
    lenient: bool,
    parse: fn(&str) -> Option<T>,
    understood: fn(&str) -> Option<T>,
    all: &[&'static str],
) -> Result<T, Complaint> {
    if let Some(value) = parse(written) {
        return Ok(value);
    }
    let meant = understood(written);
    match meant {
        Some(value) if lenient => Ok(value),
        _ => {
            let near = meant.map(|value| value.to_string());
            let near = near.or_else(|| nearest(&fold(written), all.iter().copied()).map(str::to_owned));
            Err(Complaint::new("invalid_choice", format!("Give one of {}", all.join(", "))).suggesting(near))
        }
    }
}

/// A whole number, also written as `75.0`.
pub(super) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        (number.fract() == 0.0 && number.abs() < 9.0e15).then_some(number as i64)
    })
}

fn decimal(value: &Value, least: i64, most: i64, rules: &InputRules<'_>) -> Result<Option<Decimal>, Complaint> {
    let number = match value {
        Value::Null => return Ok(None),
        Value::Number(number) => number.as_f64().and_then(Decimal::from_f64),
        Value::String(text) if rules.mode == Mode::Lenient && clean_line(text).is_empty() => return Ok(None),
        Value::String(text) => {
            let read = text::lenient_decimal(&clean_line(text));
            if rules.mode == Mode::Strict {
                let repair = read.map(|number| number.to_f64());
                return Err(Complaint::new("wrong_type", "Give a number, not text").suggesting(repair));
            }
            read
        }
        _ => return Err(wrong_type("a number")),
    };
    let number = number.ok_or_else(|| Complaint::new("invalid_number", "Give a decimal number"))?;
    let inside = least.saturating_mul(Decimal::SCALE)..=most.saturating_mul(Decimal::SCALE);
    if inside.contains(&number.micros()) {
        return Ok(Some(number));
    }
    Err(Complaint::new("out_of_range", format!("Give a number from {least} to {most}")))
}

fn range(value: &Value, rules: &InputRules<'_>) -> Result<Option<WholeRange>, Complaint> {
    let refused = || Complaint::new("invalid_range", "Give a whole number or a range such as \"50-100\" or \"1000+\"");
    match value {
        Value::Null => Ok(None),
        Value::Number(_) => {
            let number = whole(value).filter(|number| *number >= 0).ok_or_else(refused)?;
            Ok(Some(WholeRange::exactly(number)))
        }
        Value::String(text) => {
            let text = clean_line(text);
            if text.is_empty() {
                return Ok(None);
            }
            let read = text::lenient_range(&text);
            if rules.mode == Mode::Lenient { read } else { WholeRange::parse(&text) }
                .map(Some)
                .ok_or_else(|| refused().suggesting(read.map(|range| range.to_string())))
        }
        _ => Err(wrong_type("a number or a range such as \"50-100\"")),
    }
}
