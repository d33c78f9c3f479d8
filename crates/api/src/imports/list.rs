use actix_web::get;
use leadwright_app::imports;
use leadwright_domain::{ids::ImportId, imports::JobState};
use utoipa::ToSchema;

use super::ImportView;
use crate::http::{Can, Page, Params, Result, can::ImportsWrite, cursor, page::PageInfo};

/// A page of imports.
#[derive(ToSchema)]
#[schema(as = ImportList)]
#[expect(dead_code, reason = "the shape of Page<ImportView> for the document")]
pub struct ImportListShape {
    data: Vec<ImportView>,
    page: PageInfo,
}

/// List imports
///
/// The organization's imports, newest first.
#[utoipa::path(
    tag = "Imports", operation_id = "listImports", security(("bearer" = ["imports:write"])),
    params(
        ("state" = Option<super::JobStateWord>, Query, description = "In this state"),
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses((status = 200, description = "A page of imports", body = ImportListShape))
)]
#[get("/imports")]
pub async fn list_imports(can: Can<ImportsWrite>, mut params: Params) -> Result {
    let state = params.choice("state", JobState::WORDS, JobState::ALL);
    let limit = params.number("limit", 1, 200).unwrap_or(50).unsigned_abs();
    let after = params.text("cursor");
    params.finish()?;
    let (secrets, call) = (&can.ask.app.secrets, can.call());
    let list = format!("imports {} {state:?}", can.name());
    let before: Option<ImportId> = after.map(|after| cursor::open(secrets, &list, &after, call.now)).transpose()?;
    let mut found = imports::list(&can.read(), state, before, limit + 1).await?;
    let has_more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next =
        found.last().filter(|_| has_more).map(|last| cursor::seal(secrets, &list, &last.id, call.now)).transpose()?;
    let config = can.ask.app.configuration(&call).await?;
    let data = found.iter().map(|import| ImportView::of(import, &config)).collect();
    let page = Page { data, page: PageInfo { has_more: next.is_some(), next_cursor: next }, total: None };
    let state = state.map(|state| format!("&state={state}")).unwrap_or_default();
    Ok(page.answer(Some(&format!("/api/v1/imports?limit={limit}{state}"))))
}
