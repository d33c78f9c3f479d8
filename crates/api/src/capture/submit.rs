use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, Responder, http::header, post, web::Payload};
use leadwright_app::capture::{Captured, FoundForm, Submit};
use leadwright_domain::{capture::adapters::Adapter, fault::Refusal};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{cors, posted};
use crate::http::{Answer, ApiError, Ask};

/// What came in; keep it to ask what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaptureReceipt {
    /// The id of the submission: with an API key, `GET /api/v1/submissions/{receipt_id}` tells what came of it.
    pub receipt_id: Uuid,
}

/// The fields of a form. Names are understood as people write them (`email`, `E-mail`, `Your name`, `company`), the
/// form's own mapping first; unknown ones are kept with the submission.
#[derive(ToSchema)]
#[schema(example = json!({"name": "Jean Poe", "email": "jean.poe@example.com", "company": "Acme Home"}))]
#[expect(dead_code, reason = "the shape of the body, for the document")]
pub struct CaptureFields(std::collections::BTreeMap<String, serde_json::Value>);

/// Capture a lead
///
/// For web forms and integrations, without signing in. The submission is recorded, then becomes a lead or tells something
/// new of a known one; the answer is the same for both. A submission that lacks something answers 422 with a `receipt_id`:
/// it is recorded all the same. What may be spam is recorded too, waits for review, and is answered the same. A plain HTML
/// form is sent on to the form's `redirect_url`, if it has one.
///
/// A form with an `adapter` reads the bodies of that system, whatever their media type; where the form has an
/// `adapter_secret`, a body without its key or signature answers 401, one with a wrong one 403.
#[utoipa::path(
    tag = "Capture", operation_id = "captureLead", security(()),
    params(
        ("form_key" = String, Path, description = "The public key of the form", max_length = 100),
        ("secret" = Option<String>, Query, description = "The form's `adapter_secret`, from systems that can neither sign nor send headers", max_length = 500),
    ),
    request_body(content(
        (CaptureFields = "application/json"),
        (CaptureFields = "application/x-www-form-urlencoded"),
        (CaptureFields = "multipart/form-data"),
    ), description = "The fields of the form"),
    responses(
        (status = 202, description = "It is recorded, for good", body = CaptureReceipt),
        (status = 200, description = "The same, as the systems of adapters want it", body = super::adapted::CaptureReceipts),
        (status = 303, description = "It is recorded; the browser is sent to the form's `redirect_url`"),
        (status = 401, description = "A form with an `adapter_secret`: the body has no key or signature"),
        (status = 403, description = "The page's origin is none of the form's, or the key or signature is wrong"),
    )
)]
#[post("/capture/{form_key}")]
pub async fn capture_lead(ask: Ask, request: HttpRequest, payload: Payload) -> Result<HttpResponse, ApiError> {
    let found = form(&ask, &request).await?;
    let origin = cors::origin(&request);
    cors::check(&found.form, origin)?;
    let mut response = match take(&ask, &request, &found, payload).await {
        Ok(answer) => answer.respond_to(&request),
        Err(error) => actix_web::ResponseError::error_response(&error),
    };
    if response.status().is_success()
        && posted::wants_page(&request)
        && let Some(url) = &found.form.settings.redirect_url
    {
        response = HttpResponse::SeeOther().insert_header((header::LOCATION, url.as_str())).finish();
    }
    cors::let_read(&mut response, &found.form, origin);
    Ok(response)
}

async fn take(ask: &Ask, request: &HttpRequest, found: &FoundForm, payload: Payload) -> Result<Answer, ApiError> {
    let waits = |seconds: u64| ApiError::too_many_requests(seconds.max(1));
    ask.app.forms.admit(&found.form, ask.client).map_err(waits)?;
    let raw = posted::body(request, &mut payload.into_inner()).await?;
    if found.form.settings.adapter.kind != Adapter::Form {
        return super::adapted::take(ask, request, found, &raw).await;
    }
    let submit = submit(ask, request, found, &raw).await?;
    match submit.run(&ask.app).await? {
        Captured::Taken(answered) => Ok(answered.into()),
        Captured::Unfit { refusal, .. } => Err(refusal.into()),
    }
}

async fn submit(ask: &Ask, request: &HttpRequest, found: &FoundForm, raw: &[u8]) -> Result<Submit, ApiError> {
    Ok(Submit {
        organization: found.configuration.organization.id,
        posted: posted::read(ask, request, raw).await?,
        key: ask.key(format!("form:{}", found.form.id), raw),
        form: Arc::new(found.form.clone()),
        request_id: ask.request_id.clone(),
    })
}

/// The active form that the path names.
pub(super) async fn form(ask: &Ask, request: &HttpRequest) -> Result<FoundForm, ApiError> {
    let key = request.match_info().get("form_key").unwrap_or_default();
    let found = ask.app.forms.find(&ask.app, key).await?;
    found.ok_or_else(|| Refusal::not_found("capture form").into())
}
