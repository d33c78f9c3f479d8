use actix_web::get;
use leadwright_app::routing_rules;
use leadwright_domain::ids::kind::RoutingRule;

use super::{RoutingRuleView, shown};
use crate::http::{Can, PathId, Result, can::ConfigRead};

/// Read a routing rule
///
/// One rule.
#[utoipa::path(
    tag = "Routing", operation_id = "getRoutingRule", security(("bearer" = ["config:read"])),
    params(("rule_id" = uuid::Uuid, Path, description = "The id of the rule")),
    responses((status = 200, description = "The rule", body = RoutingRuleView))
)]
#[get("/routing-rules/{rule_id}")]
pub async fn get_routing_rule(can: Can<ConfigRead>, id: PathId<RoutingRule>) -> Result {
    Ok(shown(routing_rules::get(&can.read(), id.0).await?))
}
