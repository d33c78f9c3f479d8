//! What operators and programs ask of a server, at the root: probes, figures, documents.

pub mod docs;
pub mod document;
pub mod liveness;
pub mod metrics;
pub mod problem_index;
pub mod problem_page;
pub mod problems;
pub mod readiness;

use serde::Serialize;
use utoipa::ToSchema;

/// How a server is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = Health)]
pub struct HealthView {
    /// How it is.
    status: HealthStatus,
}

/// How a server is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// It serves requests.
    Ok,
    /// It is not ready yet.
    Starting,
    /// It finishes what it has begun and takes no new work.
    Stopping,
    /// The database does not answer.
    DatabaseUnavailable,
}
