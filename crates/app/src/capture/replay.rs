use std::sync::Arc;

use leadwright_domain::{
    access::Scope,
    capture::{CaptureForm, Submission, SubmissionState},
    duplicates::Policy,
    fault::{Fault, Refusal},
    ids::SubmissionId,
};
use leadwright_persistence::{Call, CommandError};
use serde_json::json;

use super::{Unreadable, fields, receipt};
use crate::{
    App,
    intake::{self, Channel, Incoming, lane::RecordFailed, prepare},
};

/// Takes a submission in anew, with the form's mapping as it is now: what failed, or was mapped wrongly, comes right
/// without being posted again. Doing it twice changes nothing further.
///
/// # Errors
/// There is no such submission, or the database failed.
pub async fn replay(app: &App, call: Call, id: SubmissionId) -> Result<Submission, CommandError> {
    let reader = app.db.read(&call);
    let config = app.configurations.for_reader(&reader).await?;
    let submission = receipt(&reader, id).await?;
    let form =
        config.forms.iter().find(|form| form.id == submission.form_id).ok_or_else(|| Refusal::not_found("form"))?;
    let again = Submission { replayed_at: Some(call.now), ..submission };
    let call = Call { scope: Scope::form(call.scope.organization, form.id), ..call };
    let read = fields(&again.content_type, &again.body).await.map_err(unreadable);
    let files = read.as_ref().map(|read| json!(read.files)).unwrap_or_default();
    let again = Submission { outcome: json!({"files": files}), ..again };
    let prepared =
        read.and_then(|read| prepare(read.values, Channel::Form(form), &config).map_err(|unfit| unfit.faults));
    match prepared {
        Ok(prepared) => {
            let item = Incoming {
                call: call.clone(),
                prepared,
                policy: policy(form, &again),
                submission: Some(again),
                import: None,
                key: None,
                render: Arc::new(move |_| intake::receipt(id)),
                route: true,
                promise: true,
            };
            app.intake.take(item).await?;
        }
        Err(faults) => {
            let outcome = json!({"refused": {"problem": "validation-failed", "errors": faults}, "files": files});
            let failed = Submission { state: SubmissionState::Failed, outcome, ..again };
            app.db.write(call.clone(), RecordFailed(failed)).await?;
        }
    }
    receipt(&reader, id).await
}

/// A form that flags makes a lead for each post; what a post made once is not made again.
fn policy(form: &CaptureForm, submission: &Submission) -> Policy {
    match form.settings.duplicate_policy {
        Policy::Flag if submission.lead_id.is_some() => Policy::FillBlanks,
        policy => policy,
    }
}

fn unreadable(why: Unreadable) -> Vec<Fault> {
    match why {
        Unreadable::NoObject(fault) => vec![fault],
        Unreadable::Body(detail) => vec![Fault::at_pointer("#", "unreadable", detail)],
        Unreadable::TooLarge => vec![Fault::at_pointer("#", "too_large", "The body is too large.")],
        Unreadable::MediaType => {
            vec![Fault::in_header("Content-Type", "unsupported_media_type", "This type is not read here.")]
        }
    }
}
