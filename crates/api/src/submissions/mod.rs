//! `/api/v1/submissions`: what was posted to forms, and what came of it.

pub mod cleansing;
pub mod get;
pub mod list;
pub mod reject;
pub mod release;
pub mod replay;
pub mod replay_all;
pub mod replay_job;

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use leadwright_domain::capture::{Submission, SubmissionState};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::words::word_schema;

word_schema! {
    /// What came of a submission.
    SubmissionStateWord as "SubmissionState" = SubmissionState, "created"
}

/// What was posted to a form, and what came of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Submission)]
pub struct SubmissionView {
    /// The id: the receipt that the sender got.
    pub id: Uuid,
    /// The form it was posted to.
    pub form_id: Uuid,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// The media type it came as.
    #[schema(example = "application/json")]
    pub content_type: String,
    /// The headers that were kept: origin, referrer, user agent.
    #[schema(value_type = Object)]
    pub headers: Value,
    /// The body as it came, without what was in large files; `null` where it is no UTF-8.
    #[schema(example = "{\"email\":\"jane.doe@example.com\"}")]
    pub body: Option<String>,
    /// The same in Base64, where it is no UTF-8.
    pub body_base64: Option<String>,
    /// What came of it.
    pub state: SubmissionStateWord,
    /// The lead it became or belongs to.
    pub lead_id: Option<Uuid>,
    /// Why: reasons of the match, warnings, what was refused, suspicions, inputs that nothing was done with, files.
    #[schema(value_type = Object)]
    pub outcome: Value,
    /// When it was last taken in anew.
    pub replayed_at: Option<DateTime<Utc>>,
}

impl From<Submission> for SubmissionView {
    fn from(submission: Submission) -> Self {
        let (body, body_base64) = match String::from_utf8(submission.body) {
            Ok(text) => (Some(text), None),
            Err(bytes) => (None, Some(STANDARD.encode(bytes.as_bytes()))),
        };
        Self {
            id: submission.id.uuid(),
            form_id: submission.form_id.uuid(),
            received_at: submission.received_at,
            content_type: submission.content_type,
            headers: submission.headers,
            body,
            body_base64,
            state: submission.state.into(),
            lead_id: submission.lead_id.map(leadwright_domain::ids::Id::uuid),
            outcome: submission.outcome,
            replayed_at: submission.replayed_at,
        }
    }
}
