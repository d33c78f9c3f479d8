use std::sync::Arc;

use actix_web::post;
use leadwright_app::duplicates::{UnmergeLead, Unmerged};
use leadwright_domain::ids::kind::Lead;
use serde::Serialize;
use utoipa::ToSchema;

use super::{LeadView, merge::MovedRecords, tagged};
use crate::http::{Answer, Can, IfMatch, PathId, Result, can::LeadsWrite};

/// Two leads that were one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnmergeResult {
    /// The lead that came back.
    lead: LeadView,
    /// The lead that it had been merged into.
    master: LeadView,
    /// Fields of that one that came from the lead that leaves and stay, because somebody changed them since; and ids in
    /// other systems that another lead has now.
    #[schema(example = json!(["city"]))]
    kept: Vec<String>,
    /// What moved back.
    moved: MovedRecords,
}

fn answer(unmerged: &Unmerged) -> Answer {
    let config = &unmerged.configuration;
    let result = UnmergeResult {
        lead: LeadView::of(&unmerged.lead, config),
        master: LeadView::of(&unmerged.master, config),
        kept: unmerged.kept.clone(),
        moved: MovedRecords::of(unmerged.interactions),
    };
    tagged(Answer::ok(&result), &unmerged.lead)
}

/// Take a merged lead out again
///
/// The lead comes back as it was, with its own interactions and ids in other systems. The one that it had been merged into
/// loses what came only from it, unless that changed since: `kept` names what stays. Possible for 30 days; a chain of
/// merges is taken back from its end.
#[utoipa::path(
    tag = "Duplicates", operation_id = "unmergeLead", security(("bearer" = ["leads:write"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead that was merged into another"),
        ("If-Match" = Option<String>, Header, description = "Make the change only if this is still the version: the `ETag` of an answer", max_length = 200),
    ),
    responses(
        (status = 200, description = "Both leads", body = UnmergeResult),
        (status = 409, description = "It was not merged, the 30 days are over (`undo_until`), or the other was merged further (`merged_into`)"),
    )
)]
#[post("/leads/{lead_id}/unmerge")]
pub async fn unmerge_lead(can: Can<LeadsWrite>, id: PathId<Lead>, expected: IfMatch) -> Result {
    let configurations = Arc::clone(&can.ask.app.configurations);
    let command = UnmergeLead { id: id.0, expected: expected.0, configurations };
    can.write_once(b"", command, |unmerged| answer(&unmerged)).await
}
