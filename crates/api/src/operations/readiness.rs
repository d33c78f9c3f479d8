use std::time::Duration;

use actix_web::{HttpResponse, get, web::Data};
use leadwright_app::App;

use super::{HealthStatus, HealthView};
use crate::http::middleware::{Edge, readiness::Stage};

/// How long the database may take to answer a probe.
const PATIENCE: Duration = Duration::from_secs(2);

/// Ask whether requests are served
///
/// Send this server requests only while it answers 200: it has a database that answers and is up to date, and was not
/// told to stop.
#[utoipa::path(
    tag = "Operations", operation_id = "getReadiness", security(()),
    responses(
        (status = 200, description = "Requests are served", body = HealthView, example = json!({"status": "ok"})),
        (status = 503, description = "Not now; `status` says why", body = HealthView, example = json!({"status": "starting"}))
    )
)]
#[get("/readyz")]
pub async fn get_readiness(edge: Data<Edge>, app: Data<App>) -> HttpResponse {
    match state(&edge, &app).await {
        HealthStatus::Ok => HttpResponse::Ok().json(HealthView { status: HealthStatus::Ok }),
        status => HttpResponse::ServiceUnavailable().insert_header(("Retry-After", "2")).json(HealthView { status }),
    }
}

async fn state(edge: &Edge, app: &App) -> HealthStatus {
    match edge.readiness.stage() {
        Stage::Starting => HealthStatus::Starting,
        Stage::Stopping => HealthStatus::Stopping,
        Stage::Ready => match tokio::time::timeout(PATIENCE, app.db.ping()).await {
            Ok(Ok(())) => HealthStatus::Ok,
            _ => HealthStatus::DatabaseUnavailable,
        },
    }
}
