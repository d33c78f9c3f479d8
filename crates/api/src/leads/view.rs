//! A lead as the API shows it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use leadwright_app::Configuration;
use leadwright_domain::{
    ids::{Id, LeadId},
    leads::{Lead, Priority, Seniority},
    quantity::{Decimal, WholeRange},
    scoring::{recommended_action, suggested_priority},
};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    bant::BantView,
    parts::{ConsentView, MoneyView, NextActionView, PurchaseView, ScoreComponents, SlaView, TouchView, WholeOrRange},
    words::{
        PriorityWord, RatingWord, RecommendedActionWord, RelationshipWord, SeniorityWord, StageWord, StatusWord,
        SuggestedActionWord,
    },
};
use crate::http::Answer;

/// The last part of a lead's `ETag`: the version of this representation.
pub const SHAPE: &str = "1";

/// A person, with their company, who showed interest.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Lead)]
pub struct LeadView {
    /// The id.
    #[schema(example = "0199b2a4-5c00-7000-8000-000000000001")]
    pub id: Uuid,
    /// Counts the changes by people and integrations; the first part of the `ETag`.
    #[schema(example = 3)]
    pub version: i64,
    /// The name of the person.
    #[schema(example = "Jane Doe")]
    pub contact_name: Option<String>,
    /// The first name.
    #[schema(example = "Jane")]
    pub first_name: Option<String>,
    /// The last name.
    #[schema(example = "Doe")]
    pub last_name: Option<String>,
    /// The e-mail address, normalized.
    #[schema(example = "jane.doe@example.com")]
    pub email: Option<String>,
    /// The e-mail address as it was given.
    #[schema(example = "Jane.Doe@Example.com")]
    pub email_given: Option<String>,
    /// The phone number in E.164.
    #[schema(example = "+14155552671")]
    pub phone: Option<String>,
    /// The phone number as it was given.
    #[schema(example = "(415) 555-2671")]
    pub phone_given: Option<String>,
    /// The company the person works for.
    #[schema(example = "Example Inc.")]
    pub company_name: Option<String>,
    /// The company's web address.
    #[schema(example = "https://www.example.com/")]
    pub website: Option<String>,
    /// What the person does.
    #[schema(example = "Head of Marketing")]
    pub job_title: Option<String>,
    /// How senior the person is; derived from the title unless given.
    pub seniority: SeniorityWord,
    /// The company's line of business.
    #[schema(example = "marketing")]
    pub industry: Option<String>,
    /// Employees, a number or a range.
    #[schema(value_type = Option<WholeOrRange>, example = "50-100")]
    pub company_size: Option<WholeRange>,
    /// Yearly revenue.
    pub annual_revenue: Option<MoneyView>,
    /// Country, ISO 3166-1 alpha-2.
    #[schema(example = "US")]
    pub country: Option<String>,
    /// State or province, ISO 3166-2 or free text.
    #[schema(example = "US-CA")]
    pub region: Option<String>,
    /// City.
    #[schema(example = "San Francisco")]
    pub city: Option<String>,
    /// Postal code.
    #[schema(example = "94105")]
    pub postal_code: Option<String>,
    /// Degrees north.
    #[schema(value_type = Option<f64>, example = 37.7898, minimum = -90, maximum = 90)]
    pub latitude: Option<Decimal>,
    /// Degrees east.
    #[schema(value_type = Option<f64>, example = -122.3942, minimum = -180, maximum = 180)]
    pub longitude: Option<Decimal>,
    /// Language, BCP 47.
    #[schema(example = "en-US")]
    pub language: Option<String>,
    /// Time zone, IANA.
    #[schema(example = "America/Los_Angeles")]
    pub timezone: Option<String>,
    /// Date of birth.
    #[schema(example = "1984-05-17")]
    pub birth_date: Option<NaiveDate>,
    /// The day they first bought.
    pub customer_since: Option<NaiveDate>,
    /// What the person is to us.
    pub relationship: Option<RelationshipWord>,
    /// What they bought.
    pub purchases: Vec<PurchaseView>,
    /// What they asked about.
    #[schema(example = json!(["starter_plan"]))]
    pub product_interests: Vec<String>,
    /// What the company uses.
    #[schema(example = json!(["Salesforce"]))]
    pub technologies: Vec<String>,
    /// Growth of the company in per cent a year.
    #[schema(value_type = Option<f64>, example = 12.5)]
    pub growth_rate: Option<Decimal>,
    /// Anything worth knowing.
    #[schema(example = "Asked for a demo in May")]
    pub notes: Option<String>,
    /// The code of the source.
    #[schema(example = "website")]
    pub source: String,
    /// Detail of the source, such as the name of the fair.
    #[schema(example = "Pricing page")]
    pub source_detail: Option<String>,
    /// The first touch.
    pub first_touch: Option<TouchView>,
    /// The last touch.
    pub last_touch: Option<TouchView>,
    /// How urgent it is.
    pub priority: PriorityWord,
    /// The priority that the score suggests.
    pub suggested_priority: PriorityWord,
    /// The user who works on it; `null` while nobody does.
    pub owner_id: Option<Uuid>,
    /// The team it belongs to.
    pub team_id: Option<Uuid>,
    /// Where the work stands.
    pub status: StatusWord,
    /// Since when.
    #[schema(example = "2026-03-01T09:30:00Z")]
    pub status_since: DateTime<Utc>,
    /// Why, for `nurture` and `unqualified`.
    #[schema(example = "bad_timing")]
    pub status_reason: Option<String>,
    /// The statuses it may move to.
    #[schema(example = json!(["qualified", "nurture", "unqualified"]))]
    pub allowed_transitions: Vec<StatusWord>,
    /// What the status asks for next.
    pub suggested_action: SuggestedActionWord,
    /// Where the hand-off from marketing to sales stands.
    pub stage: StageWord,
    /// Since when.
    #[schema(example = "2026-03-01T09:30:00Z")]
    pub stage_since: DateTime<Utc>,
    /// How promising it is.
    #[schema(example = 69, minimum = 0, maximum = 100)]
    pub score: i64,
    /// What the score is made of.
    pub score_components: ScoreComponents,
    /// The band of the score.
    pub rating: RatingWord,
    /// What the score asks for next.
    pub recommended_action: RecommendedActionWord,
    /// The human scorecard.
    #[schema(example = 15, minimum = 2, maximum = 21)]
    pub grade: Option<i64>,
    /// Budget, authority, need and timeline.
    pub bant: BantView,
    /// Labels.
    #[schema(example = json!(["spring fair"]))]
    pub tags: Vec<String>,
    /// Custom fields by key.
    #[schema(value_type = Object, example = json!({"fleet_size": 12}))]
    pub custom: Map<String, Value>,
    /// Consent by channel.
    pub consent: ConsentView,
    /// Ids in other systems, by system.
    #[schema(example = json!({"salesforce": "00Q5e00000abcde"}))]
    pub external_ids: BTreeMap<String, String>,
    /// What to do next, and by when.
    pub next_action: Option<NextActionView>,
    /// The promise to respond.
    pub sla: SlaView,
    /// When it was created.
    #[schema(example = "2026-03-01T09:25:00Z")]
    pub created_at: DateTime<Utc>,
    /// When a person, an integration or the system last changed it.
    #[schema(example = "2026-03-02T14:00:00Z")]
    pub updated_at: DateTime<Utc>,
    /// First completed human outbound contact.
    pub first_responded_at: Option<DateTime<Utc>>,
    /// When it last became qualified.
    pub qualified_at: Option<DateTime<Utc>>,
    /// When it was converted.
    pub converted_at: Option<DateTime<Utc>>,
    /// The newest interaction.
    pub last_interaction_at: Option<DateTime<Utc>>,
    /// When it was archived; archived leads are absent from lists unless asked for.
    pub archived_at: Option<DateTime<Utc>>,
    /// The lead it was merged into.
    pub merged_into: Option<Uuid>,
}

/// Copies what has the same name on both sides.
macro_rules! view {
    ([$($from:ident { $($same:ident),* })*] $($field:ident: $value:expr,)*) => {
        LeadView { $($($same: $from.$same.clone(),)*)* $($field: $value,)* }
    };
}

impl LeadView {
    /// The lead of an organization so configured.
    pub fn of(lead: &Lead, configuration: &Configuration) -> Self {
        let known = &lead.profile;
        let source = configuration.sources.iter().find(|source| source.id == lead.source_id);
        view!(
            [known {
                contact_name, first_name, last_name, email, email_given, phone, phone_given, company_name,
                website, job_title, industry, company_size, country, region, city, postal_code, latitude,
                longitude, language, timezone, birth_date, customer_since, product_interests, technologies,
                growth_rate, notes, source_detail, tags, custom, external_ids
            }
            lead {
                version, status_since, status_reason, stage_since, grade, created_at, updated_at,
                first_responded_at, qualified_at, converted_at, last_interaction_at, archived_at
            }]
            id: lead.id.uuid(),
            seniority: known.seniority.unwrap_or(Seniority::Unknown).into(),
            annual_revenue: known.annual_revenue.as_ref().map(MoneyView::from),
            relationship: known.relationship.map(Into::into),
            purchases: known.purchases.iter().map(Into::into).collect(),
            source: source.map(|source| source.code.clone()).unwrap_or_default(),
            first_touch: known.first_touch.as_ref().map(Into::into),
            last_touch: known.last_touch.as_ref().map(Into::into),
            priority: known.priority.unwrap_or(Priority::Medium).into(),
            suggested_priority: suggested_priority(lead.score.total).into(),
            owner_id: lead.owner_id.map(Id::uuid),
            team_id: lead.team_id.map(Id::uuid),
            status: lead.status.into(),
            allowed_transitions: lead.status.moves().iter().copied().map(Into::into).collect(),
            suggested_action: lead.status.suggested_action().into(),
            stage: lead.stage.into(),
            score: lead.score.total,
            score_components: (&lead.score).into(),
            rating: lead.rating().into(),
            recommended_action: recommended_action(lead.rating()).into(),
            bant: (&lead.bant).into(),
            consent: (&known.consent).into(),
            next_action: known.next_action.as_ref().map(Into::into),
            sla: lead.sla.into(),
            merged_into: lead.merged_into.map(Id::uuid),
        )
    }
}

/// Where a lead lives.
pub fn location(id: LeadId) -> String {
    format!("/api/v1/leads/{id}")
}

/// An answer about one whole lead, with the tag of its version.
pub fn tagged(answer: Answer, lead: &Lead) -> Answer {
    answer.etag(lead.version, lead.computed_rev, SHAPE)
}

/// 200 with one whole lead.
pub fn whole(lead: &Lead, config: &Configuration) -> Answer {
    tagged(Answer::ok(&LeadView::of(lead, config)), lead)
}

/// The same answer, naming the fields of which a suggestion was kept instead.
pub fn suggested(answer: Answer, fields: &[String]) -> Answer {
    if fields.is_empty() { answer } else { answer.header("Suggested", fields.join(", ")) }
}
