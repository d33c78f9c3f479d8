use actix_web::post;
use chrono::{DateTime, Utc};
use leadwright_app::capture::{self, OrderReplay, ReplayCounts, Replayed, SubmissionFilter};
use leadwright_domain::{fault::Fault, ids::Id};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    SubmissionStateWord,
    replay_job::{ReplayJobView, ReplayResult},
};
use crate::http::{Answer, ApiError, Body, Can, Result, can::SubmissionsRead};

/// Which submissions to take in anew: all that fit every member that is given; at least one has to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaySubmissions {
    /// These.
    #[serde(default)]
    #[schema(max_items = 1_000)]
    ids: Vec<Uuid>,
    /// Those of this form.
    form_id: Option<Uuid>,
    /// Those in one of these states.
    #[serde(default)]
    #[schema(max_items = 6)]
    states: Vec<SubmissionStateWord>,
    /// Those received at this time or later.
    received_after: Option<DateTime<Utc>>,
    /// Those received before this time.
    received_before: Option<DateTime<Utc>>,
}

/// What came of one submission.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReplayedSubmission {
    /// The submission.
    id: Uuid,
    /// What came of it; `null` where it could not be taken in.
    state: Option<SubmissionStateWord>,
    /// The lead it became or belongs to.
    lead_id: Option<Uuid>,
    /// Why it could not be taken in, as a problem.
    #[schema(value_type = Option<Object>)]
    problem: Option<Value>,
}

/// What came of submissions that were taken in anew.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReplayedSubmissions {
    /// Each of them, oldest first; ids that name none come last.
    data: Vec<ReplayedSubmission>,
    /// How many came to what.
    result: ReplayResult,
}

impl From<Replayed> for ReplayedSubmission {
    fn from(one: Replayed) -> Self {
        let (state, lead, problem) = match one.came {
            Ok((state, lead)) => (Some(state.into()), lead, None),
            Err(refusal) => (None, None, Some(Value::Object(ApiError::from(refusal).to_json()))),
        };
        Self { id: one.id.uuid(), state, lead_id: lead.map(Id::uuid), problem }
    }
}

/// Take many submissions in anew
///
/// With the mappings of their forms as they are now, after one was mended. Up to 100 are taken in at once and each is
/// answered; more are a job (202) that goes on by itself. What is wrong with one never stops the others, and doing it twice
/// changes nothing further. Those in quarantine are left alone: release them one by one.
#[utoipa::path(
    tag = "Submissions", operation_id = "replaySubmissions", security(("bearer" = ["submissions:read"])),
    request_body = ReplaySubmissions,
    responses(
        (status = 200, description = "What came of each", body = ReplayedSubmissions),
        (status = 202, description = "The job that does it", body = ReplayJobView,
            headers(("Location" = String, description = "The address of the job"))),
    )
)]
#[post("/submissions/replay")]
pub async fn replay_submissions(can: Can<SubmissionsRead>, body: Body<ReplaySubmissions>) -> Result {
    let wanted = &body.value;
    let filter = SubmissionFilter {
        ids: wanted.ids.iter().copied().map(Id::from_uuid).collect(),
        form: wanted.form_id.map(Id::from_uuid),
        states: wanted.states.iter().map(|state| state.0).collect(),
        received_after: wanted.received_after,
        received_before: wanted.received_before,
        ..SubmissionFilter::default()
    };
    if filter == SubmissionFilter::default() {
        let detail = "Say which: give ids, form_id, states, received_after or received_before.";
        return Err(ApiError::invalid(vec![Fault::at_pointer("#", "required", detail)]));
    }
    let Some(mut ids) = capture::few(&can.read(), &filter).await? else {
        let answer = can.write_once(&body.raw, OrderReplay(filter), |job| {
            let location = format!("/api/v1/submissions/replays/{}", job.id);
            Answer::accepted(&ReplayJobView::from(job)).header("Location", location)
        });
        let answer = answer.await?;
        can.ask.app.work.notify_one();
        return Ok(answer);
    };
    // An id that names none has its answer too.
    let unknown: Vec<_> = filter.ids.iter().filter(|id| !ids.contains(id)).copied().collect();
    if filter == (SubmissionFilter { ids: filter.ids.clone(), ..SubmissionFilter::default() }) {
        ids.extend(unknown);
    }
    let done = capture::replay_all(&can.ask.app, &can.call(), &ids).await?;
    let mut counts = ReplayCounts::default();
    done.iter().for_each(|one| counts.count(one));
    let data = done.into_iter().map(ReplayedSubmission::from).collect();
    let answer = ReplayedSubmissions { data, result: counts.into() };
    Ok(Answer::ok(&answer))
}
