//! Access tokens: JWT, signed with EdDSA and nothing else.

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use leadwright_domain::{
    access::Role,
    ids::{OrganizationId, SessionId, UserId},
};
use leadwright_persistence::{CommandError, DbError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::App;

/// Clocks of nodes differ by no more than this.
const LEEWAY: TimeDelta = TimeDelta::seconds(5);

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    pub(super) sub: UserId,
    iat: i64,
    exp: i64,
    jti: Uuid,
    pub(super) org: OrganizationId,
    pub(super) sid: SessionId,
    role: Role,
}

/// Makes an access token for a session.
pub(super) async fn issue(
    app: &App,
    organization: OrganizationId,
    session: SessionId,
    user: (UserId, Role),
) -> Result<String, CommandError> {
    let key = app.access.signing.signing(app).await?;
    let settings = &app.access.settings;
    let now = app.access.clock.now().timestamp();
    let claims = Claims {
        iss: settings.issuer.clone(),
        aud: settings.audience.clone(),
        sub: user.0,
        iat: now,
        exp: now + i64::try_from(settings.access_token.as_secs()).unwrap_or(900),
        jti: Uuid::now_v7(),
        org: organization,
        sid: session,
        role: user.1,
    };
    let header = Header { kid: Some(key.kid), ..Header::new(Algorithm::EdDSA) };
    let signs = key.signs.ok_or_else(|| DbError::Other("the signing key can't sign".to_owned()))?;
    let token = encode(&header, &claims, &signs);
    Ok(token.map_err(|error| DbError::Other(format!("signing a token failed: {error}")))?)
}

/// What a token says, if it is ours and still good.
pub(super) async fn verified(app: &App, token: &str) -> Result<Option<Claims>, DbError> {
    let Ok(header) = decode_header(token) else { return Ok(None) };
    let (Algorithm::EdDSA, Some(kid)) = (header.alg, header.kid) else { return Ok(None) };
    let Some(key) = app.access.signing.verifying(app, &kid).await? else { return Ok(None) };
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_issuer(&[&app.access.settings.issuer]);
    rules.set_audience(&[&app.access.settings.audience]);
    rules.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    // Compared below, with our own clock.
    rules.validate_exp = false;
    let Ok(token) = decode::<Claims>(token, &key.verifies, &rules) else { return Ok(None) };
    let now = app.access.clock.now();
    let (begin, end) = ((now + LEEWAY).timestamp(), (now - LEEWAY).timestamp());
    Ok(Some(token.claims).filter(|claims| claims.iat <= begin && end < claims.exp))
}
