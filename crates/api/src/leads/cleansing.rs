use actix_web::{HttpRequest, get};
use chrono::{DateTime, Utc};
use leadwright_app::{capture, leads};
use leadwright_domain::{
    access::Permission,
    cleansing::{Cleansed, Counted, Rule, of_given},
    fault::Fault,
    ids::{Id, kind::Lead},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::moved;
use crate::http::{Answer, Can, PathId, Result, can::LeadsRead, words::word_schema};

word_schema! {
    /// What was done to a value on its way in.
    CleansingRuleWord as "CleansingRule" = Rule, "phone_e164"
}

/// A value that is not kept as it came.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CleansedValue {
    /// The field; custom ones as `custom.<key>`.
    #[schema(example = "phone")]
    field: String,
    /// What came.
    #[schema(example = json!("(415) 555-2671"))]
    from: Value,
    /// What is kept.
    #[schema(example = json!("+14155552671"))]
    to: Value,
    /// What was done; of several things the one that did most.
    rule: CleansingRuleWord,
}

impl From<Cleansed> for CleansedValue {
    fn from(Cleansed { field, from, to, rule }: Cleansed) -> Self {
        Self { field, from, to, rule: rule.into() }
    }
}

/// How often values of a field are not kept as they came.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CleansedCount {
    /// The field; custom ones as `custom.<key>`.
    #[schema(example = "phone")]
    field: String,
    /// What was done.
    rule: CleansingRuleWord,
    /// In how many rows.
    #[schema(example = 412)]
    count: u64,
}

impl From<Counted> for CleansedCount {
    fn from(Counted { field, rule, count }: Counted) -> Self {
        Self { field, rule: rule.into(), count }
    }
}

/// What is not kept of a submission as it came.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionCleansing {
    /// The submission.
    submission_id: Uuid,
    /// The form it was posted to.
    form_id: Uuid,
    /// The lead it became or belongs to.
    lead_id: Option<Uuid>,
    /// When it came.
    received_at: DateTime<Utc>,
    /// Values that are not kept as they came.
    cleansed: Vec<CleansedValue>,
    /// What was understood but is not quite right.
    #[schema(value_type = Vec<Object>)]
    warnings: Vec<Fault>,
    /// Why it can't be taken in, if it can't.
    #[schema(value_type = Vec<Object>)]
    errors: Vec<Fault>,
}

impl From<capture::Cleansing> for SubmissionCleansing {
    fn from(found: capture::Cleansing) -> Self {
        let submission = found.submission;
        Self {
            submission_id: submission.id.uuid(),
            form_id: submission.form_id.uuid(),
            lead_id: submission.lead_id.map(Id::uuid),
            received_at: submission.received_at,
            cleansed: found.cleansed.into_iter().map(Into::into).collect(),
            warnings: found.warnings,
            errors: found.faults,
        }
    }
}

/// What is not kept of a lead as it came.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeadCleansing {
    /// The lead.
    lead_id: Uuid,
    /// E-mail address and phone number, whoever brought them: the forms in which they were given are kept with the lead.
    cleansed: Vec<CleansedValue>,
    /// The ten newest submissions that became or belong to it, newest first; none for callers who may not read submissions.
    submissions: Vec<SubmissionCleansing>,
}

/// Read what is not kept of a lead as it came
///
/// Field by field what arrived, what is kept and by which rule: of the address and the number that the lead has now, and of its
/// newest submissions, told from their bodies, for callers with `submissions:read`. Rows of files and bodies of API calls are not kept: their job counts what was
/// changed, their dry run shows it.
#[utoipa::path(
    tag = "Leads", operation_id = "getLeadCleansing", security(("bearer" = ["leads:read"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    responses(
        (status = 200, description = "What was changed", body = LeadCleansing),
        (status = 308, description = "It was merged into another", headers(("Location" = String, description = "The same of that one")))
    )
)]
#[get("/leads/{lead_id}/cleansing")]
pub async fn get_lead_cleansing(can: Can<LeadsRead>, id: PathId<Lead>, request: HttpRequest) -> Result {
    let reader = can.read();
    if let Some(answer) = moved::elsewhere(&reader, id.0, &request).await? {
        return Ok(answer);
    }
    let lead = leads::get(&reader, id.0).await?;
    let config = can.ask.app.configuration(&can.call()).await?;
    let submissions = match can.permissions.contains(&Permission::SubmissionsRead) {
        true => capture::of_lead(&reader, &config, lead.id).await?,
        false => Vec::new(),
    };
    Ok(Answer::ok(&LeadCleansing {
        lead_id: lead.id.uuid(),
        cleansed: of_given(&lead.profile).into_iter().map(Into::into).collect(),
        submissions: submissions.into_iter().map(Into::into).collect(),
    }))
}
