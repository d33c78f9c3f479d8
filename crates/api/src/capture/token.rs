use actix_web::{HttpRequest, HttpResponse, Responder, get};
use chrono::{DateTime, TimeDelta, Utc};
use leadwright_app::capture;
use leadwright_domain::capture::TOKEN_LASTS;
use serde::Serialize;
use utoipa::ToSchema;

use super::cors;
use crate::http::{Answer, ApiError, Ask};

/// A token for a page that was opened now.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormToken {
    /// Post it as `form_token`.
    #[schema(example = "pVbJ0sVbHk2m9xZcRj7LwNdE4pTq0sVbHk2m9xZcRj7LwNdE4w")]
    token: String,
    /// How long a person needs at least, in seconds: sooner than that after now, a post is quarantined.
    #[schema(example = 3)]
    min_fill_seconds: u32,
    /// Until when it is good.
    expires_at: DateTime<Utc>,
}

/// Get a token for the page of a form
///
/// Tells when the page was opened, signed, so that a post that comes faster than a person can be is recognized. Get one when
/// the page is opened and post it as `form_token`. Needed where the form has `min_fill_seconds`.
#[utoipa::path(
    tag = "Capture", operation_id = "getFormToken", security(()),
    params(("form_key" = String, Path, description = "The public key of the form", max_length = 100)),
    responses(
        (status = 200, description = "A token", body = FormToken),
        (status = 403, description = "The page's origin is none of the form's"),
    )
)]
#[get("/capture/{form_key}/token")]
pub async fn get_form_token(ask: Ask, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let found = super::submit::form(&ask, &request).await?;
    let origin = cors::origin(&request);
    cors::check(&found.form, origin)?;
    let now = ask.app.clock.now();
    let token = capture::fill_token(&ask.app.secrets, found.form.id, now).map_err(|_| ApiError::internal())?;
    let min_fill_seconds = found.form.settings.protection.min_fill_seconds;
    let lasts = TOKEN_LASTS.max(i64::from(min_fill_seconds));
    let token = FormToken { token, min_fill_seconds, expires_at: now + TimeDelta::seconds(lasts) };
    let mut response = Answer::ok(&token).header("Cache-Control", "no-store").respond_to(&request);
    cors::let_read(&mut response, &found.form, origin);
    Ok(response)
}
