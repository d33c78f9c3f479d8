use actix_web::get;

use super::{OrganizationView, tagged};
use crate::http::{Answer, Can, Result, can::SignedIn};

/// Read the organization
///
/// The caller's own, with its settings.
#[utoipa::path(
    tag = "Organization", operation_id = "getOrganization", security(("bearer" = [])),
    responses((status = 200, description = "The organization", body = OrganizationView))
)]
#[get("/organization")]
pub async fn get_organization(can: Can<SignedIn>) -> Result {
    let organization = can.read().organization().get().await?;
    let version = organization.config_rev;
    Ok(tagged(Answer::ok(&OrganizationView::from(organization)), version))
}
