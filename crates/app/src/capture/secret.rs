//! What a form shares with another service, sealed in its settings.

use leadwright_domain::ids::OrganizationId;

use crate::secrets::{SecretError, Secrets, Use};

/// Seals a secret of a form of this organization.
///
/// # Errors
/// The cryptographic library failed.
pub fn seal_secret(secrets: &Secrets, organization: OrganizationId, secret: &str) -> Result<String, SecretError> {
    secrets.seal_text(Use::FormSecrets, organization.uuid().as_bytes(), secret)
}

/// Opens what [`seal_secret`] made.
///
/// # Errors
/// It was sealed for another organization or under another key.
pub fn open_secret(secrets: &Secrets, organization: OrganizationId, sealed: &str) -> Result<String, SecretError> {
    secrets.open_text(Use::FormSecrets, organization.uuid().as_bytes(), sealed)
}
