use std::time::Duration;

use actix_web::{HttpResponse, get, web::Data};
use leadwright_app::App;

use super::{HealthStatus, HealthView};
use crate::http::{
    ApiError,
    middleware::{Edge, readiness::Stage},
};

/// How long the database may take to answer a probe.
const PATIENCE: Duration = Duration::from_secs(2);

/// Ask whether requests are served
///
/// Send this server requests only while it answers 200: it has a database that answers and is up to date, and was not
/// told to stop. Otherwise the member `state` of the problem says why: `starting`, `stopping` or `database_unavailable`.
#[utoipa::path(
    tag = "Operations", operation_id = "getReadiness", security(()),
    responses((status = 200, description = "Requests are served", body = HealthView, example = json!({"status": "ok"})))
)]
#[get("/readyz")]
pub async fn get_readiness(edge: Data<Edge>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    match obstacle(&edge, &app).await {
        None => Ok(HttpResponse::Ok().json(HealthView { status: HealthStatus::Ok })),
        Some(state) => Err(ApiError::unavailable().member("state", state)),
    }
}

async fn obstacle(edge: &Edge, app: &App) -> Option<&'static str> {
    match edge.readiness.stage() {
        Stage::Starting => Some("starting"),
        Stage::Stopping => Some("stopping"),
        Stage::Ready => match tokio::time::timeout(PATIENCE, app.db.ping()).await {
            Ok(Ok(())) => None,
            _ => Some("database_unavailable"),
        },
    }
}
