//! Where a lead that was merged into another is read.

use actix_web::HttpRequest;
use leadwright_app::leads::master_of;
use leadwright_domain::ids::LeadId;
use leadwright_persistence::Reader;

use super::location;
use crate::http::{Answer, ApiError};

/// 308 to the same of the lead that this one was merged into; `None` for one that was not, or is not seen.
///
/// # Errors
/// The database failed.
pub async fn elsewhere(reader: &Reader, id: LeadId, request: &HttpRequest) -> Result<Option<Answer>, ApiError> {
    let Some(master) = master_of(reader, id).await? else { return Ok(None) };
    // `/api/v1/leads/{id}/score` and the like: what follows the id stays.
    let rest = request.path().splitn(6, '/').nth(5).map(|rest| format!("/{rest}")).unwrap_or_default();
    let query = request.query_string();
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    Ok(Some(Answer::moved(format!("{}{rest}{query}", location(master)))))
}
