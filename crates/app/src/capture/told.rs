//! What a post tells of a person, whenever it is read.

use leadwright_domain::{
    capture::{CaptureForm, Visit},
    leads::RawLead,
    time::Instant,
};
use serde_json::Value;

use crate::{
    Configuration,
    intake::{Channel, Prepared, Unfit, prepare},
};

/// Reads a post with the headers that were kept of it, as of the time when it came.
pub(super) fn prepared(
    posted: RawLead,
    form: &CaptureForm,
    config: &Configuration,
    headers: &Value,
    at: Instant,
) -> Result<Prepared, Unfit> {
    let mut prepared = prepare(posted, Channel::Form(form), config)?;
    let header = |name: &str| headers.get(name).and_then(Value::as_str);
    form.note_visit(&mut prepared.profile, &Visit { at, origin: header("origin"), referer: header("referer") });
    Ok(prepared)
}
