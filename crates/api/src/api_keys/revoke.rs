use actix_web::delete;
use leadwright_app::access::RevokeApiKey;
use leadwright_domain::ids::kind::ApiKey;

use crate::http::{Answer, Can, PathId, Result, can::UsersWrite};

/// Revoke an API key
///
/// It is void from now on; on other nodes within five seconds. The list keeps showing it.
#[utoipa::path(
    tag = "API keys", operation_id = "revokeApiKey", security(("bearer" = ["users:write"])),
    params(("key_id" = uuid::Uuid, Path, description = "The id of the key")),
    responses((status = 204, description = "The key is void"))
)]
#[delete("/api-keys/{key_id}")]
pub async fn revoke_api_key(can: Can<UsersWrite>, id: PathId<ApiKey>) -> Result {
    can.write(RevokeApiKey { id: id.0, now: can.ask.app.access.clock.now() }).await?;
    Ok(Answer::no_content())
}
