use std::sync::Arc;

use leadwright_domain::{
    access::Scope,
    capture::{CaptureForm, Submission, SubmissionState},
    fault::Refusal,
    ids::{Id, SubmissionId},
};
use leadwright_persistence::{
    Call, CommandError,
    idempotency::{Answered, Key},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Fields;
use crate::{
    App,
    intake::{self, Channel, Incoming, Unfit, lane::RecordFailed, prepare, preview},
    leads::Previewed,
};

/// What was posted, as it came.
#[derive(Clone, Debug)]
pub struct Posted {
    /// As what, with the parameters by which it is read again.
    pub content_type: String,
    /// The headers that matter.
    pub headers: Value,
    /// The raw body.
    pub body: Vec<u8>,
    /// A keyed hash of the sender's address.
    pub address_hash: String,
    /// The body, read.
    pub fields: Fields,
}

/// A post to a form.
pub struct Submit {
    /// The organization of the form.
    pub organization: leadwright_domain::ids::OrganizationId,
    /// The form.
    pub form: Arc<CaptureForm>,
    /// What was posted.
    pub posted: Posted,
    /// The key under which the answer is kept.
    pub key: Option<Key>,
    /// The id of the request.
    pub request_id: Option<String>,
}

/// What the sender is told.
pub enum Captured {
    /// It was taken; the answer holds the receipt.
    Taken(Answered),
    /// It lacks something; it was recorded under the receipt, and can be mended and replayed.
    Unfit {
        /// The receipt.
        receipt: SubmissionId,
        /// What is wrong.
        refusal: Refusal,
    },
}

impl Submit {
    /// Records the submission and takes the lead in, in one transaction.
    ///
    /// # Errors
    /// The database failed.
    pub async fn run(self, app: &App) -> Result<Captured, CommandError> {
        let call = self.call(app);
        let config = app.configuration(&call).await?;
        let submission = self.submission(&call);
        match prepare(self.posted.fields.values, Channel::Form(&self.form), &config) {
            Ok(prepared) => {
                let id = submission.id;
                let item = Incoming {
                    call,
                    prepared,
                    policy: self.form.settings.duplicate_policy,
                    submission: Some(submission),
                    import: None,
                    key: self.key,
                    render: Arc::new(move |_| intake::receipt(id)),
                    route: true,
                    promise: true,
                };
                Ok(Captured::Taken(app.intake.take(item).await?))
            }
            Err(unfit) => record_unfit(app, call, submission, unfit).await,
        }
    }

    /// Says what a post would become, and keeps nothing.
    ///
    /// # Errors
    /// It lacks something, or the database failed.
    pub async fn preview(self, app: &App) -> Result<Previewed, CommandError> {
        let call = self.call(app);
        let config = app.configuration(&call).await?;
        let prepared = prepare(self.posted.fields.values, Channel::Form(&self.form), &config)
            .map_err(|unfit| Refusal::invalid(unfit.faults))?;
        let item = Incoming {
            call: call.clone(),
            prepared,
            policy: self.form.settings.duplicate_policy,
            submission: None,
            import: None,
            key: None,
            render: Arc::new(|_| intake::receipt(Id::from_uuid(Uuid::nil()))),
            route: true,
            promise: true,
        };
        preview::preview(&app.db.read(&call), &config, &item).await
    }

    fn call(&self, app: &App) -> Call {
        app.call(Scope::form(self.organization, self.form.id), self.request_id.clone())
    }

    fn submission(&self, call: &Call) -> Submission {
        Submission {
            id: Id::from_uuid(Uuid::now_v7()),
            form_id: self.form.id,
            received_at: call.now,
            content_type: self.posted.content_type.clone(),
            headers: self.posted.headers.clone(),
            body: self.posted.body.clone(),
            address_hash: self.posted.address_hash.clone(),
            state: SubmissionState::Failed,
            lead_id: None,
            outcome: json!({"files": self.posted.fields.files}),
            replayed_at: None,
        }
    }
}

async fn record_unfit(app: &App, call: Call, submission: Submission, unfit: Unfit) -> Result<Captured, CommandError> {
    let receipt = submission.id;
    let outcome = json!({
        "refused": {"problem": "validation-failed", "errors": unfit.faults}, "warnings": unfit.warnings,
        "files": submission.outcome["files"],
    });
    let failed = Submission { state: SubmissionState::Failed, outcome, ..submission };
    app.db.write(call, RecordFailed(failed)).await?;
    Ok(Captured::Unfit { receipt, refusal: Refusal::invalid(unfit.faults).with("receipt_id", receipt.to_string()) })
}
