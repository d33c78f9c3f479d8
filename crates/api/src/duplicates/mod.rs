//! `/api/v1/duplicates`: pairs of leads that may be one person.

pub mod cancel_scan;
pub mod dismiss;
pub mod get;
pub mod get_scan;
pub mod list;
mod page;
pub mod reopen;
pub mod scan;
mod scan_view;

pub use page::{DuplicateListShape, Wanted, answer};

use chrono::{DateTime, Utc};
use leadwright_app::{Configuration, duplicates::PairWithLeads};
use leadwright_domain::{
    duplicates::{AlikeReason, DuplicatePair, PairState, Tier},
    ids::{DuplicatePairId, Id},
    leads::Lead,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    http::{Answer, words::word_schema},
    leads::{actor::ActorView, reasons::ReasonView, words::StatusWord},
};

word_schema! {
    /// How sure it is: a shared key, or likeness.
    TierWord as "DuplicateTier" = Tier, "fuzzy"
}
word_schema! {
    /// Where a suspected pair stands.
    PairStateWord as "DuplicateState" = PairState, "open"
}

/// One of the two leads of a pair, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DuplicateLead)]
pub struct ShortLead {
    /// The id.
    id: Uuid,
    /// The name of the person.
    #[schema(example = "Jane Doe")]
    contact_name: Option<String>,
    /// The company.
    #[schema(example = "Example Inc.")]
    company_name: Option<String>,
    /// The e-mail address.
    #[schema(example = "jane.doe@example.com")]
    email: Option<String>,
    /// The phone number.
    #[schema(example = "+14155552671")]
    phone: Option<String>,
    /// What the person does.
    job_title: Option<String>,
    /// Where the work stands.
    status: StatusWord,
    /// How promising it is.
    #[schema(example = 69)]
    score: i64,
    /// Who works on it.
    owner_id: Option<Uuid>,
    /// The code of the source.
    #[schema(example = "website")]
    source: String,
    /// When it was created.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
    /// When it was archived.
    archived_at: Option<DateTime<Utc>>,
    /// The lead that it was merged into.
    merged_into: Option<Uuid>,
}

impl ShortLead {
    /// A lead in short.
    pub fn of(lead: &Lead, config: &Configuration) -> Self {
        let known = &lead.profile;
        Self {
            id: lead.id.uuid(),
            contact_name: known.contact_name.clone(),
            company_name: known.company_name.clone(),
            email: known.email.clone(),
            phone: known.phone.clone().or_else(|| known.phone_given.clone()),
            job_title: known.job_title.clone(),
            status: lead.status.into(),
            score: lead.score.total,
            owner_id: lead.owner_id.map(Id::uuid),
            source: config.source_code(lead.source_id).to_owned(),
            created_at: lead.created_at,
            updated_at: lead.updated_at,
            archived_at: lead.archived_at,
            merged_into: lead.merged_into.map(Id::uuid),
        }
    }
}

/// Two leads that may be one person.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DuplicatePair)]
pub struct PairView {
    /// The id.
    #[schema(example = "0199b2a4-5c00-7000-8000-000000000041")]
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    version: i64,
    /// How sure it is.
    tier: TierWord,
    /// How alike they are, in hundredths.
    #[schema(example = 86, minimum = 0, maximum = 100)]
    similarity: i64,
    /// Why, the strongest first.
    reasons: Vec<ReasonView>,
    /// Where it stands.
    state: PairStateWord,
    /// What whoever dismissed it had to say.
    note: Option<String>,
    /// Who dismissed it.
    decided_by: Option<ActorView>,
    /// When.
    decided_at: Option<DateTime<Utc>>,
    /// When it was found.
    found_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
    /// The two leads, by id.
    leads: Vec<ShortLead>,
}

impl PairView {
    fn of(found: &PairWithLeads, config: &Configuration) -> Self {
        let leads = found.leads.iter().map(|lead| ShortLead::of(lead, config)).collect();
        Self { leads, ..Self::bare(&found.pair, config) }
    }

    /// The pair without its leads.
    pub fn bare(pair: &DuplicatePair, config: &Configuration) -> Self {
        Self {
            id: pair.id.uuid(),
            version: pair.version,
            tier: pair.tier.into(),
            similarity: pair.similarity,
            reasons: pair.reasons.iter().map(reason).collect(),
            state: pair.state.into(),
            note: pair.note.clone(),
            decided_by: pair.decided_by.map(|actor| ActorView::of(actor, config)),
            decided_at: pair.decided_at,
            found_at: pair.found_at,
            updated_at: pair.updated_at,
            leads: Vec::new(),
        }
    }
}

fn reason(reason: &AlikeReason) -> ReasonView {
    let text = match reason.code.as_str() {
        "same_email" => "They have the same e-mail address.",
        "same_mailbox" => "Their e-mail addresses lead to the same mailbox.",
        "similar_email" => "Their e-mail addresses differ by little.",
        "same_mailbox_elsewhere" => "Their e-mail addresses have the same name at different providers.",
        "same_phone" => "They have the same phone number.",
        "same_end_of_phone" => "Their phone numbers end in the same digits.",
        "same_name" => "They have the same name.",
        "swapped_name" => "Their names have the same words in another order.",
        "nickname" => "The first name of one is a short form of the other's.",
        "initial" => "The first name of one is the initial of the other's.",
        "similar_name" => "Their names differ by little.",
        "same_company" => "They work for the same company.",
        "similar_company" => "The names of their companies differ by little.",
        "same_domain" => "Their companies have the same domain.",
        "different_name" => "Their names have nothing in common, which speaks against it.",
        _ => "They resemble each other.",
    };
    ReasonView::of(reason, text.to_owned())
}

/// Where a pair lives.
fn location(id: DuplicatePairId) -> String {
    format!("/api/v1/duplicates/{id}")
}

/// 200 with one pair.
fn whole(found: &PairWithLeads, config: &Configuration) -> Answer {
    Answer::ok(&PairView::of(found, config)).version(found.pair.version)
}
