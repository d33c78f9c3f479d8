use actix_web::{HttpRequest, HttpResponse, get};
use leadwright_app::capture::adapters::{Asked, challenge};
use leadwright_domain::fault::Refusal;

use super::adapted::parameter;
use crate::http::{ApiError, Ask};

/// Answer who asks whether the address is yours
///
/// For forms whose adapter asks before it sends: `meta_lead_ads` (`hub.mode=subscribe`, `hub.verify_token`,
/// `hub.challenge`: answered with the challenge as plain text) and `linkedin_lead_gen` (`challengeCode`: answered with its
/// signature as JSON). Other forms answer 404.
#[utoipa::path(
    tag = "Capture", operation_id = "answerCaptureChallenge", security(()),
    params(
        ("form_key" = String, Path, description = "The public key of the form", max_length = 100),
        ("hub.mode" = Option<String>, Query, description = "Meta: `subscribe`", max_length = 100),
        ("hub.verify_token" = Option<String>, Query, description = "Meta: the form's `adapter_verify_token`", max_length = 500),
        ("hub.challenge" = Option<String>, Query, description = "Meta: what is to be answered", max_length = 1000),
        ("challengeCode" = Option<String>, Query, description = "LinkedIn: what is to be signed", max_length = 1000),
    ),
    responses((status = 200, description = "The answer that the other system expects", content(
        (String = "text/plain"), (Object = "application/json"),
    )))
)]
#[get("/capture/{form_key}")]
pub async fn answer_capture_challenge(ask: Ask, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let found = super::submit::form(&ask, &request).await?;
    let short = |name: &str| parameter(&request, name).filter(|value| value.len() <= 1_000);
    let asked = Asked {
        mode: short("hub.mode"),
        verify_token: short("hub.verify_token"),
        challenge: short("hub.challenge"),
        challenge_code: short("challengeCode"),
    };
    match challenge(&ask.app, &found, &asked)? {
        Some((kind, answer)) => Ok(HttpResponse::Ok().content_type(kind).body(answer)),
        None => Err(Refusal::not_found("challenge that this form answers").into()),
    }
}
