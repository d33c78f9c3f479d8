use actix_web::get;
use leadwright_domain::catalogue::ENUMERATIONS;

use super::CatalogueView;
use crate::http::{Answer, ApiError, Can, Params, Result, can::ConfigRead};

/// Read the catalogue
///
/// Every enumeration with its words, their labels, order and meaning, and the organization's own catalogues, so that a
/// user interface builds its menus from the server. Ask again with `If-None-Match`: it rarely changes.
#[utoipa::path(
    tag = "Catalogue", operation_id = "getCatalogue", security(("bearer" = ["config:read"])),
    responses((status = 200, description = "The catalogue", body = CatalogueView))
)]
#[get("/catalogue")]
pub async fn get_catalogue(can: Can<ConfigRead>, params: Params) -> Result {
    params.finish()?;
    let reader = can.read();
    let configuration = can.ask.app.configurations.for_reader(&reader).await.map_err(ApiError::from)?;
    let catalogue = CatalogueView::of(ENUMERATIONS, &configuration);
    Ok(Answer::ok(&catalogue).version(configuration.organization.config_rev))
}
