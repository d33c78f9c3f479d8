use actix_web::delete;
use leadwright_app::routing_rules::DeleteRule;
use leadwright_domain::ids::kind::RoutingRule;

use crate::http::{Answer, Can, IfMatch, PathId, Result, can::RoutingWrite};

/// Delete a routing rule
///
/// The rules behind it close up. Leads that it gave to somebody stay with them.
#[utoipa::path(
    tag = "Routing", operation_id = "deleteRoutingRule", security(("bearer" = ["routing:write"])),
    params(("rule_id" = uuid::Uuid, Path, description = "The id of the rule")),
    responses((status = 204, description = "The rule is gone"))
)]
#[delete("/routing-rules/{rule_id}")]
pub async fn delete_routing_rule(can: Can<RoutingWrite>, id: PathId<RoutingRule>, expected: IfMatch) -> Result {
    can.write(DeleteRule { id: id.0, expected: expected.0 }).await?;
    Ok(Answer::no_content())
}
