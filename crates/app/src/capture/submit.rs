use std::{net::IpAddr, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use leadwright_domain::{
    access::Scope,
    capture::{
        CAPTCHA_INPUTS, CaptureForm, Submission, SubmissionState, Suspicion, TOKEN_INPUT, adapters::sent_by, only_tries,
    },
    fault::{Fault, Refusal},
    ids::{Id, SubmissionId},
    leads::RawLead,
    privacy::WhenErased,
};
use leadwright_persistence::{
    Call, CommandError,
    idempotency::{Answered, Guarded, Key, StoredAnswer},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Fields, suspect::suspicions, told};
use crate::{
    App,
    intake::{self, Incoming, Unfit, lane::RecordFailed, preview},
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
    /// The sender's address, which is compared and not kept.
    pub address: Option<IpAddr>,
    /// A keyed hash of it.
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
    /// Records the submission and takes the lead in, in one transaction. What may be spam is recorded on the same way, and
    /// answered the same.
    ///
    /// # Errors
    /// The database failed.
    pub async fn run(self, app: &App) -> Result<Captured, CommandError> {
        let call = self.call(app);
        let config = app.configuration(&call).await?;
        let (form, posted) = (&self.form, &self.posted);
        let found = suspicions(app, &config, form, &posted.fields.values, posted.address, call.now).await;
        let key = self.key.clone().or_else(|| self.same_post());
        let submission = self.submission(&call, &found);
        let id = submission.id;
        if found.is_empty() && only_tries(&posted.fields.values) {
            return record_try(app, call, submission, key).await;
        }
        let prepared = told::prepared(posted.fields.values.clone(), form, &config, &posted.headers, call.now);
        match prepared {
            Ok(prepared) => {
                let policy = form.settings.duplicate_policy;
                let item = Incoming {
                    call,
                    prepared: prepared.into(),
                    policy,
                    submission: Some(submission),
                    import: None,
                    key,
                    render: Arc::new(move |_| intake::receipt(id)),
                    route: true,
                    promise: true,
                    erased: WhenErased::Allow,
                };
                Ok(Captured::Taken(app.intake.take(item).await?))
            }
            Err(_) if !found.is_empty() => {
                let command = RecordFailed(submission);
                let guarded = Guarded { command, key, render: move |()| intake::receipt(id) };
                Ok(Captured::Taken(app.db.write(call, guarded).await?))
            }
            Err(mut unfit) => {
                unfit.faults.extend(other_system(&posted.fields.values));
                record_unfit(app, call, submission, unfit).await
            }
        }
    }

    /// Says what a post would become, and keeps nothing.
    ///
    /// # Errors
    /// It lacks something, or the database failed.
    pub async fn preview(self, app: &App) -> Result<Previewed, CommandError> {
        let call = self.call(app);
        let config = app.configuration(&call).await?;
        let prepared = told::prepared(self.posted.fields.values, &self.form, &config, &self.posted.headers, call.now)
            .map_err(|unfit| Refusal::invalid(unfit.faults))?;
        let item = Incoming {
            call: call.clone(),
            prepared: prepared.into(),
            policy: self.form.settings.duplicate_policy,
            submission: None,
            import: None,
            key: None,
            render: Arc::new(|_| intake::receipt(Id::from_uuid(Uuid::nil()))),
            route: true,
            promise: true,
            erased: WhenErased::Allow,
        };
        preview::preview(&app.db.read(&call), &config, &item).await
    }

    fn call(&self, app: &App) -> Call {
        app.call(Scope::form(self.organization, self.form.id), self.request_id.clone())
    }

    /// The key under which the same post from the same address is one, where the form says so. What differs from one try
    /// to the next although nothing else does, tokens, is left out.
    fn same_post(&self) -> Option<Key> {
        let seconds = self.form.settings.duplicate_window_seconds;
        if seconds == 0 {
            return None;
        }
        let fields = &self.posted.fields;
        let tokens = |name: &str| name == TOKEN_INPUT || CAPTCHA_INPUTS.contains(&name);
        let mut said: Vec<_> = fields.values.iter().filter(|(name, _)| !tokens(name)).collect();
        // In which order the inputs come says nothing, but for those of one name.
        said.sort_by_key(|(name, _)| *name);
        let mut digest = Sha256::new();
        digest.update(self.posted.address_hash.as_bytes());
        digest.update(json!([said, fields.files]).to_string().as_bytes());
        let fingerprint: [u8; 32] = digest.finalize().into();
        Some(Key {
            caller: format!("posts:{}", self.form.id),
            key: URL_SAFE_NO_PAD.encode(fingerprint),
            fingerprint,
            window: Some(Duration::seconds(i64::from(seconds))),
        })
    }

    fn submission(&self, call: &Call, suspicions: &[Suspicion]) -> Submission {
        let suspected = !suspicions.is_empty();
        Submission {
            id: Id::from_uuid(Uuid::now_v7()),
            form_id: self.form.id,
            received_at: call.now,
            content_type: self.posted.content_type.clone(),
            headers: self.posted.headers.clone(),
            body: self.posted.body.clone(),
            address_hash: self.posted.address_hash.clone(),
            state: if suspected { SubmissionState::Quarantined } else { SubmissionState::Failed },
            lead_id: None,
            outcome: json!({"files": self.posted.fields.files, "suspicions": suspicions}),
            replayed_at: None,
        }
    }
}

/// What to tell whoever lets another system post here without saying so.
fn other_system(posted: &RawLead) -> Option<Fault> {
    let adapter = sent_by(posted)?;
    let detail = format!("This is what {adapter} sends: set the form's adapter to `{adapter}`, and replay it.");
    Some(Fault::at_pointer("#", "no_adapter", detail))
}

/// Somebody who connects a form wants to hear that all is well.
async fn record_try(app: &App, call: Call, submission: Submission, key: Option<Key>) -> Result<Captured, CommandError> {
    let id = submission.id;
    let mut outcome = submission.outcome.clone();
    outcome["test"] = true.into();
    let command = RecordFailed(Submission { state: SubmissionState::Test, outcome, ..submission });
    let render = move |()| StoredAnswer { status: 200, ..intake::receipt(id) };
    Ok(Captured::Taken(app.db.write(call, Guarded { command, key, render }).await?))
}

async fn record_unfit(app: &App, call: Call, submission: Submission, unfit: Unfit) -> Result<Captured, CommandError> {
    let receipt = submission.id;
    let mut outcome = submission.outcome.clone();
    outcome["refused"] = json!({"problem": "validation-failed", "errors": unfit.faults});
    outcome["warnings"] = json!(unfit.warnings);
    let failed = Submission { state: SubmissionState::Failed, outcome, ..submission };
    app.db.write(call, RecordFailed(failed)).await?;
    Ok(Captured::Unfit { receipt, refusal: Refusal::invalid(unfit.faults).with("receipt_id", receipt.to_string()) })
}
