use std::sync::Arc;

use actix_web::post;
use leadwright_app::{
    Configuration,
    privacy::{Erase, Erased, Wanted},
};
use leadwright_domain::{
    fault::{Fault, Refusal},
    ids::Id,
    text::{email, phone},
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ErasureReasonWord, ErasureView, location};
use crate::http::{Answer, Body, Can, Params, Result, can::PrivacyWrite};

/// Whom to erase, and why: one of `lead_id`, `email` and `phone`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"lead_id": "0199b2a4-5c00-7000-8000-00000000001c", "reason": "requested_by_person", "reference": "DSR-2026-114"}))]
pub struct ErasePerson {
    /// The person behind this lead, with all leads that were merged with it; archived ones too.
    lead_id: Option<Uuid>,
    /// Every lead with this e-mail address. If there is none, it is noted all the same, so that an import stops there.
    #[schema(max_length = 500)]
    email: Option<String>,
    /// Every lead with this phone number, likewise.
    #[schema(max_length = 100)]
    phone: Option<String>,
    reason: ErasureReasonWord,
    /// The number of the request in your own records. It stays, so no name, address or phone number goes here.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    reference: Option<String>,
}

impl ErasePerson {
    fn wanted(&self, config: &Configuration) -> std::result::Result<Wanted, Refusal> {
        match (self.lead_id, &self.email, &self.phone) {
            (Some(lead), None, None) => Ok(Wanted::Lead(Id::from_uuid(lead))),
            (None, Some(written), None) => {
                let address = email(written);
                address.map(Wanted::Email).map_err(|why| Refusal::invalid(vec![why.at("#/email")]))
            }
            (None, None, Some(written)) => {
                let number = phone(written, &config.organization.default_region);
                let number = number.map(|number| Wanted::Phone(number.e164));
                number.map_err(|why| Refusal::invalid(vec![why.at("#/phone")]))
            }
            _ => {
                let detail = "Send one of `lead_id`, `email` and `phone`.";
                Err(Refusal::invalid(vec![Fault::at_pointer("#", "one_of_these", detail)]))
            }
        }
    }
}

/// Erase a person
///
/// All that is known of them goes for good: leads with those that were merged with them, what they did and posted, values in
/// the event log, rows that imports had rejected. What is counted stays: that there was a lead, its status, score, source,
/// owner and times. From then on the leads answer 410, and an import, or a new lead by the API, that brings the person again
/// is refused unless it says `erased=allow`. Who posts to a form comes back of their own will; the submission says so.
/// Erasing somebody again answers the first erasure (200). With `dry_run=true` nothing is erased.
#[utoipa::path(
    tag = "Privacy", operation_id = "erasePerson", security(("bearer" = ["privacy:write"])),
    params(("dry_run" = Option<bool>, Query, description = "Say what would be erased, and erase nothing")),
    request_body = ErasePerson,
    responses(
        (status = 201, description = "The person is erased", body = ErasureView),
        (status = 404, description = "There is no such lead, or the caller may not see it"),
        (status = 200, description = "They were before, or what would be erased (`dry_run`)", body = ErasureView),
    )
)]
#[post("/erasures")]
pub async fn erase_person(can: Can<PrivacyWrite>, mut params: Params, body: Body<ErasePerson>) -> Result {
    let dry_run = params.flag("dry_run").unwrap_or(false);
    params.finish()?;
    let (app, call) = (&can.ask.app, can.call());
    let config = app.configuration(&call).await?;
    let asked = &body.value;
    let (wanted, reference) = (asked.wanted(&config)?, asked.reference.as_deref().map(|text| text.trim().to_owned()));
    let erase = Erase::prepare(app, &call, wanted, asked.reason.into(), reference).await?;
    if dry_run {
        let (Erased::Now(erasure) | Erased::Before(erasure)) = erase.preview(app, &call).await?;
        return Ok(Answer::ok(&ErasureView::of(&erasure, &config)));
    }
    let config = Arc::clone(&config);
    let words = move |erased| match erased {
        Erased::Now(erasure) => Answer::created(location(&erasure), &ErasureView::of(&erasure, &config)),
        Erased::Before(erasure) => {
            Answer::ok(&ErasureView::of(&erasure, &config)).header("Content-Location", location(&erasure))
        }
    };
    can.write_once(&body.raw, erase, words).await
}
