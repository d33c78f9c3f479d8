//! The span of a request and its line in the log: ids and figures, no personal data.

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::HeaderMap,
};
use tracing::{Span, field};
use tracing_actix_web::RootSpanBuilder;

use super::{is_operational, request_id::Asked};
use crate::http::{Caller, ask::RequestId};

/// Builds the root span of a request.
#[derive(Debug)]
pub struct Spans;

impl RootSpanBuilder for Spans {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        let span = tracing::info_span!("request", request_id, trace_id = field::Empty, parent_id = field::Empty);
        if let Some((trace, parent)) = trace_parent(request.headers()) {
            span.record("trace_id", trace);
            span.record("parent_id", parent);
        }
        span
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let Ok(response) = outcome else { return };
        let request = response.request();
        let extensions = request.extensions();
        let Some(asked) = extensions.get::<Asked>() else { return };
        let caller = extensions.get::<Caller>().map_or_else(|| "anonymous".to_owned(), Caller::name);
        let request_id = extensions.get::<RequestId>().map_or("", |id| id.0.as_str());
        let (method, status) = (asked.method.as_str(), response.status().as_u16());
        let route = request.match_pattern().unwrap_or_else(|| "unmatched".to_owned());
        let ms = asked.at.elapsed().as_micros() as f64 / 1_000.0;
        let _inside = span.enter();
        // Probes come every few seconds and say nothing.
        if is_operational(request.path()) {
            tracing::debug!(target: "leadwright::access", method, route, status, ms, request_id, caller, "answered");
        } else {
            tracing::info!(target: "leadwright::access", method, route, status, ms, request_id, caller, "answered");
        }
    }
}

/// Trace id and parent id of a W3C `traceparent`, if it is well formed.
fn trace_parent(headers: &HeaderMap) -> Option<(&str, &str)> {
    let mut parts = headers.get("traceparent")?.to_str().ok()?.trim().split('-');
    let (version, trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_hex = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    let is_zero = |text: &str| text.bytes().all(|byte| byte == b'0');
    let well_formed =
        is_hex(version, 2) && version != "ff" && is_hex(trace, 32) && is_hex(parent, 16) && is_hex(flags, 2);
    (well_formed && !is_zero(trace) && !is_zero(parent)).then_some((trace, parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &'static str) -> Option<(String, String)> {
        let mut headers = HeaderMap::new();
        headers.insert("traceparent".parse().ok()?, actix_web::http::header::HeaderValue::from_static(value));
        trace_parent(&headers).map(|(trace, parent)| (trace.to_owned(), parent.to_owned()))
    }

    #[test]
    fn only_a_well_formed_trace_is_continued() {
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let ids = ("4bf92f3577b34da6a3ce929d0e0e4736".to_owned(), "00f067aa0ba902b7".to_owned());
        assert_eq!(read(good), Some(ids));
        for bad in [
            "",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
