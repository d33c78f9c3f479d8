use actix_web::{HttpRequest, get};
use chrono::{DateTime, Utc};
use leadwright_app::leads::{Explained, explain_score};
use leadwright_domain::{
    ids::kind::Lead,
    scoring::{Adjustment, ComponentScore, Part, Unevaluable},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    moved,
    reasons::{ReasonView, score_reason},
    words::{AdjustmentReasonWord, ComponentWord, PriorityWord, RatingWord, RecommendedActionWord},
};
use crate::http::{Answer, Can, PathId, Result, can::LeadsRead};

/// A score and where it comes from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreExplanation)]
pub struct ScoreView {
    /// 0 to 100: the sum of the components, kept within these bounds.
    #[schema(example = 72, minimum = 0, maximum = 100)]
    score: i64,
    rating: RatingWord,
    /// The components with their lines. The lines of a component add up to its points.
    components: Vec<ComponentView>,
    /// Rules that could not be asked because a field is missing, with what they would give.
    unevaluable: Vec<UnevaluableView>,
    /// The newest interaction that no machine did.
    last_interaction_at: Option<DateTime<Utc>>,
    /// The points given by hand that count.
    adjustments: Vec<AdjustmentView>,
    recommended_action: RecommendedActionWord,
    suggested_priority: PriorityWord,
    /// The version of the scoring model.
    #[schema(example = 1)]
    model_version: i64,
    /// When the score can change without anyone touching the lead: something fades, or a window of days ends.
    next_change_at: Option<DateTime<Utc>>,
}

/// One part of a score.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreComponent)]
struct ComponentView {
    component: ComponentWord,
    /// What its lines add up to.
    #[schema(example = 25)]
    points: i64,
    /// The most it can be; none for adjustments.
    #[schema(example = 40)]
    cap: Option<i64>,
    /// Its lines.
    rules: Vec<LineView>,
}

/// One line of a score.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreLine)]
struct LineView {
    /// The rule; `limit` and `rounding` are what keeps a component within its bounds and whole.
    #[schema(example = "Director")]
    rule: String,
    /// The points, with at most two decimals.
    #[schema(value_type = f64, example = 10.0)]
    points: serde_json::Number,
    reason: ReasonView,
}

/// A rule that could not be asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnevaluableRule)]
struct UnevaluableView {
    /// Which.
    #[schema(example = "Within 100 miles")]
    rule: String,
    /// The points that are at stake.
    #[schema(example = 10)]
    points: i64,
    /// The fields that would decide it.
    #[schema(example = json!(["location"]))]
    missing: Vec<String>,
}

/// Points given by hand.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreAdjustment)]
struct AdjustmentView {
    /// How many.
    #[schema(example = 10)]
    points: i64,
    reason: AdjustmentReasonWord,
    /// Why, in words.
    note: Option<String>,
    /// When.
    given_at: DateTime<Utc>,
    /// When they stop counting.
    expires_at: Option<DateTime<Utc>>,
}

impl From<Explained> for ScoreView {
    fn from(explained: Explained) -> Self {
        let Explained { lead, explanation, .. } = explained;
        let scored = explanation.scored;
        Self {
            score: scored.total,
            rating: scored.rating.into(),
            components: explanation.components.into_iter().map(Into::into).collect(),
            unevaluable: explanation.unevaluable.into_iter().map(Into::into).collect(),
            last_interaction_at: lead.last_interaction_at,
            adjustments: explanation.adjustments.into_iter().map(Into::into).collect(),
            recommended_action: explanation.recommended_action.into(),
            suggested_priority: explanation.suggested_priority.into(),
            model_version: scored.model_version,
            next_change_at: scored.next_change_at,
        }
    }
}

impl From<ComponentScore> for ComponentView {
    fn from(score: ComponentScore) -> Self {
        let ComponentScore { component, points, cap, rules } = score;
        Self { component: component.into(), points, cap, rules: rules.into_iter().map(Into::into).collect() }
    }
}

impl From<Part> for LineView {
    fn from(part: Part) -> Self {
        // Points are numbers in JSON, whole ones without a fraction.
        let points = match serde_json::to_value(part.points) {
            Ok(serde_json::Value::Number(points)) => points,
            _ => 0.into(),
        };
        Self { points, reason: score_reason(&part.reason), rule: part.rule }
    }
}

impl From<Unevaluable> for UnevaluableView {
    fn from(rule: Unevaluable) -> Self {
        let Unevaluable { rule, points, missing } = rule;
        Self { rule, points, missing }
    }
}

impl From<Adjustment> for AdjustmentView {
    fn from(given: Adjustment) -> Self {
        let Adjustment { points, reason, note, given_at, expires_at, .. } = given;
        Self { points, reason: reason.into(), note, given_at, expires_at }
    }
}

/// Explain the score of a lead
///
/// Which rules gave which points and why, what has faded, and what would change it. The score is computed anew for this
/// answer, so it may be ahead of the one that lists show.
#[utoipa::path(
    tag = "Leads", operation_id = "getLeadScore", security(("bearer" = ["leads:read"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    responses((status = 200, description = "The score with its reasons", body = ScoreView))
)]
#[get("/leads/{lead_id}/score")]
pub async fn explain_lead_score(can: Can<LeadsRead>, id: PathId<Lead>, request: HttpRequest) -> Result {
    if let Some(answer) = moved::elsewhere(&can.read(), id.0, &request).await? {
        return Ok(answer);
    }
    let explained = explain_score(&can.read(), &can.ask.app.configurations, id.0).await?;
    Ok(Answer::ok(&ScoreView::from(explained)))
}
