//! `/api/v1/api-keys`: what programs prove themselves with.

pub mod create;
pub mod list;
pub mod revoke;

use leadwright_domain::{
    access::{ApiKey, Permission},
    ids::Id,
    time::to_rfc3339,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::words;

/// A program's credential, without its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub struct ApiKeyView {
    /// The id.
    id: Uuid,
    /// What it is for.
    #[schema(example = "Web shop")]
    name: String,
    /// Its last characters, so that people can tell keys apart.
    #[schema(example = "x7Qa")]
    hint: String,
    /// What it may be used for.
    scopes: Vec<ScopeView>,
    /// Who made it; `null` where a program did.
    created_by: Option<Uuid>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// When it ends by itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<String>,
    /// When it was last used, to the minute.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<String>,
    /// When it was revoked.
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<String>,
}

words! {
    ScopeView(Permission) as "Scope": "What a credential may be used for.";
}

impl From<ApiKey> for ApiKeyView {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.id.uuid(),
            name: key.name,
            hint: key.hint,
            scopes: key.scopes.into_iter().map(ScopeView).collect(),
            created_by: key.created_by.map(Id::uuid),
            created_at: to_rfc3339(key.created_at),
            expires_at: key.expires_at.map(to_rfc3339),
            last_used_at: key.last_used_at.map(to_rfc3339),
            revoked_at: key.revoked_at.map(to_rfc3339),
        }
    }
}
