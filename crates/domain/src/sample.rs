//! Records for tests, as plain as they can be.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use uuid::Uuid;

use crate::{
    ids::{Id, OrganizationId},
    leads::{
        Lead, Profile, Stage, Status,
        lead::StoredScore,
        parts::{Bant, Sla},
    },
    organization::{Organization, Settings},
    quantity::Decimal,
    time::Instant,
};

/// An id that is easy to tell from others.
pub(crate) fn id<T>(number: u128) -> Id<T> {
    Id::from_uuid(Uuid::from_u128(number))
}

/// An instant written out.
pub(crate) fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A new lead of whom nothing is known, created on the first of March 2026 at noon.
pub(crate) fn lead() -> Lead {
    let created = at("2026-03-01T12:00:00Z");
    Lead {
        id: id(1),
        version: 1,
        computed_rev: 0,
        profile: Profile::default(),
        source_id: id(2),
        owner_id: None,
        team_id: None,
        status: Status::New,
        status_since: created,
        status_reason: None,
        stage: Stage::None,
        stage_since: created,
        score: StoredScore {
            total: 0,
            demographic: 0,
            behavioral: 0,
            firmographic: 0,
            adjustment: 0,
            model_version: 0,
            parts: Arc::default(),
            next_change_at: None,
        },
        adjustments: Vec::new(),
        grade: None,
        bant: Bant::default(),
        sla: Sla::default(),
        created_at: created,
        updated_at: created,
        first_responded_at: None,
        qualified_at: None,
        converted_at: None,
        last_interaction_at: None,
        archived_at: None,
        merged_into: None,
    }
}

/// An organization in Denver.
pub(crate) fn organization() -> Organization {
    let org: OrganizationId = id(9);
    Organization {
        id: org,
        name: "Sample".into(),
        config_rev: 1,
        timezone: chrono_tz::America::Denver,
        default_region: "US".into(),
        base_currency: "USD".into(),
        locale: "en-US".into(),
        country: Some("US".into()),
        latitude: Decimal::from_f64(39.7392),
        longitude: Decimal::from_f64(-104.9903),
        settings: Settings::default(),
    }
}
