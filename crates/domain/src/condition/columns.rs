//! The values that leads and interactions keep in columns of their own.

use super::matching::Known;
use crate::{interactions::Interaction, leads::Lead, time::Instant};

/// The value of a column of a lead.
pub(super) fn of_lead(lead: &Lead, column: &str) -> Known<'static> {
    let instant = |at: Option<Instant>| at.map_or(Known::Missing, |at| Known::Number(at.timestamp_micros()));
    let word = |word: &'static str| Known::Text(word.into());
    match column {
        "status" => word(lead.status.as_str()),
        "stage" => word(lead.stage.as_str()),
        "rating" => word(lead.rating().as_str()),
        "priority" => word(lead.priority().as_str()),
        "score" => Known::Number(lead.score.total),
        "score_demographic" => Known::Number(lead.score.demographic),
        "score_behavioral" => Known::Number(lead.score.behavioral),
        "score_firmographic" => Known::Number(lead.score.firmographic),
        "score_adjustment" => Known::Number(lead.score.adjustment),
        "grade" => lead.grade.map_or(Known::Missing, Known::Number),
        "owner_id" => lead.owner_id.map_or(Known::Missing, |id| Known::Id(id.uuid())),
        "team_id" => lead.team_id.map_or(Known::Missing, |id| Known::Id(id.uuid())),
        "created_at" => instant(Some(lead.created_at)),
        "updated_at" => instant(Some(lead.updated_at)),
        "status_since" => instant(Some(lead.status_since)),
        "stage_since" => instant(Some(lead.stage_since)),
        "first_responded_at" => instant(lead.first_responded_at),
        "qualified_at" => instant(lead.qualified_at),
        "converted_at" => instant(lead.converted_at),
        "last_interaction_at" => instant(lead.last_interaction_at),
        "sla_due_at" => instant(lead.sla.due_at),
        "sla_met_at" => instant(lead.sla.met_at),
        "sla_breached_at" => instant(lead.sla.breached_at),
        _ => Known::Missing,
    }
}

/// The value of a column of an interaction.
pub(super) fn of_interaction(interaction: &Interaction, column: &str) -> Known<'static> {
    match column {
        "kind" => Known::Text(interaction.kind.as_str().into()),
        "occurred_at" => Known::Number(interaction.occurred_at.timestamp_micros()),
        "duration_seconds" => interaction.duration_seconds.map_or(Known::Missing, Known::Number),
        _ => Known::Missing,
    }
}
