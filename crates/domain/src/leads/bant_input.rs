//! Reading the BANT record (spec QUA-1): a merge patch of its four parts.

use serde_json::{Map, Value};

use super::{
    input::{InputRules, Mode},
    parts::{Bant, BantPart, BantState},
    patch::merged,
    structured::{Members, below, money},
    values::{self, Flaw, choice, text_of, whole, wrong_type},
    words::yes_or_no,
};
use crate::{
    fault::{Fault, escape_pointer, nearest},
    text::{Complaint, lenient_whole},
};

/// Applies a merge patch to a BANT record, or tells all that is wrong with it. Pointers begin with `prefix`
/// (`#/bant`, or `#` where the record is the whole body).
pub fn merge_bant(
    current: &Bant,
    patch: &Map<String, Value>,
    prefix: &str,
    rules: &InputRules<'_>,
) -> Result<Bant, Vec<Fault>> {
    let whole = serde_json::to_value(current).unwrap_or_default();
    read(&merged(whole, patch), rules)
        .map_err(|flaws| flaws.into_iter().map(|flaw| flaw.complaint.at(format!("{prefix}{}", flaw.path))).collect())
}

fn read(record: &Value, rules: &InputRules<'_>) -> Result<Bant, Vec<Flaw>> {
    let (mut bant, mut flaws) = (Bant::default(), Vec::new());
    let Value::Object(parts) = record else { return Ok(bant) };
    for (name, value) in parts {
        let path = format!("/{}", escape_pointer(name));
        let Some(part) = BantPart::parse(name) else {
            let complaint = Complaint::new("unknown_field", format!("The parts are {}", BantPart::WORDS.join(", ")))
                .suggesting(nearest(name, BantPart::WORDS.iter().copied()));
            flaws.push(Flaw { path, complaint, kept: None });
            continue;
        };
        let Value::Object(members) = value else {
            flaws.push(Flaw { path, complaint: wrong_type("an object with a state"), kept: None });
            continue;
        };
        flaws.extend(below(&path, read_part(&mut bant, part, Members::of(members, rules), rules)));
    }
    if flaws.is_empty() { Ok(bant) } else { Err(flaws) }
}

fn read_part<'a>(bant: &mut Bant, part: BantPart, mut inside: Members<'a>, rules: &'a InputRules<'a>) -> Vec<Flaw> {
    let given = inside.take("state", |value| state(value, rules.mode)).unwrap_or(BantState::Unknown);
    let notes = inside.text("notes", 2_000);
    match part {
        BantPart::Budget => {
            bant.budget.state = given;
            bant.budget.level = inside.take("level", |value| level(value, rules.mode));
            bant.budget.allocated = inside.take("allocated", |value| truth(value, rules.mode));
            bant.budget.range = inside.inside("range", |value| money(value, rules));
            bant.budget.controller = inside.text("controller", 200);
            bant.budget.notes = notes;
        }
        BantPart::Authority => {
            bant.authority.state = given;
            bant.authority.decision_maker = inside.take("decision_maker", |value| truth(value, rules.mode));
            bant.authority.others_involved = inside.text("others_involved", 1_000);
            bant.authority.approval_process = inside.text("approval_process", 1_000);
            bant.authority.notes = notes;
        }
        BantPart::Need => {
            bant.need.state = given;
            bant.need.clear = inside.take("clear", |value| truth(value, rules.mode));
            bant.need.urgency = inside.text("urgency", 200);
            bant.need.impact = inside.text("impact", 1_000);
            bant.need.notes = notes;
        }
        BantPart::Timeline => {
            bant.timeline.state = given;
            bant.timeline.date = inside.take("date", |value| {
                text_of(value, rules.mode)?.map(|written| values::day(&written, rules)).transpose()
            });
            bant.timeline.deadlines = inside.text("deadlines", 1_000);
            bant.timeline.possible_delays = inside.text("possible_delays", 1_000);
            bant.timeline.notes = notes;
        }
    }
    inside.done()
}

fn state(value: &Value, mode: Mode) -> Result<Option<BantState>, Complaint> {
    let read = |written: String| {
        choice(
            &written,
            mode == Mode::Lenient,
            BantState::parse,
            |word| BantState::parse(&crate::text::fold(word)),
            BantState::WORDS,
        )
    };
    text_of(value, mode)?.map(read).transpose()
}

fn truth(value: &Value, mode: Mode) -> Result<Option<bool>, Complaint> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(truth) => Ok(Some(*truth)),
        Value::String(written) if mode == Mode::Lenient && yes_or_no(written).is_some() => Ok(yes_or_no(written)),
        _ => Err(wrong_type("true or false")),
    }
}

fn level(value: &Value, mode: Mode) -> Result<Option<u8>, Complaint> {
    if value.is_null() {
        return Ok(None);
    }
    let written = value.as_str().filter(|_| mode == Mode::Lenient);
    let level = whole(value)
        .or_else(|| written.and_then(lenient_whole))
        .and_then(|level| u8::try_from(level).ok())
        .filter(|level| (1..=5).contains(level));
    level.map(Some).ok_or_else(|| Complaint::new("out_of_range", "Give a level from 1 to 5"))
}
