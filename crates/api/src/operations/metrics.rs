use std::sync::OnceLock;

use actix_web::{HttpResponse, get, web::Data};
use leadwright_app::App;
use metrics::gauge;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::http::ApiError;

/// Upper bounds of the latency classes, in seconds.
const LATENCIES: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts recording figures, once in a process.
///
/// # Errors
/// Something else records them already.
pub fn record() -> anyhow::Result<()> {
    if RECORDER.get().is_some() {
        return Ok(());
    }
    let latencies = Matcher::Full("http_request_duration_seconds".to_owned());
    let recorder = PrometheusBuilder::new().set_buckets_for_metric(latencies, LATENCIES)?.build_recorder();
    let handle = recorder.handle();
    // Servers that start together in one process (tests do) race for it: one recorder is enough.
    if metrics::set_global_recorder(recorder).is_ok() {
        let _ = RECORDER.set(handle);
        metrics::describe_counter!("http_requests_total", "Requests by method, route and status");
        metrics::describe_histogram!("http_request_duration_seconds", "Time to the answer by method and route");
        metrics::describe_gauge!("http_requests_in_flight", "Requests being served");
        metrics::describe_gauge!("database_connections", "Open connections by pool and state");
        metrics::describe_gauge!("leadwright_build_info", "The version that runs, as a label");
    }
    Ok(())
}

/// Read the figures of this server
///
/// In Prometheus' text format: requests and latencies by route, requests in flight, database connections.
#[utoipa::path(
    tag = "Operations", operation_id = "getMetrics", security(()),
    responses((status = 200, description = "The figures", body = String, content_type = "text/plain"))
)]
#[get("/metrics")]
pub async fn get_metrics(app: Data<App>) -> Result<HttpResponse, ApiError> {
    let recorder = RECORDER.get().ok_or_else(ApiError::internal)?;
    gauge!("leadwright_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    for pool in app.db.pools() {
        gauge!("database_connections", "pool" => pool.name, "state" => "idle").set(f64::from(pool.idle));
        gauge!("database_connections", "pool" => pool.name, "state" => "used").set(f64::from(pool.used));
    }
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(recorder.render()))
}
