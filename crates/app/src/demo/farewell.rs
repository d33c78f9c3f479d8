//! Somebody who was a lead somewhere else and wants to be none here.

use std::sync::Arc;

use leadwright_domain::{
    access::{Actor, User},
    privacy::ErasureReason,
    time::Instant,
};
use leadwright_persistence::{CommandError, Tx};

use super::{known, office::Office};
use crate::{
    Secrets,
    privacy::{Erase, Wanted},
};

/// Erases them, so that no import brings them.
pub(super) async fn erase(
    tx: &Tx,
    office: &Office,
    admin: &User,
    secrets: &Arc<Secrets>,
    at: Instant,
) -> Result<(), CommandError> {
    let erase = Erase {
        wanted: Wanted::Email("percival.hobday@hobday-imports.example".to_owned()),
        reason: ErasureReason::RequestedByPerson,
        reference: Some("DSR-2026-098".to_owned()),
        swept: None,
        shared: None,
        secrets: Arc::clone(secrets),
    };
    let call = office.call(Actor::User(admin.id), at);
    Box::pin(tx.within_naming(call, &erase, [known::ERASURE])).await?;
    Ok(())
}
