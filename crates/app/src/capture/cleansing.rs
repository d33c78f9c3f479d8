//! What was done to the values of a post, told from the post as it was kept (spec DAT-1).

use leadwright_domain::{
    capture::{Submission, SubmissionState},
    cleansing::Cleansed,
    fault::{Fault, Problem, Refusal},
    ids::{LeadId, SubmissionId},
};
use leadwright_persistence::{CommandError, Reader};

use super::{adapters::fields_of, receipt, told};
use crate::{Configuration, capture::SubmissionFilter};

/// How many posts of a lead are looked at, the newest.
pub const NEWEST: u64 = 10;

/// A post, and what is not kept of it as it came.
#[derive(Clone, Debug)]
pub struct Cleansing {
    /// The post.
    pub submission: Submission,
    /// Values that are not kept as they came.
    pub cleansed: Vec<Cleansed>,
    /// What was understood but not quite right.
    pub warnings: Vec<Fault>,
    /// Why it can't be taken in, if it can't.
    pub faults: Vec<Fault>,
}

/// Reads a submission as it would be read if it came now.
///
/// # Errors
/// There is no such submission, it was erased, or the database failed.
pub async fn cleansing(reader: &Reader, config: &Configuration, id: SubmissionId) -> Result<Cleansing, CommandError> {
    let submission = receipt(reader, id).await?;
    if submission.state == SubmissionState::Erased {
        let detail = "What was posted was erased with the person; nothing is known of how it came.";
        return Err(Refusal::new(Problem::Erased, detail).into());
    }
    Ok(told_of(submission, config).await)
}

/// The newest posts that became or belong to a lead.
///
/// # Errors
/// The database failed.
pub async fn of_lead(reader: &Reader, config: &Configuration, lead: LeadId) -> Result<Vec<Cleansing>, CommandError> {
    let filter = SubmissionFilter { lead: Some(lead), ..SubmissionFilter::default() };
    let mut all = Vec::new();
    for submission in reader.submissions().list(&filter, None, NEWEST).await? {
        if submission.state != SubmissionState::Erased {
            all.push(told_of(submission, config).await);
        }
    }
    Ok(all)
}

async fn told_of(submission: Submission, config: &Configuration) -> Cleansing {
    let read = read(&submission, config).await;
    let (cleansed, warnings, faults) = match read {
        Ok((cleansed, warnings)) => (cleansed, warnings, vec![]),
        Err(faults) => (vec![], vec![], faults),
    };
    Cleansing { submission, cleansed, warnings, faults }
}

async fn read(submission: &Submission, config: &Configuration) -> Result<(Vec<Cleansed>, Vec<Fault>), Vec<Fault>> {
    let Some(form) = config.forms.iter().find(|form| form.id == submission.form_id) else {
        return Ok((vec![], vec![]));
    };
    let Some((form, fields)) = fields_of(submission, form, config).await? else { return Ok((vec![], vec![])) };
    let prepared = told::prepared(fields, &form, config, &submission.headers, submission.received_at);
    let prepared = prepared.map_err(|unfit| unfit.faults)?;
    Ok((prepared.cleansed(), prepared.warnings))
}
