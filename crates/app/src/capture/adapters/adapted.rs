use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use futures_util::future::join_all;
use leadwright_domain::{
    access::Scope,
    capture::{
        CaptureForm, Submission, SubmissionState,
        adapters::{Adapter, Delivery, Meant, read},
    },
    fault::{Fault, Problem, Refusal},
    ids::{Id, OrganizationId, SubmissionId},
    privacy::WhenErased,
    time::to_rfc3339,
};
use leadwright_persistence::{
    Call, Command, CommandError, Tx,
    idempotency::{Answered, Guarded, Key},
    jobs::NewJob,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    proof::{self, Shown},
    tree::tree,
};
use crate::{
    App, Configuration,
    capture::{FETCH, Unreadable, fetch::Order, open_secret, told},
    intake::{self, Incoming},
};

/// How long what another system delivered is known by its id.
const DELIVERIES_KEPT: Duration = Duration::days(400);

/// A post to a form that reads the bodies of another system.
pub struct SubmitAdapted {
    /// The organization of the form.
    pub organization: OrganizationId,
    /// The form.
    pub form: Arc<CaptureForm>,
    /// As what it came.
    pub content_type: String,
    /// The headers that matter.
    pub headers: Value,
    /// The raw body.
    pub body: Vec<u8>,
    /// A keyed hash of the sender's address.
    pub address_hash: String,
    /// By what the sender proves who it is.
    pub shown: Shown,
    /// The key under which the answer is kept, for bodies that name no delivery.
    pub key: Option<Key>,
    /// The id of the request.
    pub request_id: Option<String>,
}

/// What the sender is told.
pub enum Adapted {
    /// Everything was recorded, under these receipts.
    Taken(Vec<SubmissionId>),
    /// It can't be read as what it should be.
    Unreadable(Unreadable),
    /// It is no body of this system, or lacks something and somebody is there to mend it.
    Unfit(Refusal),
}

impl SubmitAdapted {
    /// Records each delivery and takes its lead in, each in one transaction.
    ///
    /// # Errors
    /// The sender does not prove who it is, or the database failed.
    pub async fn run(self, app: &App) -> Result<Adapted, CommandError> {
        let call = app.call(Scope::form(self.organization, self.form.id), self.request_id.clone());
        let config = app.configuration(&call).await?;
        let adapter = &self.form.settings.adapter;
        let tree = tree(&self.content_type, &self.body).await;
        if let Some(sealed) = &adapter.sealed_secret {
            let secret = open_secret(&app.secrets, self.organization, sealed).map_err(|_| sealed_away())?;
            proof::check(adapter.kind, &secret, &self.shown, &self.body, tree.as_ref().unwrap_or(&Value::Null))?;
        }
        let tree = match tree {
            Ok(tree) => tree,
            Err(unreadable) => return Ok(Adapted::Unreadable(unreadable)),
        };
        let at_work = Work { app, call: &call, config: &config, form: &self.form };
        let deliveries = match read(adapter.kind, &tree, &adapter.mapping) {
            Ok(deliveries) => deliveries,
            Err(fault) => {
                let submission = self.submission(&call, None);
                let receipt = submission.id;
                at_work.record(failed(submission, vec![fault.clone()], vec![]), None, self.key).await?;
                let refusal = Refusal::invalid(vec![fault]).with("receipt_id", receipt.to_string());
                return Ok(Adapted::Unfit(refusal));
            }
        };
        let alone = deliveries.len() == 1;
        let items = deliveries.iter().map(|delivery| {
            let submission = self.submission(&call, Some(delivery));
            let key = delivery_key(&self.form, delivery).or_else(|| self.key.clone().filter(|_| alone));
            at_work.take(delivery, submission, key)
        });
        let mut receipts = Vec::new();
        for taken in join_all(items).await {
            let (receipt, faults) = taken?;
            if !faults.is_empty() && alone && adapter.kind.is_from_pages() {
                return Ok(Adapted::Unfit(Refusal::invalid(faults).with("receipt_id", receipt.to_string())));
            }
            receipts.push(receipt);
        }
        Ok(Adapted::Taken(receipts))
    }

    fn submission(&self, call: &Call, delivery: Option<&Delivery>) -> Submission {
        let part = delivery.and_then(|delivery| delivery.part.as_ref());
        let (content_type, body) = match part {
            Some(part) => ("application/json".to_owned(), part.to_string().into_bytes()),
            None => (self.content_type.clone(), self.body.clone()),
        };
        Submission {
            id: Id::from_uuid(Uuid::now_v7()),
            form_id: self.form.id,
            received_at: call.now,
            content_type,
            headers: self.headers.clone(),
            body,
            address_hash: self.address_hash.clone(),
            state: SubmissionState::Failed,
            lead_id: None,
            outcome: json!({"adapter": delivery.map(|delivery| described(self.form.settings.adapter.kind, delivery))}),
            replayed_at: None,
        }
    }
}

/// What the other system says of a delivery.
fn described(adapter: Adapter, delivery: &Delivery) -> Value {
    json!({
        "name": adapter, "delivery_id": delivery.delivery_id, "occurred_at": delivery.occurred_at.map(to_rfc3339),
        "origin": delivery.origin,
    })
}

/// What a delivery is known by when it comes again. Tests are new each time: some systems give all the same id.
fn delivery_key(form: &CaptureForm, delivery: &Delivery) -> Option<Key> {
    let id = delivery.delivery_id.as_ref().filter(|_| delivery.meant != Meant::Test)?;
    let digest = match &delivery.known_within {
        Some(within) => Sha256::digest(format!("{within}\n{id}").as_bytes()),
        None => Sha256::digest(id.as_bytes()),
    };
    let key = URL_SAFE_NO_PAD.encode(digest);
    Some(Key {
        caller: format!("delivery:{}", form.id),
        key,
        fingerprint: digest.into(),
        window: Some(DELIVERIES_KEPT),
    })
}

fn sealed_away() -> Refusal {
    let detail = "The form's adapter_secret can't be opened any more; set it anew.";
    Refusal::new(Problem::Forbidden, detail)
}

fn failed(submission: Submission, faults: Vec<Fault>, warnings: Vec<Fault>) -> Submission {
    let outcome = json!({
        "refused": {"problem": "validation-failed", "errors": faults}, "warnings": warnings,
        "adapter": submission.outcome["adapter"],
    });
    Submission { state: SubmissionState::Failed, outcome, ..submission }
}

/// What deliveries of one body have in common.
struct Work<'a> {
    app: &'a App,
    call: &'a Call,
    config: &'a Arc<Configuration>,
    form: &'a CaptureForm,
}

impl Work<'_> {
    /// Records a delivery with what comes of it. Answers the receipt, that of the first time where it comes again, and
    /// what was wrong with it.
    async fn take(
        &self,
        delivery: &Delivery,
        submission: Submission,
        key: Option<Key>,
    ) -> Result<(SubmissionId, Vec<Fault>), CommandError> {
        let faults = delivery.faults.clone();
        if !faults.is_empty() {
            let receipt = self.record(failed(submission, faults.clone(), vec![]), None, key).await?;
            return Ok((receipt, faults));
        }
        let state = match &delivery.meant {
            Meant::Lead => return self.lead(delivery, submission, key).await,
            Meant::Ask(id) => return self.ask(id, submission, key).await,
            Meant::Test => SubmissionState::Test,
            Meant::Nothing(_) => SubmissionState::Ignored,
        };
        let mut outcome = json!({"adapter": submission.outcome["adapter"], "warnings": []});
        match delivery.meant {
            Meant::Nothing(why) => outcome["ignored"] = why.into(),
            _ => outcome["test"] = true.into(),
        }
        Ok((self.record(Submission { state, outcome, ..submission }, None, key).await?, vec![]))
    }

    async fn lead(
        &self,
        delivery: &Delivery,
        submission: Submission,
        key: Option<Key>,
    ) -> Result<(SubmissionId, Vec<Fault>), CommandError> {
        let form = CaptureForm { settings: self.form.settings.of_adapter(), ..self.form.clone() };
        let fields = delivery.fields(&form.settings, &self.config.custom_fields);
        let at = delivery.occurred_at.filter(|at| *at <= self.call.now).unwrap_or(submission.received_at);
        let prepared = match told::prepared(fields, &form, self.config, &submission.headers, at) {
            Ok(prepared) => prepared,
            Err(unfit) => {
                let record = failed(submission, unfit.faults.clone(), unfit.warnings);
                return Ok((self.record(record, None, key).await?, unfit.faults));
            }
        };
        let id = submission.id;
        let item = Incoming {
            call: self.call.clone(),
            prepared: prepared.into(),
            policy: form.settings.duplicate_policy,
            submission: Some(submission),
            import: None,
            key,
            render: Arc::new(move |_| intake::receipt(id)),
            route: true,
            promise: true,
            erased: WhenErased::Allow,
        };
        let answered = self.app.intake.take(item).await?;
        Ok((receipt_of(&answered).unwrap_or(id), vec![]))
    }

    /// Only an id came: what it stands for is asked for afterwards, so that the sender is answered at once.
    async fn ask(
        &self,
        id: &str,
        submission: Submission,
        key: Option<Key>,
    ) -> Result<(SubmissionId, Vec<Fault>), CommandError> {
        let adapter = &self.form.settings.adapter;
        if adapter.sealed_access_token.is_none() {
            let detail = "Only the id of a lead came; set the form's adapter_access_token, so that the lead is asked for, \
                          and replay it.";
            let fault = Fault::at_pointer("#", "no_access_token", detail);
            let record = failed(submission, vec![fault.clone()], vec![]);
            return Ok((self.record(record, None, key).await?, vec![fault]));
        }
        let job = NewJob {
            id: Id::from_uuid(Uuid::now_v7()),
            kind: FETCH,
            payload: json!(Order { submission_id: submission.id.uuid(), lead: id.to_owned(), tries: 0 }),
        };
        let outcome = json!({"adapter": submission.outcome["adapter"], "warnings": []});
        let pending = Submission { state: SubmissionState::Pending, outcome, ..submission };
        let receipt = self.record(pending, Some(job), key).await?;
        self.app.work.notify_one();
        Ok((receipt, vec![]))
    }

    async fn record(
        &self,
        submission: Submission,
        job: Option<NewJob>,
        key: Option<Key>,
    ) -> Result<SubmissionId, CommandError> {
        let id = submission.id;
        let command = Record { submission, job };
        let guarded = Guarded { command, key, render: move |()| intake::receipt(id) };
        let answered = self.app.db.write(self.call.clone(), guarded).await?;
        Ok(receipt_of(&answered).unwrap_or(id))
    }
}

fn receipt_of(answered: &Answered) -> Option<SubmissionId> {
    let body: Value = serde_json::from_str(&answered.answer.body).ok()?;
    body.get("receipt_id")?.as_str()?.parse().ok()
}

/// Records a submission, and the work that it makes.
struct Record {
    submission: Submission,
    job: Option<NewJob>,
}

#[async_trait::async_trait]
impl Command for Record {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let one = std::slice::from_ref(&self.submission);
        match self.submission.replayed_at {
            None => tx.submissions().insert_all(one).await?,
            Some(_) => tx.submissions().update_all(one).await?,
        }
        if let Some(job) = &self.job {
            tx.jobs().insert(job).await?;
        }
        Ok(())
    }
}

/// Takes a submission in anew, with the form as it is now.
///
/// # Errors
/// The database failed.
pub(in crate::capture) async fn again(
    app: &App,
    call: &Call,
    config: &Arc<Configuration>,
    form: &CaptureForm,
    submission: Submission,
) -> Result<(), CommandError> {
    let adapter = &form.settings.adapter;
    let work = Work { app, call, config, form };
    let fetched = submission.outcome["adapter"].get("fetched").cloned();
    let read = match &fetched {
        Some(fetched) => read(adapter.kind, fetched, &adapter.mapping),
        None => match tree(&submission.content_type, &submission.body).await {
            Ok(tree) => read(adapter.kind, &tree, &adapter.mapping),
            Err(why) => Err(crate::capture::replay::unreadable(why).remove(0)),
        },
    };
    let delivery = match read {
        Ok(mut deliveries) => deliveries.remove(0),
        Err(fault) => {
            work.record(failed(submission, vec![fault], vec![]), None, None).await?;
            return Ok(());
        }
    };
    if let (Meant::Ask(_), Some(_)) = (&delivery.meant, &fetched) {
        let fault = Fault::at_pointer("#", "unknown_shape", "The other system told no answers of this lead.");
        work.record(failed(submission, vec![fault], vec![]), None, None).await?;
        return Ok(());
    }
    let mut said = described(adapter.kind, &delivery);
    if let Some(fetched) = fetched {
        // The notification told ids that the lead itself does not repeat.
        let noticed = submission.outcome["adapter"]["origin"].as_object();
        if let (Some(noticed), Some(origin)) = (noticed, said["origin"].as_object_mut()) {
            for (name, value) in noticed {
                origin.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        said["fetched"] = fetched;
    }
    let submission = Submission { outcome: json!({"adapter": said}), ..submission };
    work.take(&delivery, submission, None).await?;
    Ok(())
}
