//! The structured parts of a lead, as the API shows them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use leadwright_domain::{
    leads::{
        lead::StoredScore,
        parts::{self, Channel, Consents},
    },
    quantity,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::words::ConsentStateWord;

/// A number of employees, or a range of them.
#[derive(ToSchema)]
#[serde(untagged)]
#[schema(as = WholeOrRange)]
#[expect(dead_code, reason = "the shape of a range for the document")]
pub enum WholeOrRange {
    /// An exact number.
    Number(i64),
    /// A range such as `50-100`, or an open one such as `1000+`.
    Range(String),
}

/// An amount of money, or a range, in minor units of one currency.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Money, example = json!({"amount": 125_000_000, "currency": "USD"}))]
pub struct MoneyView {
    /// Minor units (cents); of a range, the least.
    pub amount: i64,
    /// The most of a range; absent for an exact amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub max_amount: Option<i64>,
    /// ISO 4217.
    #[schema(pattern = "^[A-Z]{3}$")]
    pub currency: String,
}

impl From<&quantity::Money> for MoneyView {
    fn from(money: &quantity::Money) -> Self {
        Self { amount: money.amount, max_amount: money.max_amount, currency: money.currency.clone() }
    }
}

/// The components of the score. They add up to it, within 0 and 100.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = ScoreComponents)]
pub struct ScoreComponents {
    /// What the person is: 0 to 40.
    #[schema(example = 33)]
    demographic: i64,
    /// What the person did: 0 to 40.
    #[schema(example = 28)]
    behavioral: i64,
    /// What the company is: 0 to 20.
    #[schema(example = 8)]
    firmographic: i64,
    /// What people of ours added or took.
    #[schema(example = 0)]
    adjustment: i64,
}

impl From<&StoredScore> for ScoreComponents {
    fn from(score: &StoredScore) -> Self {
        Self {
            demographic: score.demographic,
            behavioral: score.behavioral,
            firmographic: score.firmographic,
            adjustment: score.adjustment,
        }
    }
}

/// Consent by channel.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Consent)]
pub struct ConsentView {
    /// To e-mail.
    email: ChannelConsent,
    /// To text messages.
    sms: ChannelConsent,
    /// To calls.
    phone: ChannelConsent,
}

/// What the person said about one channel.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChannelConsent {
    /// Agreed or not.
    state: ConsentStateWord,
    /// When they said so.
    #[schema(example = "2026-03-01T09:30:00Z")]
    at: Option<DateTime<Utc>>,
    /// How: the form, the call, the wording shown.
    #[schema(example = "Newsletter form")]
    how: Option<String>,
    /// The capture form they said so in.
    form_id: Option<uuid::Uuid>,
}

impl From<&Consents> for ConsentView {
    fn from(consents: &Consents) -> Self {
        let of = |channel| {
            let known = consents.get(&channel);
            ChannelConsent {
                state: known.map_or(parts::ConsentState::Unknown, |known| known.state).into(),
                at: known.and_then(|known| known.at),
                how: known.and_then(|known| known.how.clone()),
                form_id: known.and_then(|known| known.form_id).map(leadwright_domain::ids::Id::uuid),
            }
        };
        Self { email: of(Channel::Email), sms: of(Channel::Sms), phone: of(Channel::Phone) }
    }
}

/// Where a visit came from.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Touch)]
pub struct TouchView {
    /// `utm_source`.
    #[schema(example = "google")]
    utm_source: Option<String>,
    /// `utm_medium`.
    #[schema(example = "cpc")]
    utm_medium: Option<String>,
    /// `utm_campaign`.
    #[schema(example = "spring")]
    utm_campaign: Option<String>,
    /// `utm_term`.
    utm_term: Option<String>,
    /// `utm_content`.
    utm_content: Option<String>,
    /// The page that linked here.
    referrer: Option<String>,
    /// The page they landed on.
    #[schema(example = "https://www.example.com/pricing")]
    landing_page: Option<String>,
    /// Click ids by network parameter.
    #[schema(example = json!({"gclid": "CjwKCAjw"}))]
    click_ids: BTreeMap<String, String>,
    /// When.
    at: Option<DateTime<Utc>>,
}

impl From<&parts::Touch> for TouchView {
    fn from(touch: &parts::Touch) -> Self {
        let touch = touch.clone();
        Self {
            utm_source: touch.utm_source,
            utm_medium: touch.utm_medium,
            utm_campaign: touch.utm_campaign,
            utm_term: touch.utm_term,
            utm_content: touch.utm_content,
            referrer: touch.referrer,
            landing_page: touch.landing_page,
            click_ids: touch.click_ids,
            at: touch.at,
        }
    }
}

/// Something the person bought.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Purchase)]
pub struct PurchaseView {
    /// What.
    #[schema(example = "Starter plan")]
    product: String,
    /// When.
    #[schema(example = "2025-11-30")]
    date: Option<NaiveDate>,
    /// For how much.
    price: Option<MoneyView>,
}

impl From<&parts::Purchase> for PurchaseView {
    fn from(purchase: &parts::Purchase) -> Self {
        Self {
            product: purchase.product.clone(),
            date: purchase.date,
            price: purchase.price.as_ref().map(MoneyView::from),
        }
    }
}

/// What to do next with the lead.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = NextAction)]
pub struct NextActionView {
    /// In words.
    #[schema(example = "Send the proposal")]
    text: String,
    /// By when.
    due_at: Option<DateTime<Utc>>,
}

impl From<&parts::NextAction> for NextActionView {
    fn from(action: &parts::NextAction) -> Self {
        Self { text: action.text.clone(), due_at: action.due_at }
    }
}

/// The promise to respond.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = Sla)]
pub struct SlaView {
    /// When the first response is due.
    due_at: Option<DateTime<Utc>>,
    /// When it came in time.
    met_at: Option<DateTime<Utc>>,
    /// When it was found late.
    breached_at: Option<DateTime<Utc>>,
}

impl From<parts::Sla> for SlaView {
    fn from(sla: parts::Sla) -> Self {
        Self { due_at: sla.due_at, met_at: sla.met_at, breached_at: sla.breached_at }
    }
}
