use actix_web::{HttpResponse, get};

use super::{HealthStatus, HealthView};

/// Ask whether the process lives
///
/// Answers as long as the process does, whatever the state of its database: restart it when this fails.
#[utoipa::path(
    tag = "Operations", operation_id = "getLiveness", security(()),
    responses((status = 200, description = "It lives", body = HealthView, example = json!({"status": "ok"})))
)]
#[get("/healthz")]
pub async fn get_liveness() -> HttpResponse {
    HttpResponse::Ok().json(HealthView { status: HealthStatus::Ok })
}
