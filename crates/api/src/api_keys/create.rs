use actix_web::post;
use chrono::{DateTime, Utc};
use leadwright_app::access::CreateApiKey as Create;
use leadwright_domain::time::truncated;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ApiKeyView, ScopeView};
use crate::http::{Answer, Body, Can, Result, can::UsersWrite};

/// A new API key.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateApiKey {
    /// What it is for.
    #[schema(example = "Web shop", min_length = 1, max_length = 100, pattern = r"\S")]
    name: String,
    /// What it may be used for; nothing that the caller may not do.
    #[schema(min_items = 1, max_items = 50)]
    scopes: Vec<ScopeView>,
    /// When it ends by itself; never, when left out.
    #[schema(example = "2036-01-01T00:00:00Z")]
    expires_at: Option<DateTime<Utc>>,
}

/// A new API key with its secret.
#[derive(Serialize, ToSchema)]
pub struct CreatedApiKey {
    #[serde(flatten)]
    view: ApiKeyView,
    /// The key itself. It is shown this once: keep it safe.
    #[schema(example = "lw_AAAA")]
    key: String,
}

/// Add an API key
///
/// The key is answered once and kept nowhere; so this operation takes no `Idempotency-Key`.
#[utoipa::path(
    tag = "API keys", operation_id = "createApiKey", security(("bearer" = ["users:write"])),
    request_body = CreateApiKey,
    responses((status = 201, description = "The new key", body = CreatedApiKey))
)]
#[post("/api-keys")]
pub async fn create_api_key(can: Can<UsersWrite>, body: Body<CreateApiKey>) -> Result {
    let new = body.value;
    let command = Create {
        name: new.name,
        scopes: new.scopes.into_iter().map(|scope| scope.0).collect(),
        expires_at: new.expires_at.map(truncated),
        rights: can.rights(),
        now: can.ask.app.access.clock.now(),
    };
    let (key, text) = can.write(command).await?;
    let location = format!("/api/v1/api-keys/{}", key.id);
    let created = CreatedApiKey { view: key.into(), key: text };
    Ok(Answer::created(location, &created).header("Cache-Control", "no-store"))
}
