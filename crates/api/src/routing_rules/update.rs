use actix_web::patch;
use leadwright_app::routing_rules::{RuleChange, UpdateRule};
use leadwright_domain::ids::kind::RoutingRule;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{AssignView, RoutingRuleView, shown};
use crate::{
    conditions::ConditionShape,
    http::{Body, Can, IfMatch, PathId, Result, can::RoutingWrite},
};

/// What to change of a routing rule: absent members stay; `when` and `assign` are replaced as a whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateRoutingRule {
    /// The name for people.
    #[schema(example = "Hot leads of Colorado", min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    name: Option<String>,
    /// Its new place; the rules in between close up behind it.
    #[schema(example = 1, minimum = 1, nullable = false)]
    position: Option<i64>,
    /// Which leads it is for: a condition.
    #[schema(value_type = Option<ConditionShape>, nullable = false)]
    when: Option<Value>,
    /// Who gets them.
    #[schema(nullable = false)]
    assign: Option<AssignView>,
    /// Whether it is asked.
    #[schema(nullable = false)]
    active: Option<bool>,
}

/// Change a routing rule
///
/// Leads that were given to somebody stay with them.
#[utoipa::path(
    tag = "Routing", operation_id = "updateRoutingRule", security(("bearer" = ["routing:write"])),
    params(("rule_id" = uuid::Uuid, Path, description = "The id of the rule")),
    request_body = UpdateRoutingRule,
    responses((status = 200, description = "The changed rule", body = RoutingRuleView))
)]
#[patch("/routing-rules/{rule_id}")]
pub async fn update_routing_rule(
    can: Can<RoutingWrite>,
    id: PathId<RoutingRule>,
    expected: IfMatch,
    body: Body<UpdateRoutingRule>,
) -> Result {
    let change = body.value;
    let change = RuleChange {
        name: change.name.map(|name| name.trim().to_owned()),
        position: change.position,
        when: change.when,
        assign: change.assign.map(|assign| assign.json()),
        active: change.active,
    };
    Ok(shown(can.write(UpdateRule { id: id.0, change, expected: expected.0 }).await?))
}
