//! The structured parts of a lead: consent, attribution, purchases, BANT, SLA, next action.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{choices, ids::CaptureFormId, quantity::Money, time::Instant};

choices! {
    /// Ways to reach a person that need consent.
    Channel {
        /// E-mail.
        Email = "email",
        /// Text messages.
        Sms = "sms",
        /// Calls.
        Phone = "phone",
    }
}

choices! {
    /// Whether a person agreed to be reached.
    ConsentState {
        /// Never asked.
        Unknown = "unknown",
        /// Agreed.
        Granted = "granted",
        /// Took it back.
        Withdrawn = "withdrawn",
    }
}

/// What a person said about one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Agreed or not.
    pub state: ConsentState,
    /// When they said so.
    #[serde(default)]
    pub at: Option<Instant>,
    /// How: the form, the call, the wording shown.
    #[serde(default)]
    pub how: Option<String>,
    /// The form they said so in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_id: Option<CaptureFormId>,
}

/// Consent by channel; an absent channel is unknown.
pub type Consents = BTreeMap<Channel, Consent>;

/// One touch: where a visit came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Touch {
    /// `utm_source`.
    pub utm_source: Option<String>,
    /// `utm_medium`.
    pub utm_medium: Option<String>,
    /// `utm_campaign`.
    pub utm_campaign: Option<String>,
    /// `utm_term`.
    pub utm_term: Option<String>,
    /// `utm_content`.
    pub utm_content: Option<String>,
    /// The page that linked here.
    pub referrer: Option<String>,
    /// The page they landed on.
    pub landing_page: Option<String>,
    /// Click ids by network parameter (`gclid`, `fbclid`, …).
    pub click_ids: BTreeMap<String, String>,
    /// When.
    pub at: Option<Instant>,
}

/// Something the person bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purchase {
    /// What.
    pub product: String,
    /// When.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// For how much.
    #[serde(default)]
    pub price: Option<Money>,
}

/// What to do next with the lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextAction {
    /// In words.
    pub text: String,
    /// By when.
    #[serde(default)]
    pub due_at: Option<Instant>,
}

choices! {
    /// What is known of one part of BANT.
    BantState {
        /// Not asked yet.
        Unknown = "unknown",
        /// Confirmed.
        Met = "met",
        /// Confirmed not.
        NotMet = "not_met",
    }
}

choices! {
    /// The parts of BANT.
    BantPart {
        /// Is there money?
        Budget = "budget",
        /// Can they decide?
        Authority = "authority",
        /// Do they need it?
        Need = "need",
        /// By when?
        Timeline = "timeline",
    }
}

/// Budget, authority, need, timeline (spec QUA-1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Bant {
    /// Budget.
    pub budget: Budget,
    /// Authority.
    pub authority: Authority,
    /// Need.
    pub need: Need,
    /// Timeline.
    pub timeline: Timeline,
}

/// The money for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Budget {
    /// Confirmed?
    pub state: BantState,
    /// How ample, 1 to 5.
    pub level: Option<u8>,
    /// Is it set aside?
    pub allocated: Option<bool>,
    /// The range.
    pub range: Option<Money>,
    /// Who controls it: `contact` for the person themselves, else whoever it is.
    pub controller: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
}

/// Who decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Authority {
    /// Confirmed?
    pub state: BantState,
    /// Does the person decide?
    pub decision_maker: Option<bool>,
    /// Others who take part.
    pub others_involved: Option<String>,
    /// How it is approved.
    pub approval_process: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
}

/// What they need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Need {
    /// Confirmed?
    pub state: BantState,
    /// Is it clear?
    pub clear: Option<bool>,
    /// How urgent.
    pub urgency: Option<String>,
    /// What happens if it is not solved.
    pub impact: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
}

/// By when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Timeline {
    /// Confirmed?
    pub state: BantState,
    /// The wanted date.
    pub date: Option<NaiveDate>,
    /// Deadlines.
    pub deadlines: Option<String>,
    /// What may delay it.
    pub possible_delays: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
}

macro_rules! unknown_by_default {
    ($($part:ident { $($field:ident),* })*) => { $(
        impl Default for $part {
            fn default() -> Self { Self { state: BantState::Unknown, $($field: None),* } }
        }
    )* };
}
unknown_by_default! {
    Budget { level, allocated, range, controller, notes }
    Authority { decision_maker, others_involved, approval_process, notes }
    Need { clear, urgency, impact, notes }
    Timeline { date, deadlines, possible_delays, notes }
}

impl Bant {
    /// What is known of one part.
    pub const fn state(&self, part: BantPart) -> BantState {
        match part {
            BantPart::Budget => self.budget.state,
            BantPart::Authority => self.authority.state,
            BantPart::Need => self.need.state,
            BantPart::Timeline => self.timeline.state,
        }
    }

    /// How much is known, in per cent of the four parts.
    pub fn completeness(&self) -> u8 {
        let known = BantPart::ALL.iter().filter(|part| self.state(**part) != BantState::Unknown).count();
        (known * 25) as u8
    }
}

/// The promise to respond (spec ROU-6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sla {
    /// When the first response is due.
    pub due_at: Option<Instant>,
    /// When it was met.
    pub met_at: Option<Instant>,
    /// When it was found breached.
    pub breached_at: Option<Instant>,
}
