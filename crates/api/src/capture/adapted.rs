//! Bodies of other systems: what proves who sends them, and what they are answered.

use std::{collections::HashMap, sync::Arc};

use actix_web::HttpRequest;
use leadwright_app::capture::{
    FoundForm,
    adapters::{Adapted, PROOF_HEADERS, Shown, SubmitAdapted},
};
use leadwright_domain::ids::Id;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::posted;
use crate::http::{Answer, ApiError, Ask};

/// What came in.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaptureReceipts {
    /// The id of the submission, of the first if there are several.
    receipt_id: Option<Uuid>,
    /// The ids of all, if the body held several leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt_ids: Option<Vec<Uuid>>,
}

/// Takes a body in. Other systems want 200, and read nothing of the answer.
pub(super) async fn take(ask: &Ask, request: &HttpRequest, found: &FoundForm, raw: &[u8]) -> Result<Answer, ApiError> {
    let submit = SubmitAdapted {
        organization: found.configuration.organization.id,
        form: Arc::new(found.form.clone()),
        content_type: posted::content_type(request),
        headers: posted::kept_headers(request),
        body: raw.to_vec(),
        address_hash: posted::address_hash(ask),
        shown: shown(request),
        key: ask.key(format!("form:{}", found.form.id), raw),
        request_id: ask.request_id.clone(),
    };
    match submit.run(&ask.app).await? {
        Adapted::Taken(receipts) => {
            let receipts: Vec<Uuid> = receipts.into_iter().map(Id::uuid).collect();
            let first = receipts.first().copied();
            Ok(Answer::ok(&CaptureReceipts {
                receipt_id: first,
                receipt_ids: Some(receipts).filter(|all| all.len() > 1),
            }))
        }
        Adapted::Unreadable(why) => Err(posted::unreadable(why)),
        Adapted::Unfit(refusal) => Err(refusal.into()),
    }
}

fn shown(request: &HttpRequest) -> Shown {
    let header = |name: &'static str| Some((name, request.headers().get(name)?.to_str().ok()?.to_owned()));
    let headers: HashMap<_, _> = PROOF_HEADERS.into_iter().filter_map(header).collect();
    Shown { headers, secret: parameter(request, "secret") }
}

/// A parameter of the address.
pub(super) fn parameter(request: &HttpRequest, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    pairs.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}
