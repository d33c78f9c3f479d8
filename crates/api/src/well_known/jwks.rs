use actix_web::get;
use leadwright_app::access::PublicKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{Answer, Ask, Result};

/// The public keys of access tokens (RFC 7517).
#[derive(Serialize, ToSchema)]
pub struct JwkSet {
    /// The keys, newest first.
    keys: Vec<Jwk>,
}

/// A public key (RFC 8037).
#[derive(Serialize, ToSchema)]
pub struct Jwk {
    /// The kind of key.
    #[schema(example = "OKP")]
    kty: &'static str,
    /// The curve.
    #[schema(example = "Ed25519")]
    crv: &'static str,
    /// What it is for: signatures.
    #[serde(rename = "use")]
    #[schema(example = "sig")]
    purpose: &'static str,
    /// The algorithm.
    #[schema(example = "EdDSA")]
    alg: &'static str,
    /// Its name in token headers.
    #[schema(example = "0190a7a000007000800000000000000f")]
    kid: String,
    /// The key itself.
    #[schema(example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")]
    x: String,
}

impl From<PublicKey> for Jwk {
    fn from(key: PublicKey) -> Self {
        Self { kty: "OKP", crv: "Ed25519", purpose: "sig", alg: "EdDSA", kid: key.kid, x: key.x }
    }
}

/// Read the public keys of access tokens
///
/// Other programs check tokens with them.
#[utoipa::path(
    tag = "Signing in", operation_id = "getJwks", security(()),
    responses((status = 200, description = "The keys", body = JwkSet))
)]
#[get("/.well-known/jwks.json")]
pub async fn get_jwks(ask: Ask) -> Result {
    let keys = ask.app.public_keys().await?.into_iter().map(Jwk::from).collect();
    Ok(Answer::ok(&JwkSet { keys }).header("Cache-Control", "public, max-age=300"))
}
