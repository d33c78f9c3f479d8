//! Asking for leads of which only the id came. The sender was answered before; the submission waits.

use chrono::Duration;
use leadwright_domain::{
    access::Scope,
    capture::{CaptureForm, Submission, SubmissionState, adapters::Adapter},
    fault::Fault,
    ids::{OrganizationId, SubmissionId},
    imports::JobState,
};
use leadwright_persistence::{
    Call, Command, CommandError, Tx,
    jobs::{Lease, Step},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{adapters, open_secret};
use crate::{App, intake::lane::RecordFailed, outbound::Trouble};

/// The kind of job that asks.
pub const FETCH: &str = "fetch_lead";
/// How often a lead is asked for, and how long the first pause is; each next one is four times as long.
const TRIES: u32 = 7;
const FIRST_PAUSE: Duration = Duration::seconds(10);

/// What the job knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Order {
    pub submission_id: Uuid,
    pub lead: String,
    #[serde(default)]
    pub tries: u32,
}

/// Asks for one lead, and takes it in.
///
/// # Errors
/// The database failed; it is tried again when the claim has run out.
pub async fn fetch(app: &App, organization: OrganizationId, lease: Lease) -> Result<(), CommandError> {
    let call = app.call(Scope::system(organization), None);
    let reader = app.db.read(&call);
    let order = reader
        .jobs()
        .get(FETCH, lease.job)
        .await?
        .map(|job| job.payload)
        .and_then(|payload| serde_json::from_value::<Order>(payload).ok());
    let config = app.configuration(&call).await?;
    let Some(order) = order else { return end(app, call, lease, JobState::Failed).await };
    let submission = reader.submissions().get(SubmissionId::from_uuid(order.submission_id)).await?;
    // Somebody else may have been quicker, or have taken the form another way.
    let Some(submission) = submission.filter(|one| one.state == SubmissionState::Pending) else {
        return end(app, call, lease, JobState::Succeeded).await;
    };
    let form = config.forms.iter().find(|form| form.id == submission.form_id);
    let told = match form {
        Some(form) => ask(app, organization, form, &order.lead).await,
        None => Err(Trouble::Lasting("The form is gone.".to_owned())),
    };
    match (told, form) {
        (Ok(told), Some(form)) => {
            let mut outcome = submission.outcome.clone();
            outcome["adapter"]["fetched"] = told;
            let submission = Submission { outcome, replayed_at: Some(call.now), ..submission };
            let inner = Call { scope: Scope::form(organization, form.id), ..call.clone() };
            Box::pin(adapters::again(app, &inner, &config, form, submission)).await?;
            end(app, call, lease, JobState::Succeeded).await
        }
        (Err(Trouble::Passing(why)), _) if order.tries + 1 < TRIES => {
            tracing::info!(submission = %submission.id, why, "a lead can't be asked for yet");
            let pause = FIRST_PAUSE * 4_i32.pow(order.tries);
            let payload = json!(Order { tries: order.tries + 1, ..order });
            app.db.write(call, Later { lease, payload, pause }).await
        }
        (Err(Trouble::Passing(why) | Trouble::Lasting(why)), _) => {
            give_up(app, call.clone(), submission, &why).await?;
            end(app, call, lease, JobState::Failed).await
        }
        (Ok(_), None) => end(app, call, lease, JobState::Failed).await,
    }
}

async fn ask(app: &App, organization: OrganizationId, form: &CaptureForm, lead: &str) -> Result<Value, Trouble> {
    let adapter = &form.settings.adapter;
    let token =
        adapter.sealed_access_token.as_deref().and_then(|sealed| open_secret(&app.secrets, organization, sealed).ok());
    let (Some(address), Some(token)) = (adapter.fetch_address(lead), token) else {
        return Err(Trouble::Lasting(
            "The form has no adapter_access_token that can be opened; set it anew.".to_owned(),
        ));
    };
    let headers: &[_] = match adapter.kind {
        Adapter::LinkedinLeadGen => &[("LinkedIn-Version", "202509"), ("X-Restli-Protocol-Version", "2.0.0")],
        _ => &[],
    };
    app.outbound.get(&address, &token, headers).await
}

/// The submission has failed: it can be replayed, and is asked for again then.
async fn give_up(app: &App, call: Call, submission: Submission, why: &str) -> Result<(), CommandError> {
    let detail = format!("The lead could not be asked for. {why} Mend that and replay the submission.");
    let fault = Fault::at_pointer("#", "not_fetched", detail);
    let mut outcome = submission.outcome.clone();
    outcome["refused"] = json!({"problem": "validation-failed", "errors": [fault]});
    let failed = Submission { state: SubmissionState::Failed, outcome, replayed_at: Some(call.now), ..submission };
    app.db.write(call, RecordFailed(failed)).await
}

/// Tries again after a pause.
struct Later {
    lease: Lease,
    payload: Value,
    pause: Duration,
}

#[async_trait::async_trait]
impl Command for Later {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let step = Step {
            state: Some(JobState::Queued),
            payload: Some(self.payload.clone()),
            run_at: Some(tx.now() + self.pause),
            ..Step::default()
        };
        tx.jobs().step(&self.lease, &step).await?;
        Ok(())
    }
}

struct End(Lease, JobState);

#[async_trait::async_trait]
impl Command for End {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        tx.jobs().step(&self.0, &Step { state: Some(self.1), ..Step::default() }).await?;
        Ok(())
    }
}

async fn end(app: &App, call: Call, lease: Lease, state: JobState) -> Result<(), CommandError> {
    let call = Call { now: app.clock.now(), ..call };
    app.db.write(call, End(lease, state)).await
}
