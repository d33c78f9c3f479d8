//! Leads, interactions and models for tests.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::TimeDelta;
use serde_json::{Map, Value};

use super::{Adjustment, Draft, Explanation, Model, Scored, default_model, explain, score};
use crate::{
    condition::{Catalogue, Subject, facts},
    interactions::{Interaction, InteractionKind},
    leads::Lead,
    organization::Organization,
    sample::{self, at, id},
    time::Instant,
};

/// Something the sample lead did.
pub(super) fn did(kind: InteractionKind, time: &str) -> Interaction {
    done_at(kind, at(time))
}

/// Something the sample lead did.
pub(super) fn done_at(kind: InteractionKind, occurred_at: Instant) -> Interaction {
    static NEXT: AtomicU64 = AtomicU64::new(1_000);
    Interaction {
        id: id(u128::from(NEXT.fetch_add(1, Ordering::Relaxed))),
        lead_id: id(1),
        kind,
        occurred_at,
        url: None,
        title: None,
        item: None,
        message_id: None,
        campaign: None,
        visitor_id: None,
        duration_seconds: None,
        machine: false,
        data: Map::new(),
    }
}

/// A lead with what it did, and the moment at which it is looked at.
pub(super) struct Case {
    pub(super) organization: Organization,
    pub(super) lead: Lead,
    pub(super) interactions: Vec<Interaction>,
    pub(super) adjustments: Vec<Adjustment>,
    pub(super) now: Instant,
}

impl Case {
    /// A lead of whom nothing is known.
    pub(super) fn new() -> Self {
        Self {
            organization: sample::organization(),
            lead: sample::lead(),
            interactions: Vec::new(),
            adjustments: Vec::new(),
            now: at("2026-03-02T12:00:00Z"),
        }
    }

    /// It did something so many days ago.
    pub(super) fn did(mut self, kind: InteractionKind, days_ago: i64) -> Self {
        self.interactions.push(done_at(kind, self.now - TimeDelta::days(days_ago)));
        self
    }

    /// It looked at a page today.
    pub(super) fn viewed(mut self, url: &str) -> Self {
        let view = Interaction { url: Some(url.into()), ..done_at(InteractionKind::PageViewed, self.now) };
        self.interactions.push(view);
        self
    }

    /// The same lead so many days later.
    pub(super) fn days_later(mut self, days: i64) -> Self {
        self.now += TimeDelta::days(days);
        self
    }

    fn ask<T>(&self, answer: impl FnOnce(&Subject<'_>) -> T) -> T {
        let facts = facts(&self.lead, "website", &self.organization, &[]);
        answer(&Subject {
            lead: &self.lead,
            facts: &facts,
            interactions: &self.interactions,
            now: self.now,
            organization: &self.organization,
        })
    }

    /// Its score by a model.
    pub(super) fn score_by(&self, model: &Model) -> Scored {
        self.ask(|subject| score(model, subject, &self.adjustments))
    }

    /// Its score by the default model.
    pub(super) fn score(&self) -> Scored {
        self.score_by(&self.default_model())
    }

    /// Its score by a model, explained.
    pub(super) fn explain_by(&self, model: &Model) -> Explanation {
        self.ask(|subject| explain(model, subject, &self.adjustments))
    }

    /// The default model of its organization.
    pub(super) fn default_model(&self) -> Model {
        default_model(&self.organization, &Catalogue::new(&[])).unwrap().published(id(5), 1)
    }
}

/// A model of these rules.
pub(super) fn model(rules: Value) -> Model {
    let json = serde_json::json!({ "rules": rules });
    Draft::parse(&json, &Catalogue::new(&[])).unwrap().published(id(5), 1)
}
