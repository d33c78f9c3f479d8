//! Whether requests are served: not before the database is prepared, and not when the server was told to stop.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use actix_web::{
    Error, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};

use super::{Edge, is_operational};
use crate::http::ApiError;

/// Where the server is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Stage {
    /// The database is being prepared; nothing is served but probes.
    Starting = 0,
    /// Requests are served.
    Ready = 1,
    /// No new work, please: load balancers are told, what comes all the same is still served.
    Stopping = 2,
}

/// The stage, shared between the server and whoever starts and stops it.
#[derive(Clone, Debug)]
pub struct Readiness(Arc<AtomicU8>);

impl Readiness {
    /// At a stage.
    pub fn at(stage: Stage) -> Self {
        Self(Arc::new(AtomicU8::new(stage as u8)))
    }

    /// Goes to another stage.
    pub fn enter(&self, stage: Stage) {
        self.0.store(stage as u8, Ordering::Release);
    }

    /// The stage.
    pub fn stage(&self) -> Stage {
        match self.0.load(Ordering::Acquire) {
            0 => Stage::Starting,
            1 => Stage::Ready,
            _ => Stage::Stopping,
        }
    }
}

/// While starting, only probes and public documents are served.
///
/// # Errors
/// Those of the services within.
pub async fn gate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let starting = request.app_data::<Data<Edge>>().is_some_and(|edge| edge.readiness.stage() == Stage::Starting);
    if starting && !is_operational(request.path()) {
        return Ok(request.into_response(ApiError::unavailable().error_response()));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}
