//! What is lacking or doubtful in the data of leads (spec DAT-1).

use leadwright_domain::{
    cleansing::{COUNTED, Doubt, blank, doubts},
    condition::{Condition, Frame, Resolved},
    fault::Refusal,
};
use leadwright_persistence::{CommandError, Reader};
use serde_json::Value;

use crate::Configuration;

/// How many leads are looked at, the newest.
pub const NEWEST: u64 = 10_000;

/// What is lacking and doubtful.
#[derive(Clone, Debug)]
pub struct Quality {
    /// How many leads were looked at.
    pub leads: i64,
    /// Fields, and in how many leads each is blank.
    pub fields: Vec<(&'static str, i64)>,
    /// Doubts, and how many leads are meant.
    pub doubts: Vec<(Doubt, i64)>,
}

/// Looks at the newest leads that the caller sees and that are not archived.
///
/// # Errors
/// The database failed, or is too busy for it.
pub async fn quality(reader: &Reader, config: &Configuration) -> Result<Quality, CommandError> {
    let asked = doubts();
    let blanks = COUNTED.iter().map(|field| blank(field));
    let conditions: Vec<Resolved> = blanks
        .chain(asked.iter().map(|one| one.condition.clone()))
        .map(|condition| resolved(&condition, reader, config))
        .collect::<Result<_, Refusal>>()?;
    let tally = reader.leads().tally(&conditions, NEWEST).await?;
    let mut counts = tally.fulfil.into_iter();
    Ok(Quality {
        leads: tally.leads,
        fields: COUNTED.iter().copied().zip(counts.by_ref().take(COUNTED.len())).collect(),
        doubts: asked.into_iter().zip(counts).collect(),
    })
}

fn resolved(condition: &Value, reader: &Reader, config: &Configuration) -> Result<Resolved, Refusal> {
    let frame = Frame { now: reader.now(), organization: &config.organization };
    let condition = Condition::parse(condition, &config.catalogue).map_err(Refusal::invalid)?;
    Ok(condition.resolve(&frame))
}
