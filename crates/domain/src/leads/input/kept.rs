//! Reading what only an export says of a lead.

use chrono::Datelike;
use serde_json::{Map, Value, json};

use super::{InputRules, Mode, Parsed};
use crate::{
    leads::{
        FieldValue, command, merge_bant,
        parts::{Bant, Channel, Consent, ConsentState, NextAction, Touch},
        structured::{self, short_text},
        values::{choice, instant, text_of, whole, wrong_type},
        words,
    },
    qualification::StatusReason,
    scoring::Adjustment,
    text::{self, Complaint, lenient_whole},
    time::{Instant, truncated},
};

/// The most entries of a list.
const MOST: usize = 200;

/// The id of the lead that a row was written of, if it is one: ours are UUIDs of version 7, those of most others are not.
pub(super) fn id(value: &Value) -> Option<crate::ids::LeadId> {
    let id: crate::ids::LeadId = value.as_str()?.trim().parse().ok()?;
    (id.uuid().get_version_num() == 7).then_some(id)
}

/// Reads one column of an export; a blank one says nothing.
pub(super) fn read(
    parsed: &mut Parsed,
    word: &'static str,
    value: &Value,
    rules: &InputRules<'_>,
) -> Result<(), Complaint> {
    if super::lenient::is_blank(value) {
        return Ok(());
    }
    match word.split_once('.') {
        Some(("bant", member)) => return bant(parsed, &nested(member, value.clone()), rules),
        Some(("consent", part)) => return consent(parsed, part, value, rules),
        Some(("first_touch", part)) => return touch(&mut parsed.profile.first_touch, part, value, rules),
        Some(("last_touch", part)) => return touch(&mut parsed.profile.last_touch, part, value, rules),
        _ => {}
    }
    if let Some(place) = moment(parsed, word) {
        *place = moment_of(value, rules)?;
        return Ok(());
    }
    let kept = &mut parsed.command.kept;
    match word {
        "id" => kept.id = id(value),
        "bant" => return bant(parsed, &members(value)?, rules),
        "email_given" => {
            let given = short_text(value, 320, Mode::Lenient)?;
            if given.as_deref().and_then(|given| text::email(given).ok()) == parsed.profile.email {
                parsed.profile.email_given = given;
            }
        }
        "phone_given" => parsed.profile.phone_given = short_text(value, 320, Mode::Lenient)?,
        "seniority_given" => {
            kept.seniority_given = text_of(value, Mode::Lenient)?.and_then(|written| words::yes_or_no(&written));
        }
        "status_reason" => kept.status_reason = status_reason(value)?,
        "grade" => kept.grade = grade(value)?,
        "score_adjustments" => kept.adjustments = adjustments(value)?,
        "next_action.due_at" => due(parsed, value, rules)?,
        _ => parsed.profile.touches_between = touches(value, rules)?,
    }
    Ok(())
}

fn moment<'a>(parsed: &'a mut Parsed, word: &str) -> Option<&'a mut Option<Instant>> {
    let kept = &mut parsed.command.kept;
    Some(match word {
        "status_since" => &mut kept.status_since,
        "stage_since" => &mut kept.stage_since,
        "first_responded_at" => &mut kept.first_responded_at,
        "qualified_at" => &mut kept.qualified_at,
        "converted_at" => &mut kept.converted_at,
        "last_interaction_at" => &mut kept.last_interaction_at,
        "archived_at" => &mut kept.archived_at,
        "sla.due_at" => &mut kept.sla.due_at,
        "sla.met_at" => &mut kept.sla.met_at,
        "sla.breached_at" => &mut kept.sla.breached_at,
        _ => return None,
    })
}

fn moment_of(value: &Value, rules: &InputRules<'_>) -> Result<Option<Instant>, Complaint> {
    text_of(value, rules.mode)?.map(|written| instant(&written, rules)).transpose()
}

/// What a cell holds as JSON.
fn json_of(value: &Value) -> Result<Value, Complaint> {
    match value {
        Value::String(text) => serde_json::from_str(text).map_err(|_| wrong_type("JSON")),
        other => Ok(other.clone()),
    }
}

fn members(value: &Value) -> Result<Map<String, Value>, Complaint> {
    match json_of(value)? {
        Value::Object(members) => Ok(members),
        _ => Err(wrong_type("an object")),
    }
}

fn items(value: &Value) -> Result<Vec<Value>, Complaint> {
    match json_of(value)? {
        Value::Array(items) if items.len() <= MOST => Ok(items),
        _ => Err(wrong_type("a list")),
    }
}

/// `budget.level` and its value as an object within an object.
fn nested(path: &str, value: Value) -> Map<String, Value> {
    let (part, member) = path.split_once('.').unwrap_or((path, "state"));
    let inner: Map<String, Value> = std::iter::once((member.to_owned(), value)).collect();
    std::iter::once((part.to_owned(), Value::Object(inner))).collect()
}

/// Adds to what is said of budget, authority, need and timeline; what does not fit is no part of it.
fn bant(parsed: &mut Parsed, said: &Map<String, Value>, rules: &InputRules<'_>) -> Result<(), Complaint> {
    if let Err(faults) = merge_bant(&Bant::default(), said, "", rules) {
        let fault = faults.into_iter().next();
        let (code, detail) = fault.map_or_else(Default::default, |fault| (fault.code, fault.detail));
        return Err(Complaint::new(known_code(&code), detail.trim_end_matches('.')));
    }
    let all = parsed.command.bant.get_or_insert_with(Map::new);
    for (part, said) in said {
        let known = all.entry(part.clone()).or_insert_with(|| json!({}));
        if let (Value::Object(known), Value::Object(said)) = (known, said) {
            known.extend(said.clone());
        }
    }
    Ok(())
}

/// Complaints have codes that never change.
fn known_code(code: &str) -> &'static str {
    const CODES: &[&str] =
        &["out_of_range", "invalid_choice", "invalid_money", "invalid_date", "too_long", "unknown_field"];
    CODES.iter().find(|known| **known == code).copied().unwrap_or("wrong_type")
}

fn consent(parsed: &mut Parsed, path: &str, value: &Value, rules: &InputRules<'_>) -> Result<(), Complaint> {
    let Some((channel, part)) = path.split_once('.') else { return Ok(()) };
    let Some(channel) = Channel::parse(channel) else { return Ok(()) };
    let (at, how, form) = match part {
        "at" => (moment_of(value, rules)?, None, None),
        "how" => (None, short_text(value, 2_000, Mode::Lenient)?, None),
        _ => (None, None, command::id(value)?),
    };
    let unknown = || Consent { state: ConsentState::Unknown, at: None, how: None, form_id: None };
    let consent = parsed.profile.consent.entry(channel).or_insert_with(unknown);
    consent.at = at.or(consent.at);
    consent.how = how.or(consent.how.take());
    consent.form_id = form.or(consent.form_id);
    parsed.given.insert("consent");
    Ok(())
}

fn touch(place: &mut Option<Touch>, part: &str, value: &Value, rules: &InputRules<'_>) -> Result<(), Complaint> {
    let value = if part == "click_ids" { json_of(value)? } else { value.clone() };
    let said: Map<String, Value> = std::iter::once((part.to_owned(), value)).collect();
    let read = one_touch(&Value::Object(said), rules)?;
    let touch = place.get_or_insert_with(Touch::default);
    match part {
        "utm_source" => touch.utm_source = read.utm_source,
        "utm_medium" => touch.utm_medium = read.utm_medium,
        "utm_campaign" => touch.utm_campaign = read.utm_campaign,
        "utm_term" => touch.utm_term = read.utm_term,
        "utm_content" => touch.utm_content = read.utm_content,
        "referrer" => touch.referrer = read.referrer,
        "landing_page" => touch.landing_page = read.landing_page,
        "click_ids" => touch.click_ids = read.click_ids,
        _ => touch.at = read.at,
    }
    Ok(())
}

fn one_touch(value: &Value, rules: &InputRules<'_>) -> Result<Touch, Complaint> {
    match structured::touch(value, rules) {
        Ok(Some(FieldValue::Touch(touch))) => Ok(touch),
        Ok(_) => Err(wrong_type("a touch")),
        Err(flaws) => Err(flaws.into_iter().next().map_or_else(|| wrong_type("a touch"), |flaw| flaw.complaint)),
    }
}

fn touches(value: &Value, rules: &InputRules<'_>) -> Result<Vec<Touch>, Complaint> {
    items(value)?.iter().map(|item| one_touch(item, rules)).collect()
}

fn status_reason(value: &Value) -> Result<Option<StatusReason>, Complaint> {
    let written = text_of(value, Mode::Lenient)?;
    written.map(|written| choice(&written, true, StatusReason::parse, |_| None, StatusReason::WORDS)).transpose()
}

fn grade(value: &Value) -> Result<Option<i64>, Complaint> {
    let written = text_of(value, Mode::Lenient)?.unwrap_or_default();
    let grade = whole(value).or_else(|| lenient_whole(&written)).filter(|grade| (2..=21).contains(grade));
    grade.map(Some).ok_or_else(|| Complaint::new("out_of_range", "Give a grade from 2 to 21"))
}

fn adjustments(value: &Value) -> Result<Vec<Adjustment>, Complaint> {
    let read = |item: Value| {
        let given: Adjustment = serde_json::from_value(text::clean_json(item)).ok()?;
        let fits = (-100..=100).contains(&given.points)
            && given.points != 0
            && given.note.as_ref().is_none_or(|note| note.chars().count() <= 2_000);
        let mut times = std::iter::once(given.given_at).chain(given.expires_at).chain(given.revoked_at);
        let fits = fits && times.all(|at| (1..=9_999).contains(&at.year()));
        fits.then(|| Adjustment {
            given_at: truncated(given.given_at),
            expires_at: given.expires_at.map(truncated),
            revoked_at: given.revoked_at.map(truncated),
            ..given
        })
    };
    let all: Option<Vec<Adjustment>> = items(value)?.into_iter().map(read).collect();
    all.ok_or_else(|| wrong_type("a list of adjustments as an export writes them"))
}

fn due(parsed: &mut Parsed, value: &Value, rules: &InputRules<'_>) -> Result<(), Complaint> {
    let due_at = moment_of(value, rules)?;
    match &mut parsed.profile.next_action {
        Some(NextAction { due_at: place, .. }) => *place = due_at,
        None => return Err(Complaint::new("required", "Say in words what to do, in `next_action`")),
    }
    Ok(())
}
