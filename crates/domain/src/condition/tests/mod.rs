//! What the condition language promises.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod agreement;
mod faults;
mod interactions;
mod semantics;

use serde_json::Value;

use super::{
    Catalogue, Condition, Subject,
    arbitrary::{Sample, custom_fields, now, organization},
    facts,
};

/// Rolls that are the same on every run (splitmix64).
fn seeded(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

fn parse(json: &Value) -> Condition {
    Condition::parse(json, &Catalogue::new(&custom_fields())).unwrap_or_else(|faults| panic!("{json}: {faults:?}"))
}

/// Whether a condition holds of a lead, as it is or as somebody changed it.
fn holds(json: &Value, sample: &Sample) -> bool {
    let organization = organization();
    let facts = facts(&sample.lead, sample.source_code, &organization, &custom_fields());
    parse(json).matches(&Subject {
        lead: &sample.lead,
        facts: &facts,
        interactions: &sample.interactions,
        now: now(),
        organization: &organization,
    })
}

/// A lead of which nothing is known but what always is.
fn blank() -> Sample {
    let mut sample = super::arbitrary::sample(&mut seeded(1));
    sample.lead.profile = crate::leads::Profile::default();
    sample.lead.bant = crate::leads::parts::Bant::default();
    sample.lead.grade = None;
    sample.interactions = Vec::new();
    sample
}
