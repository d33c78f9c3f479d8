use actix_web::{HttpRequest, get};
use chrono::{DateTime, Utc};
use leadwright_app::leads::{InteractionsPage, interactions};
use leadwright_domain::{
    ids::{InteractionId, kind::Lead},
    interactions::{Interaction, InteractionKind},
    time::Instant,
};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{location, moved, words::InteractionKindWord};
use crate::http::{Can, Page, Params, PathId, Result, can::LeadsRead, cursor, page::PageInfo};

/// Something that a lead did.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Interaction)]
pub struct InteractionView {
    /// The id.
    #[schema(example = "0199b2a4-5c00-7000-8000-000000000009")]
    id: Uuid,
    kind: InteractionKindWord,
    /// When, by its own time.
    occurred_at: DateTime<Utc>,
    /// The page, link or file.
    #[schema(example = "https://example.com/pricing")]
    url: Option<String>,
    /// Its title.
    #[schema(example = "Prices")]
    title: Option<String>,
    /// The item of the content catalogue, the event, the form.
    item: Option<String>,
    /// The message that was opened, clicked or answered.
    message_id: Option<String>,
    /// The campaign it belongs to.
    campaign: Option<String>,
    /// The visitor.
    visitor_id: Option<String>,
    /// How long it took.
    #[schema(example = 95)]
    duration_seconds: Option<i64>,
    /// Done by a machine: kept, but not scored.
    machine: bool,
    /// Anything else that is known.
    data: Map<String, Value>,
}

impl From<Interaction> for InteractionView {
    fn from(done: Interaction) -> Self {
        let Interaction { id, kind, occurred_at, url, title, item, message_id, campaign, visitor_id, .. } = done;
        let Interaction { duration_seconds, machine, data, .. } = done;
        Self {
            id: id.uuid(),
            kind: kind.into(),
            occurred_at,
            url,
            title,
            item,
            message_id,
            campaign,
            visitor_id,
            duration_seconds,
            machine,
            data,
        }
    }
}

/// A page of interactions.
#[derive(ToSchema)]
#[schema(as = InteractionList)]
#[expect(dead_code, reason = "the shape of Page<InteractionView> for the document")]
pub struct InteractionListShape {
    data: Vec<InteractionView>,
    page: PageInfo,
}

/// List what a lead did
///
/// Newest first, by the time at which it happened.
#[utoipa::path(
    tag = "Leads", operation_id = "listInteractions", security(("bearer" = ["leads:read"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("kind" = Option<String>, Query, description = "Of these kinds, separated by commas", max_length = 400, example = "page_viewed,email_clicked"),
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses((status = 200, description = "A page of interactions", body = InteractionListShape))
)]
#[get("/leads/{lead_id}/interactions")]
pub async fn list_interactions(
    can: Can<LeadsRead>,
    id: PathId<Lead>,
    mut params: Params,
    request: HttpRequest,
) -> Result {
    let kinds = params.choices("kind", InteractionKind::WORDS, InteractionKind::ALL);
    let limit = params.number("limit", 1, 200).unwrap_or(50).unsigned_abs();
    let after = params.text("cursor");
    params.finish()?;
    let (secrets, call) = (&can.ask.app.secrets, can.call());
    let list = format!("interactions {} {} {kinds:?}", can.name(), id.0);
    let after: Option<(Instant, InteractionId)> =
        after.map(|after| cursor::open(secrets, &list, &after, call.now)).transpose()?;
    if let Some(answer) = moved::elsewhere(&can.read(), id.0, &request).await? {
        return Ok(answer);
    }
    let mut found =
        interactions(&can.read(), id.0, &InteractionsPage { kinds: kinds.clone(), after, limit: limit + 1 }).await?;
    let has_more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let seal = |last: &Interaction| cursor::seal(secrets, &list, &(last.occurred_at, last.id), call.now);
    let next = found.last().filter(|_| has_more).map(seal).transpose()?;
    let data: Vec<InteractionView> = found.into_iter().map(Into::into).collect();
    let page = Page { data, page: PageInfo { has_more, next_cursor: next }, total: None };
    let mut address = format!("{}/interactions?limit={limit}", location(id.0));
    if !kinds.is_empty() {
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
        address.push_str(&format!("&kind={}", kinds.join(",")));
    }
    Ok(page.answer(Some(&address)))
}
