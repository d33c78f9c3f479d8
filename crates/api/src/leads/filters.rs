//! The simple filters of leads, as the document describes them; [`super::selection`] reads them.

use chrono::{DateTime, Utc};
use utoipa::IntoParams;
use uuid::Uuid;

/// Which leads: the same filters wherever leads are listed.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the parameters for the document")]
pub struct LeadFilters {
    /// The id of a saved view, whose leads the other filters narrow down. Its order, members and `archived` are taken where
    /// none are sent
    view: Option<Uuid>,
    /// Any of these: `new`, `contacted`, `qualified`, `nurture`, `unqualified`, `converted`
    #[param(example = "new,contacted")]
    status: Option<String>,
    /// Any of these: `none`, `marketing_qualified`, `sales_accepted`, `sales_rejected`, `sales_qualified`, `sales_disqualified`
    stage: Option<String>,
    /// Any of these: `cold`, `warm`, `hot`
    rating: Option<String>,
    /// Any of these: `low`, `medium`, `high`, `critical`
    priority: Option<String>,
    /// From any of these sources: codes or ids
    #[param(example = "website,referral")]
    source: Option<String>,
    /// Owned by any of these users: ids, or `me`; or `none` alone
    #[param(example = "me")]
    owner_id: Option<String>,
    /// Of any of these teams: ids
    team_id: Option<String>,
    /// At least this score
    #[param(minimum = 0, maximum = 100)]
    score_gte: Option<i64>,
    /// At most this score
    #[param(minimum = 0, maximum = 100)]
    score_lte: Option<i64>,
    /// Created at this instant or later
    created_after: Option<DateTime<Utc>>,
    /// Created before this instant
    created_before: Option<DateTime<Utc>>,
    /// Changed at this instant or later
    updated_after: Option<DateTime<Utc>>,
    /// Changed before this instant
    updated_before: Option<DateTime<Utc>>,
    /// Words of name, company, e-mail or phone; each may be the beginning of one
    #[param(max_length = 500, example = "jane example")]
    q: Option<String>,
    /// `false` leaves archived leads out (the default), `true` gives only those, `any` both
    #[param(pattern = "^(false|true|any)$")]
    archived: Option<String>,
}
