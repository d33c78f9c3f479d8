use actix_web::get;
use leadwright_app::routing_rules;
use utoipa::ToSchema;

use super::RoutingRuleView;
use crate::http::{Can, Page, Params, Result, can::ConfigRead, page::PageInfo};

/// The routing rules of the organization.
#[derive(ToSchema)]
#[schema(as = RoutingRuleList)]
#[expect(dead_code, reason = "the shape of Page<RoutingRuleView> for the document")]
pub struct RoutingRuleListShape {
    data: Vec<RoutingRuleView>,
    page: PageInfo,
}

/// List the routing rules
///
/// All rules in the order in which they are asked, inactive ones included. They always fit one page.
#[utoipa::path(
    tag = "Routing", operation_id = "listRoutingRules", security(("bearer" = ["config:read"])),
    responses((status = 200, description = "The rules", body = RoutingRuleListShape))
)]
#[get("/routing-rules")]
pub async fn list_routing_rules(can: Can<ConfigRead>, params: Params) -> Result {
    params.finish()?;
    let found = routing_rules::list(&can.read()).await?;
    Ok(Page::whole(found.into_iter().map(RoutingRuleView::from).collect()).answer(None))
}
