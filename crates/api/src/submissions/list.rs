use actix_web::get;
use leadwright_app::capture::{self, SubmissionFilter};
use leadwright_domain::{capture::SubmissionState, ids::SubmissionId};
use utoipa::ToSchema;

use super::SubmissionView;
use crate::http::{Can, Page, Params, Result, can::SubmissionsRead, cursor, page::PageInfo};

/// A page of submissions.
#[derive(ToSchema)]
#[schema(as = SubmissionList)]
#[expect(dead_code, reason = "the shape of Page<SubmissionView> for the document")]
pub struct SubmissionListShape {
    data: Vec<SubmissionView>,
    page: PageInfo,
}

/// List submissions
///
/// What was posted to the organization's forms, newest first; `state=failed` shows what needs mending, `state=quarantined`
/// what may be spam.
#[utoipa::path(
    tag = "Submissions", operation_id = "listSubmissions", security(("bearer" = ["submissions:read"])),
    params(
        ("form_id" = Option<uuid::Uuid>, Query, description = "Of this form"),
        ("state" = Option<super::SubmissionStateWord>, Query, description = "In this state"),
        ("lead_id" = Option<uuid::Uuid>, Query, description = "That became or belong to this lead"),
        ("received_after" = Option<chrono::DateTime<chrono::Utc>>, Query, description = "Received at this time or later"),
        ("received_before" = Option<chrono::DateTime<chrono::Utc>>, Query, description = "Received before this time"),
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses((status = 200, description = "A page of submissions", body = SubmissionListShape))
)]
#[get("/submissions")]
pub async fn list_submissions(can: Can<SubmissionsRead>, mut params: Params) -> Result {
    let form = params.parsed("form_id", "the id of a form");
    let state = params.choice("state", SubmissionState::WORDS, SubmissionState::ALL);
    let filter = SubmissionFilter {
        form,
        states: state.into_iter().collect(),
        lead: params.parsed("lead_id", "the id of a lead"),
        received_after: params.instant("received_after"),
        received_before: params.instant("received_before"),
        ..SubmissionFilter::default()
    };
    let limit = params.number("limit", 1, 200).unwrap_or(50).unsigned_abs();
    let after = params.text("cursor");
    params.finish()?;
    let (secrets, call) = (&can.ask.app.secrets, can.call());
    let list = format!("submissions {} {filter:?}", can.name());
    let before: Option<SubmissionId> = after.map(|after| cursor::open(secrets, &list, &after, call.now)).transpose()?;
    let mut found = capture::list(&can.read(), &filter, before, limit + 1).await?;
    let has_more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next =
        found.last().filter(|_| has_more).map(|last| cursor::seal(secrets, &list, &last.id, call.now)).transpose()?;
    let data = found.into_iter().map(SubmissionView::from).collect();
    let page = Page { data, page: PageInfo { has_more: next.is_some(), next_cursor: next }, total: None };
    let mut address = format!("/api/v1/submissions?limit={limit}");
    if let Some(form) = form {
        address.push_str(&format!("&form_id={form}"));
    }
    if let Some(state) = state {
        address.push_str(&format!("&state={state}"));
    }
    if let Some(lead) = filter.lead {
        address.push_str(&format!("&lead_id={lead}"));
    }
    for (name, at) in [("received_after", filter.received_after), ("received_before", filter.received_before)] {
        if let Some(at) = at {
            address.push_str(&format!("&{name}={}", at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)));
        }
    }
    Ok(page.answer(Some(&address)))
}
