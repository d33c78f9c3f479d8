//! `/api/v1/suggestions`: values that weaker writers brought, until somebody decides.

pub mod accept;
pub mod dismiss;
pub mod get;
pub mod list;
mod page;

pub use page::{SuggestionListShape, Wanted, answer};

use chrono::{DateTime, Utc};
use leadwright_app::{Configuration, suggestions::SuggestionWithLead};
use leadwright_domain::{
    ids::Id,
    precedence::{self, Writer, Written},
    suggestions::{Suggestion, SuggestionState},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    duplicates::ShortLead,
    http::{Answer, words::word_schema},
    leads::actor::ActorView,
};

word_schema! {
    /// What kind of writer a value comes from: somebody who signed in, a program or a file of another system, a form, or a
    /// file of bought data.
    WriterWord as "Writer" = Writer, "form"
}
word_schema! {
    /// Where a suggested value stands.
    SuggestionStateWord as "SuggestionState" = SuggestionState, "open"
}

/// Who wrote something, and when.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = Written)]
pub struct WrittenView {
    /// What kind of writer.
    writer: WriterWord,
    /// When, to the second.
    #[schema(example = "2026-03-01T09:30:00Z")]
    at: DateTime<Utc>,
    /// The submission that brought it.
    submission_id: Option<Uuid>,
    /// The import that brought it.
    import_id: Option<Uuid>,
}

impl From<Written> for WrittenView {
    fn from(written: Written) -> Self {
        Self {
            writer: written.by.into(),
            at: written.at,
            submission_id: written.submission_id.map(Id::uuid),
            import_id: written.import_id.map(Id::uuid),
        }
    }
}

/// A value that was not written, because whoever wrote the field is stronger, or only blanks were to be filled.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Suggestion)]
pub struct SuggestionView {
    /// The id.
    #[schema(example = "0199b2a4-5c00-7000-8000-000000000081")]
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    #[schema(example = 1)]
    version: i64,
    /// The lead it is for.
    lead_id: Uuid,
    /// The field; custom ones as `custom.<key>`.
    #[schema(example = "phone")]
    field: String,
    /// What the field would hold; `null` for nothing.
    #[schema(value_type = Value, example = "+14155550134")]
    value: Value,
    /// Who brought it last.
    from: WrittenView,
    /// Where it stands.
    state: SuggestionStateWord,
    /// Who accepted or dismissed it.
    decided_by: Option<ActorView>,
    /// When.
    decided_at: Option<DateTime<Utc>>,
    /// When it first came.
    created_at: DateTime<Utc>,
    /// When it last came, or was decided.
    updated_at: DateTime<Utc>,
}

/// A suggestion beside what the lead holds now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SuggestionWithLead)]
pub struct SuggestionWithLeadView {
    #[serde(flatten)]
    suggestion: SuggestionView,
    /// What the field holds now; `null` for nothing.
    #[schema(value_type = Value, example = "+14155550132")]
    current: Value,
    /// Who wrote that; `null` where it is not known, or nobody did.
    current_from: Option<WrittenView>,
    /// The lead in short.
    lead: ShortLead,
}

impl SuggestionView {
    /// Puts a suggestion into words.
    pub fn of(one: &Suggestion, config: &Configuration) -> Self {
        Self {
            id: one.id.uuid(),
            version: one.version,
            lead_id: one.lead_id.uuid(),
            field: one.field.clone(),
            value: one.value.clone(),
            from: one.from.into(),
            state: one.state.into(),
            decided_by: one.decided_by.map(|actor| ActorView::of(actor, config)),
            decided_at: one.decided_at,
            created_at: one.created_at,
            updated_at: one.updated_at,
        }
    }
}

impl SuggestionWithLeadView {
    fn of(found: &SuggestionWithLead, config: &Configuration) -> Self {
        let (one, profile) = (&found.suggestion, &found.lead.profile);
        let current = precedence::value(profile, &one.field);
        let wrote = match current.is_null() {
            true => profile.written.emptied(&one.field),
            false => profile.written.of(&one.field),
        };
        Self {
            suggestion: SuggestionView::of(one, config),
            current,
            current_from: wrote.map(Into::into),
            lead: ShortLead::of(&found.lead, config),
        }
    }
}

/// 200 with one suggestion.
fn whole(found: &SuggestionWithLead, config: &Configuration) -> Answer {
    Answer::ok(&SuggestionWithLeadView::of(found, config)).version(found.suggestion.version)
}
