//! Interactions for tests.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{
    interactions::{Interaction, InteractionKind},
    sample::{at, id},
};

/// Something the sample lead did.
pub(super) fn did(kind: InteractionKind, time: &str) -> Interaction {
    static NEXT: AtomicU64 = AtomicU64::new(1_000);
    Interaction {
        id: id(u128::from(NEXT.fetch_add(1, Ordering::Relaxed))),
        lead_id: id(1),
        kind,
        occurred_at: at(time),
        url: None,
        title: None,
        item: None,
        message_id: None,
        campaign: None,
        visitor_id: None,
        duration_seconds: None,
        machine: false,
        data: serde_json::Map::new(),
    }
}
