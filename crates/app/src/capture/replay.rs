use std::sync::Arc;

use leadwright_domain::{
    access::Scope,
    capture::{CaptureForm, Submission, SubmissionState, adapters::Adapter},
    fault::{Fault, Problem, Refusal},
    ids::SubmissionId,
    privacy::WhenErased,
};
use leadwright_persistence::{Call, CommandError};
use serde_json::{Value, json};

use super::{Unreadable, adapters, fields, receipt, told};
use crate::{
    App, Configuration,
    intake::{self, Incoming, Prepared, lane::RecordFailed},
};

/// Takes a submission in anew, with the form's mapping as it is now: what failed, or was mapped wrongly, comes right
/// without being posted again. Doing it twice changes nothing further.
///
/// # Errors
/// There is no such submission, it waits for review, or the database failed.
pub async fn replay(app: &App, call: Call, id: SubmissionId) -> Result<Submission, CommandError> {
    let submission = receipt(&app.db.read(&call), id).await?;
    if submission.state == SubmissionState::Erased {
        let detail = "What was posted was erased with the person; there is nothing to take in.";
        return Err(Refusal::new(Problem::Erased, detail).into());
    }
    if matches!(submission.state, SubmissionState::Quarantined | SubmissionState::Rejected) {
        let detail = "It is suspected to be spam; release it with POST /api/v1/submissions/{id}/release.";
        return Err(Refusal::new(Problem::StateConflict, detail).with("state", submission.state.as_str()).into());
    }
    take_in(app, call, submission).await
}

/// Lets a submission out of quarantine: it is taken in as if it had not been suspected.
///
/// # Errors
/// There is no such submission, it is not in quarantine, or the database failed.
pub async fn release(app: &App, call: Call, id: SubmissionId) -> Result<Submission, CommandError> {
    let submission = receipt(&app.db.read(&call), id).await?;
    if !matches!(submission.state, SubmissionState::Quarantined | SubmissionState::Rejected) {
        let detail = "It is not in quarantine; to take it in anew, replay it.";
        return Err(Refusal::new(Problem::StateConflict, detail).with("state", submission.state.as_str()).into());
    }
    take_in(app, call, submission).await
}

async fn take_in(app: &App, call: Call, submission: Submission) -> Result<Submission, CommandError> {
    let reader = app.db.read(&call);
    let config = app.configurations.for_reader(&reader).await?;
    let form =
        config.forms.iter().find(|form| form.id == submission.form_id).ok_or_else(|| Refusal::not_found("form"))?;
    let id = submission.id;
    let call = Call { scope: Scope::form(call.scope.organization, form.id), ..call };
    let again = Submission { replayed_at: Some(call.now), ..submission };
    if form.settings.adapter.kind != Adapter::Form {
        Box::pin(adapters::again(app, &call, &config, form, again)).await?;
        return receipt(&reader, id).await;
    }
    let is_try = again.state == SubmissionState::Test && again.outcome["adapter"].is_null();
    if is_try {
        // It tells of nobody, however the form is mended.
        app.db.write(call.clone(), RecordFailed(again)).await?;
        return receipt(&reader, id).await;
    }
    let (notes, prepared) = read(&again, form, &config).await;
    let again = Submission { outcome: notes, ..again };
    match prepared {
        Ok(prepared) => {
            let item = Incoming {
                call: call.clone(),
                prepared: prepared.into(),
                policy: form.settings.duplicate_policy,
                submission: Some(again),
                import: None,
                key: None,
                render: Arc::new(move |_| intake::receipt(id)),
                route: true,
                promise: true,
                erased: WhenErased::Allow,
            };
            app.intake.take(item).await?;
        }
        Err(faults) => {
            let mut outcome = again.outcome.clone();
            outcome["refused"] = json!({"problem": "validation-failed", "errors": faults});
            let failed = Submission { state: SubmissionState::Failed, outcome, ..again };
            app.db.write(call.clone(), RecordFailed(failed)).await?;
        }
    }
    receipt(&reader, id).await
}

/// Reads what was recorded, as it was read when it came; with what is noted of it.
async fn read(
    submission: &Submission,
    form: &CaptureForm,
    config: &Configuration,
) -> (Value, Result<Prepared, Vec<Fault>>) {
    let suspicions = submission.outcome.get("suspicions").cloned().unwrap_or_else(|| json!([]));
    match fields(&submission.content_type, &submission.body).await {
        Err(why) => (json!({"suspicions": suspicions}), Err(unreadable(why))),
        Ok(read) => {
            let notes = json!({"files": read.files, "suspicions": suspicions});
            let prepared = told::prepared(read.values, form, config, &submission.headers, submission.received_at);
            (notes, prepared.map_err(|unfit| unfit.faults))
        }
    }
}

pub(super) fn unreadable(why: Unreadable) -> Vec<Fault> {
    match why {
        Unreadable::NoObject(fault) => vec![fault],
        Unreadable::Body(detail) => vec![Fault::at_pointer("#", "unreadable", detail)],
        Unreadable::TooLarge => vec![Fault::at_pointer("#", "too_large", "The body is too large.")],
        Unreadable::MediaType => {
            vec![Fault::in_header("Content-Type", "unsupported_media_type", "This type is not read here.")]
        }
    }
}
