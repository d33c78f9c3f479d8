use actix_web::{HttpRequest, post, web::Payload};
use chrono::{DateTime, Utc};
use leadwright_app::{
    capture::adapters::{Foreseen, preview},
    capture_forms,
};
use leadwright_domain::{capture::adapters::Meant, fault::Fault, ids::kind::CaptureForm};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    capture::posted,
    http::{Answer, Can, PathId, Result, can::ConfigWrite},
    leads::preview::LeadPreview,
};

/// What a body would become. Nothing was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaptureFormTest {
    /// What the body holds: for most systems one delivery.
    deliveries: Vec<DeliveryPreview>,
}

/// What one delivery would become.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryPreview {
    /// `lead`, `test` (the other system only tries), `ask` (only an id came; the lead would be asked for) or `ignored`.
    #[schema(example = "lead")]
    meant: &'static str,
    /// Why it is ignored.
    #[schema(example = "canceled")]
    reason: Option<&'static str>,
    /// The other system's id: what comes again under it is the same submission.
    delivery_id: Option<String>,
    /// When it happened there.
    occurred_at: Option<DateTime<Utc>>,
    /// Where it comes from, in the other system's words.
    #[schema(value_type = Object)]
    origin: Value,
    /// The fields that the form would have brought, under the names by which they are understood.
    #[schema(value_type = Object)]
    fields: Value,
    /// The names of those that fill nothing; they are kept with the submission.
    #[schema(example = json!(["How many looms do you have?"]))]
    unread: Vec<String>,
    /// What is wrong with it: it would be recorded as failed.
    #[schema(value_type = Vec<Object>)]
    faults: Vec<Fault>,
    /// What would happen to the lead.
    lead: Option<LeadPreview>,
}

impl DeliveryPreview {
    fn of(foreseen: Foreseen) -> Self {
        let origin = foreseen.origin();
        let (meant, reason) = match &foreseen.delivery.meant {
            Meant::Lead => ("lead", None),
            Meant::Test => ("test", None),
            Meant::Ask(_) => ("ask", None),
            Meant::Nothing(why) => ("ignored", Some(*why)),
        };
        Self {
            meant,
            reason,
            delivery_id: foreseen.delivery.delivery_id,
            occurred_at: foreseen.delivery.occurred_at,
            origin,
            fields: Value::Object(foreseen.fields),
            unread: foreseen.unread,
            faults: foreseen.faults,
            lead: foreseen.lead.map(|(outcome, events)| LeadPreview::of(outcome, &events)),
        }
    }
}

/// Try a body on a form
///
/// Post a sample as the other system would send it, with its `Content-Type`: the answer says which deliveries are read from
/// it, which fields they fill, what nothing is done with, what is wrong, and what would happen to the leads. Signatures are
/// not checked, and nothing is kept.
#[utoipa::path(
    tag = "Capture forms", operation_id = "testCaptureForm", security(("bearer" = ["config:write"])),
    params(("form_id" = uuid::Uuid, Path, description = "The id of the form")),
    request_body(content(
        (Object = "application/json"),
        (Object = "application/x-www-form-urlencoded"),
        (Object = "multipart/form-data"),
    ), description = "A body as the form would get it"),
    responses((status = 200, description = "What would become of it", body = CaptureFormTest))
)]
#[post("/capture-forms/{form_id}/test")]
pub async fn test_capture_form(
    can: Can<ConfigWrite>,
    id: PathId<CaptureForm>,
    request: HttpRequest,
    payload: Payload,
) -> Result {
    let form = capture_forms::get(&can.read(), id.0).await?.form;
    let raw = posted::body(&request, &mut payload.into_inner()).await?;
    let foreseen = preview(&can.ask.app, &can.call(), &form, &posted::content_type(&request), &raw).await?;
    let foreseen = foreseen.map_err(posted::unreadable)?;
    Ok(Answer::ok(&CaptureFormTest { deliveries: foreseen.into_iter().map(DeliveryPreview::of).collect() }))
}
