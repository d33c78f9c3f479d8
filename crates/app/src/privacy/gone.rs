use leadwright_domain::{
    fault::{Problem, Refusal},
    ids::LeadId,
    leads::Lead,
};
use leadwright_persistence::{CommandError, erasures::Erasures};
use serde_json::json;

/// The lead that was asked for; or why there is none: it was erased, or never there.
///
/// # Errors
/// There is no such lead within the caller's sight, it was erased, or the database failed.
pub(crate) async fn found(erasures: Erasures<'_>, id: LeadId, lead: Option<Lead>) -> Result<Lead, CommandError> {
    match lead {
        Some(lead) => Ok(lead),
        None => Err(gone(erasures, id).await),
    }
}

/// Why there is no such lead.
pub(crate) async fn gone(erasures: Erasures<'_>, id: LeadId) -> CommandError {
    match erasures.of_lead(id).await {
        Ok(None) => Refusal::not_found("lead").into(),
        Ok(Some((_, at))) => {
            let detail = "The person was erased; of this lead only counts are left.";
            Refusal::new(Problem::Erased, detail).with("erased_at", json!(at)).into()
        }
        Err(error) => error.into(),
    }
}
