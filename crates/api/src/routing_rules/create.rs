use actix_web::post;
use leadwright_app::routing_rules::CreateRule;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{AssignView, RoutingRuleView};
use crate::{
    conditions::ConditionShape,
    http::{Answer, Body, Can, Result, can::RoutingWrite},
};

/// A new rule.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "Hot leads of the United States", "position": 1, "assign": {"queue": "inbound"},
    "when": {"all": [{"field": "rating", "op": "eq", "value": "hot"}, {"field": "country", "op": "eq", "value": "US"}]}
}))]
#[serde(deny_unknown_fields)]
pub struct CreateRoutingRule {
    /// The name for people.
    #[schema(example = "Hot leads of Colorado", min_length = 1, max_length = 100, pattern = r"\S")]
    name: String,
    /// Its place, from 1; the rules from there on make room. The last place when left out or beyond the end.
    #[schema(example = 1, minimum = 1)]
    position: Option<i64>,
    /// Which leads it is for: a condition; `{"all": []}` for every lead.
    #[schema(value_type = ConditionShape)]
    when: Value,
    /// Who gets them.
    assign: AssignView,
    /// Whether it is asked.
    #[serde(default = "yes")]
    #[schema(default = true)]
    active: bool,
}

const fn yes() -> bool {
    true
}

/// Add a routing rule
///
/// The condition is checked node by node; each fault points at its place. The user or team must be of the organization.
#[utoipa::path(
    tag = "Routing", operation_id = "createRoutingRule", security(("bearer" = ["routing:write"])),
    request_body = CreateRoutingRule,
    responses((status = 201, description = "The new rule", body = RoutingRuleView))
)]
#[post("/routing-rules")]
pub async fn create_routing_rule(can: Can<RoutingWrite>, body: Body<CreateRoutingRule>) -> Result {
    let new = body.value;
    let command = CreateRule {
        name: new.name.trim().to_owned(),
        position: new.position,
        when: new.when,
        assign: new.assign.json(),
        active: new.active,
    };
    can.write_once(&body.raw, command, |known| {
        let (location, version) = (format!("/api/v1/routing-rules/{}", known.rule.id), known.rule.version);
        Answer::created(location, &RoutingRuleView::from(known)).version(version)
    })
    .await
}
