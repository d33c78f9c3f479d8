//! What a request says about a lead besides its profile: source, owner, status, budget … And what it may not say.

use serde_json::{Map, Value};

use super::{
    Kept, Stage, Status,
    input::{InputRules, Mode, Occasion},
    structured::short_text,
    values::{choice, instant, text_of, whole, wrong_type},
    words,
};
use crate::{
    ids::{TeamId, UserId},
    text::Complaint,
    time::Instant,
};

/// The wishes that are not fields of the profile. Whoever runs the command decides what is allowed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommandFields {
    /// The source, as written: a code, a name or an alias.
    pub source: Option<String>,
    /// The owner, by id.
    pub owner_id: Option<UserId>,
    /// The owner, by e-mail or name (files).
    pub owner: Option<String>,
    /// The team, by id.
    pub team_id: Option<TeamId>,
    /// The team, by name (files).
    pub team: Option<String>,
    /// Where the work stands.
    pub status: Option<Status>,
    /// Where the hand-off stands (files).
    pub stage: Option<Stage>,
    /// A manual score adjustment (files).
    pub score_adjustment: Option<i64>,
    /// When the lead came into being elsewhere (files).
    pub created_at: Option<Instant>,
    /// A merge patch of the BANT record, checked.
    pub bant: Option<Map<String, Value>>,
    /// What only an export says (files).
    pub kept: Kept,
}

/// What programs may say besides the profile.
pub(super) const COMMAND_FIELDS: &[&str] = &["source", "owner_id", "team_id", "status", "bant"];

/// Fields that only Leadwright writes, with the way to what was meant.
const READ_ONLY: &[(&str, &str)] = &[
    ("id", "Ids are given by the server; to keep your own, use external_ids"),
    ("version", "Send the version as If-Match"),
    ("computed_rev", "Leave it out; it counts computed changes"),
    ("organization_id", "A lead stays in its organization"),
    ("score", "Scores are computed; leave it out"),
    ("score_components", "Scores are computed; leave it out"),
    ("rating", "The rating follows from the score"),
    ("grade", "The grade is computed"),
    ("stage", "Move the hand-off with POST /leads/{id}/stage-transitions"),
    ("stage_since", "Leave it out; it follows from the stage"),
    ("status_since", "Leave it out; it follows from the status"),
    ("status_reason", "Give the reason with POST /leads/{id}/transitions"),
    ("sla", "The promise to respond is computed"),
    ("created_at", "Leave it out; an import may bring it"),
    ("updated_at", "Leave it out; it is set by the server"),
    ("first_responded_at", "Leave it out; it follows from activities"),
    ("qualified_at", "Leave it out; it follows from the status"),
    ("converted_at", "Leave it out; it follows from the conversion"),
    ("last_interaction_at", "Leave it out; record an interaction with POST /leads/{id}/interactions"),
    ("archived_at", "Archive with DELETE /leads/{id}, bring back with POST /leads/{id}/restore"),
    ("merged_into", "Merge leads with POST /leads/{id}/merge"),
    ("allowed_transitions", "Leave it out; it follows from the status"),
    ("suggested_action", "Leave it out; it follows from the status"),
    ("suggested_priority", "Leave it out; it follows from the score"),
    ("recommended_action", "Leave it out; it follows from the score"),
    ("email_given", "Write the address to email"),
    ("phone_given", "Write the number to phone"),
    ("seniority_given", "Write the seniority to seniority"),
];

/// The complaint about a field that a program may not write, if it is one.
pub(super) fn read_only(name: &str, occasion: Occasion) -> Option<Complaint> {
    let on_change = match (occasion, name) {
        (Occasion::Change, "status") => Some("Move the lead with POST /leads/{id}/transitions"),
        (Occasion::Change, "owner_id" | "team_id") => Some("Assign the lead with POST /leads/{id}/assign"),
        _ => None,
    };
    let always = || READ_ONLY.iter().find(|(field, _)| *field == name).map(|(_, way)| *way);
    on_change.or_else(always).map(|way| Complaint::new("read_only", way))
}

/// Text of a command field.
pub(super) fn short(value: &Value, mode: Mode) -> Result<Option<String>, Complaint> {
    short_text(value, 200, mode)
}

/// The id of something.
pub(super) fn id<T>(value: &Value) -> Result<Option<crate::ids::Id<T>>, Complaint> {
    match text_of(value, Mode::Strict)? {
        None => Ok(None),
        Some(written) => written
            .parse()
            .map(Some)
            .map_err(|_| Complaint::new("invalid_id", "Give an id, a UUID as the API shows it")),
    }
}

/// A status, in the words of any system where people or files write.
pub(super) fn status(value: &Value, mode: Mode) -> Result<Option<Status>, Complaint> {
    let read = |written: String| choice(&written, mode == Mode::Lenient, Status::parse, words::status, Status::WORDS);
    text_of(value, mode)?.map(read).transpose()
}

/// A stage, in the words of any system.
pub(super) fn stage(value: &Value, mode: Mode) -> Result<Option<Stage>, Complaint> {
    let read = |written: String| choice(&written, mode == Mode::Lenient, Stage::parse, words::stage, Stage::WORDS);
    text_of(value, mode)?.map(read).transpose()
}

/// Points from -100 to 100, not 0.
pub(super) fn adjustment(value: &Value, mode: Mode) -> Result<Option<i64>, Complaint> {
    let points = match text_of(value, mode)? {
        None => return Ok(None),
        Some(written) => whole(value).or_else(|| crate::text::lenient_whole(&written)),
    };
    match points {
        Some(0) => Ok(None),
        Some(points) if (-100..=100).contains(&points) => Ok(Some(points)),
        _ => Err(Complaint::new("out_of_range", "Give points from -100 to 100")),
    }
}

/// When the lead came into being.
pub(super) fn created_at(value: &Value, rules: &InputRules<'_>) -> Result<Option<Instant>, Complaint> {
    text_of(value, rules.mode)?.map(|written| instant(&written, rules)).transpose()
}

/// The BANT record is an object.
pub(super) fn bant_object(value: &Value) -> Result<Option<&Map<String, Value>>, Complaint> {
    match value {
        Value::Null => Ok(None),
        Value::Object(members) => Ok(Some(members)),
        _ => Err(wrong_type("an object of budget, authority, need and timeline")),
    }
}
