//! The organization of random leads.

use chrono::DateTime;
use chrono_tz::Tz;
use uuid::Uuid;

use super::pools::LABELS;
use crate::{
    ids::{CustomFieldId, OrganizationId},
    leads::{CustomFieldDef, CustomFieldKind},
    organization::{Organization, Settings},
    quantity::Decimal,
    time::Instant,
};

/// The moment at which random conditions are asked: 2026-03-15T12:00:00Z.
pub const fn now() -> Instant {
    match DateTime::from_timestamp_secs(1_773_576_000) {
        Some(at) => at,
        None => DateTime::UNIX_EPOCH,
    }
}

/// An organization in New York that counts dollars.
pub fn organization() -> Organization {
    Organization {
        id: OrganizationId::from_uuid(Uuid::from_u64_pair(0x0195_8e2c_5c00_7000, 0x8000_0000_0000_00ff)),
        name: "Leads & Sons".into(),
        config_rev: 1,
        timezone: Tz::America__New_York,
        default_region: "US".into(),
        base_currency: "USD".into(),
        locale: "en-US".into(),
        country: Some("US".into()),
        latitude: Some(Decimal::from_micros(40_712_800)),
        longitude: Some(Decimal::from_micros(-74_006_000)),
        settings: Settings::default(),
    }
}

/// One custom field of each kind, under the name of its kind.
pub fn custom_fields() -> Vec<CustomFieldDef> {
    CustomFieldKind::ALL
        .iter()
        .zip(1..)
        .map(|(kind, nth)| CustomFieldDef {
            id: CustomFieldId::from_uuid(Uuid::from_u64_pair(0x0195_8e2c_5c00_7000, 0x8000_0000_0000_0100 + nth)),
            version: 1,
            key: kind.as_str().into(),
            label: kind.as_str().into(),
            kind: *kind,
            options: match kind {
                CustomFieldKind::SingleSelect | CustomFieldKind::MultiSelect => LABELS.map(String::from).to_vec(),
                _ => Vec::new(),
            },
            required: false,
            default: None,
            indexed: false,
            active: true,
        })
        .collect()
}
