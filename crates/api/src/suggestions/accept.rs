use std::sync::Arc;

use actix_web::post;
use leadwright_app::suggestions::{AcceptSuggestion, Accepted};
use leadwright_domain::ids::kind::Suggestion;
use serde::Serialize;
use utoipa::ToSchema;

use super::SuggestionView;
use crate::{
    http::{Answer, Can, IfMatch, PathId, Result, can::LeadsWrite},
    leads::{LeadView, tagged},
};

/// A suggestion that was taken over.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AcceptedSuggestion {
    /// The suggestion.
    suggestion: SuggestionView,
    /// The lead as it is now.
    lead: LeadView,
}

fn answer(accepted: &Accepted) -> Answer {
    let config = &accepted.configuration;
    let result = AcceptedSuggestion {
        suggestion: SuggestionView::of(&accepted.suggestion, config),
        lead: LeadView::of(&accepted.lead, config),
    };
    tagged(Answer::ok(&result), &accepted.lead)
}

/// Accept a suggested value
///
/// It is written to the lead as the word of whoever accepts it, as a change of the lead is: with the same checks, score and
/// event. `If-Match` and the `ETag` of the answer are the lead's. One that was dismissed can be accepted still; doing it
/// twice changes nothing.
#[utoipa::path(
    tag = "Suggestions", operation_id = "acceptSuggestion", security(("bearer" = ["leads:write"])),
    params(
        ("suggestion_id" = uuid::Uuid, Path, description = "The id of the suggestion"),
        ("If-Match" = Option<String>, Header, description = "Make the change only if this is still the version of the lead: the `ETag` of an answer", max_length = 200),
    ),
    responses((status = 200, description = "The suggestion and the changed lead", body = AcceptedSuggestion))
)]
#[post("/suggestions/{suggestion_id}/accept")]
pub async fn accept_suggestion(can: Can<LeadsWrite>, id: PathId<Suggestion>, expected: IfMatch) -> Result {
    let configurations = Arc::clone(&can.ask.app.configurations);
    let command = AcceptSuggestion { id: id.0, expected: expected.0, configurations };
    can.write_once(b"", command, |accepted| answer(&accepted)).await
}
