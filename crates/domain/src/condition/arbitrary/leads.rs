//! Random leads, of which about half of all values are missing.

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    Dice, now,
    pools::{
        AMOUNTS, COUNTRIES, DAYS, DECIMALS, LABELS, MOMENTS, OWNERS, PARTS, PLACES, SOURCE_CODES, TEAMS, TEXTS, WHOLES,
    },
};
use crate::{
    ids::{InteractionId, LeadId, LeadSourceId},
    interactions::{Interaction, InteractionKind},
    leads::{
        CustomFieldKind, Lead, Priority, Profile, Relationship, Seniority, Stage, Status,
        lead::StoredScore,
        parts::{
            Authority, Bant, BantState, Budget, Channel, Consent, ConsentState, Need, NextAction, Purchase, Sla,
            Timeline, Touch,
        },
    },
    quantity::{Decimal, Money, WholeRange},
    time::Instant,
};

/// A random lead and what belongs to it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The lead. Its `source_id` is made up: [`Self::source_code`] says which source is meant.
    pub lead: Lead,
    /// One of [`SOURCE_CODES`].
    pub source_code: &'static str,
    /// Its interactions, some of them done by machines.
    pub interactions: Vec<Interaction>,
}

/// A random lead of [`super::organization`].
pub fn sample(roll: &mut impl FnMut() -> u64) -> Sample {
    let mut dice = Dice(roll);
    let lead = dice.lead();
    let interactions = (0..dice.below(8)).map(|_| dice.interaction(lead.id)).collect();
    Sample { lead, source_code: dice.pick::<&str>(&SOURCE_CODES), interactions }
}

impl Dice<'_> {
    fn uuid(&mut self) -> Uuid {
        let (high, low) = ((self.0)(), (self.0)());
        uuid::Builder::from_random_bytes(Uuid::from_u64_pair(high, low).into_bytes()).into_uuid()
    }

    fn instant(&mut self) -> Instant {
        let text = self.pick(&MOMENTS);
        DateTime::parse_from_rfc3339(text).map_or_else(|_| now(), |at| at.to_utc())
    }

    fn maybe_instant(&mut self) -> Option<Instant> {
        let at = self.instant();
        self.maybe(&[at])
    }

    fn maybe_day(&mut self) -> Option<NaiveDate> {
        self.maybe(&DAYS).and_then(|day| day.parse().ok())
    }

    fn maybe_money(&mut self) -> Option<Money> {
        let currency = if self.one_in(8) { "EUR" } else { "USD" };
        let amount = self.maybe(&AMOUNTS)?;
        Some(Money { amount, max_amount: self.maybe(&[amount + 1]), currency: currency.into() })
    }

    fn maybe_decimal(&mut self) -> Option<Decimal> {
        self.maybe(&DECIMALS).and_then(Decimal::from_f64)
    }

    fn lead(&mut self) -> Lead {
        let score = *self.pick(&[0, 1, 30, 31, 50, 69, 70, 75, 100]);
        Lead {
            id: LeadId::from_uuid(self.uuid()),
            version: 1,
            computed_rev: 0,
            profile: self.profile(),
            source_id: LeadSourceId::from_uuid(self.uuid()),
            owner_id: self.maybe(&OWNERS),
            team_id: self.maybe(&TEAMS),
            status: *self.pick(Status::ALL),
            status_since: self.instant(),
            status_reason: self.maybe_text(&["no_budget", "bad timing", "other"]),
            stage: *self.pick(Stage::ALL),
            stage_since: self.instant(),
            score: StoredScore {
                total: score,
                demographic: score * 2 / 5,
                behavioral: score * 2 / 5,
                firmographic: score / 5,
                adjustment: *self.pick(&[-3, 0, 5]),
                model_version: 1,
                parts: Vec::new().into(),
                next_change_at: None,
            },
            adjustments: Vec::new(),
            grade: self.maybe(&[2, 5, 21]),
            bant: self.bant(),
            sla: Sla { due_at: self.maybe_instant(), met_at: self.maybe_instant(), breached_at: self.maybe_instant() },
            created_at: self.instant(),
            updated_at: self.instant(),
            first_responded_at: self.maybe_instant(),
            qualified_at: self.maybe_instant(),
            converted_at: self.maybe_instant(),
            last_interaction_at: self.maybe_instant(),
            archived_at: None,
            merged_into: None,
        }
    }

    fn profile(&mut self) -> Profile {
        let place = self.maybe(&PLACES);
        let degrees = |number: f64| Decimal::from_f64(number);
        Profile {
            contact_name: self.maybe_text(&TEXTS),
            first_name: self.maybe_text(&TEXTS),
            last_name: self.maybe_text(&TEXTS),
            email: self.maybe_text(&["bob@acme.com", "école@straße.de", "o'b+x_y@acme.com"]),
            phone: self.maybe_text(&["+12125550100", "+4930123456"]),
            company_name: self.maybe_text(&TEXTS),
            website: self.maybe_text(&["https://acme.com/100%", "http://a_b.example/?utm=1"]),
            job_title: self.maybe_text(&TEXTS),
            seniority: self.maybe(Seniority::ALL),
            industry: self.maybe_text(&LABELS),
            company_size: self.maybe(&WHOLES).map(|min| WholeRange { min: min.abs(), max: None }),
            annual_revenue: self.maybe_money(),
            country: self.maybe_text(&COUNTRIES),
            region: self.maybe_text(&TEXTS),
            city: self.maybe_text(&TEXTS),
            postal_code: self.maybe_text(&["10001", "D-10115"]),
            latitude: place.and_then(|(latitude, _)| degrees(latitude)),
            // A latitude alone is no place.
            longitude: place.filter(|_| !self.one_in(10)).and_then(|(_, longitude)| degrees(longitude)),
            language: self.maybe_text(&["en", "en-US", "fr"]),
            timezone: self.maybe_text(&["America/New_York", "Europe/Berlin"]),
            birth_date: self.maybe_day(),
            customer_since: self.maybe_day(),
            relationship: self.maybe(Relationship::ALL),
            growth_rate: self.maybe_decimal(),
            notes: self.maybe_text(&TEXTS),
            source_detail: self.maybe_text(&TEXTS),
            priority: self.maybe(Priority::ALL),
            custom: self.custom(),
            ..self.rest_of_profile()
        }
    }

    fn rest_of_profile(&mut self) -> Profile {
        let channels: Vec<Channel> = Channel::ALL.iter().copied().filter(|_| self.one_in(2)).collect();
        let external = self.several(&["hubspot", "Salesforce", "X_y"]);
        Profile {
            purchases: self
                .several(&TEXTS)
                .into_iter()
                .map(|product| Purchase { product, date: self.maybe_day(), price: self.maybe_money() })
                .collect(),
            product_interests: self.several(&LABELS),
            technologies: self.several(&LABELS),
            first_touch: self.maybe(&[()]).map(|()| self.touch()),
            last_touch: self.maybe(&[()]).map(|()| self.touch()),
            tags: self.several(&TEXTS),
            consent: channels
                .into_iter()
                .map(|channel| {
                    (channel, Consent { state: *self.pick(ConsentState::ALL), at: None, how: None, form_id: None })
                })
                .collect(),
            external_ids: external.into_iter().map(|system| (system, self.uuid().to_string())).collect(),
            next_action: self.maybe_text(&TEXTS).map(|text| NextAction { text, due_at: self.maybe_instant() }),
            ..Profile::default()
        }
    }

    fn touch(&mut self) -> Touch {
        Touch {
            utm_source: self.maybe_text(&["google", "Newsletter_1"]),
            utm_medium: self.maybe_text(&["cpc", "e-mail"]),
            utm_campaign: self.maybe_text(&TEXTS),
            utm_term: self.maybe_text(&TEXTS),
            utm_content: self.maybe_text(&TEXTS),
            referrer: self.maybe_text(&["https://acme.com/?q=%27"]),
            landing_page: self.maybe_text(&["/pricing", "/a_b"]),
            click_ids: self.several(&["gclid", "fbclid"]).into_iter().map(|id| (id, "1".into())).collect(),
            at: self.maybe_instant(),
        }
    }

    fn bant(&mut self) -> Bant {
        let text = |dice: &mut Self| dice.maybe_text(&TEXTS);
        let yes = |dice: &mut Self| dice.maybe(&[false, true]);
        let state = |dice: &mut Self| *dice.pick(BantState::ALL);
        Bant {
            budget: Budget {
                state: state(self),
                level: self.maybe(&[1, 2, 5]),
                allocated: yes(self),
                range: self.maybe_money(),
                controller: text(self),
                notes: None,
            },
            authority: Authority {
                state: state(self),
                decision_maker: yes(self),
                others_involved: text(self),
                approval_process: text(self),
                notes: None,
            },
            need: Need { state: state(self), clear: yes(self), urgency: text(self), impact: text(self), notes: None },
            timeline: Timeline {
                state: state(self),
                date: self.maybe_day(),
                deadlines: text(self),
                possible_delays: text(self),
                notes: None,
            },
        }
    }

    fn custom(&mut self) -> Map<String, Value> {
        let kinds: Vec<CustomFieldKind> = CustomFieldKind::ALL.iter().copied().filter(|_| !self.one_in(3)).collect();
        kinds.into_iter().map(|kind| (kind.as_str().to_owned(), self.custom_value(kind))).collect()
    }

    fn custom_value(&mut self, kind: CustomFieldKind) -> Value {
        match kind {
            CustomFieldKind::Text | CustomFieldKind::Url => json!(self.pick(&TEXTS)),
            CustomFieldKind::Number => json!(self.pick(&DECIMALS)),
            CustomFieldKind::Boolean => json!(self.one_in(2)),
            CustomFieldKind::Date => json!(self.pick(&DAYS)),
            CustomFieldKind::Datetime => json!(self.pick(&MOMENTS)),
            CustomFieldKind::SingleSelect => json!(self.pick(&LABELS)),
            CustomFieldKind::MultiSelect => json!(self.several(&LABELS)),
        }
    }

    fn interaction(&mut self, lead_id: LeadId) -> Interaction {
        Interaction {
            id: InteractionId::from_uuid(self.uuid()),
            lead_id,
            kind: *self.pick(&InteractionKind::ALL[..4]),
            occurred_at: self.instant(),
            url: self.maybe_text(&["https://acme.com/PRICING?x=%20", "https://acme.com/a_b"]),
            title: self.maybe_text(&TEXTS),
            item: self.maybe_text(&TEXTS),
            message_id: self.maybe_text(&PARTS),
            campaign: self.maybe_text(&TEXTS),
            visitor_id: self.maybe_text(&["v1", "v2"]),
            duration_seconds: self.maybe(&WHOLES).map(i64::abs),
            machine: self.one_in(6),
            data: Map::new(),
        }
    }
}
