//! Pages of pairs: of the organization, or of one lead.

use actix_web::HttpRequest;
use leadwright_app::duplicates::{pairs, pairs_of_lead};
use leadwright_domain::{
    duplicates::PairState,
    ids::{DuplicatePairId, LeadId},
};
use leadwright_persistence::duplicates::PairQuery;
use utoipa::ToSchema;

use super::PairView;
use crate::{
    http::{Can, Page, Params, Result, can::LeadsRead, cursor, page::PageInfo},
    leads::moved,
};

/// A page of pairs.
#[derive(ToSchema)]
#[schema(as = DuplicateList)]
#[expect(dead_code, reason = "the shape of Page<PairView> for the document")]
pub struct DuplicateListShape {
    data: Vec<PairView>,
    page: PageInfo,
}

/// Whose pairs.
pub enum Wanted<'r> {
    /// Of the organization; a parameter may name a lead.
    All,
    /// Of this lead, which has to be there.
    OfLead(LeadId, &'r HttpRequest),
}

/// Answers a page.
///
/// # Errors
/// The parameters are not valid, there is no such lead, or the database failed.
pub async fn answer(can: &Can<LeadsRead>, mut params: Params, wanted: Wanted<'_>, address: &str) -> Result {
    let state = params.choice("state", PairState::WORDS, PairState::ALL).unwrap_or(PairState::Open);
    let min_similarity = params.number("min_similarity", 0, 100);
    let named = match wanted {
        Wanted::All => params.parsed::<LeadId>("lead_id", "the id of a lead"),
        Wanted::OfLead(..) => None,
    };
    let limit = params.number("limit", 1, 200).unwrap_or(50).unsigned_abs();
    let after = params.text("cursor");
    params.finish()?;
    let (secrets, call) = (&can.ask.app.secrets, can.call());
    let list = format!("{address} {} {state} {min_similarity:?} {named:?}", can.name());
    let after: Option<(i64, DuplicatePairId)> =
        after.map(|after| cursor::open(secrets, &list, &after, call.now)).transpose()?;
    if let Wanted::OfLead(lead, request) = wanted
        && let Some(answer) = moved::elsewhere(&can.read(), lead, request).await?
    {
        return Ok(answer);
    }
    let query = PairQuery { state, min_similarity, lead: named, after, limit: limit + 1 };
    let mut found = match wanted {
        Wanted::All => pairs(&can.read(), &query).await?,
        Wanted::OfLead(lead, _) => pairs_of_lead(&can.read(), lead, &query).await?,
    };
    let has_more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = found.last().filter(|_| has_more).map(|last| (last.pair.similarity, last.pair.id));
    let next_cursor = last.map(|last| cursor::seal(secrets, &list, &last, call.now)).transpose()?;
    let config = can.ask.app.configuration(&call).await?;
    let data: Vec<PairView> = found.iter().map(|one| PairView::of(one, &config)).collect();
    let mut next = format!("{address}?state={state}&limit={limit}");
    if let Some(least) = min_similarity {
        next.push_str(&format!("&min_similarity={least}"));
    }
    if let Some(lead) = named {
        next.push_str(&format!("&lead_id={lead}"));
    }
    Ok(Page { data, page: PageInfo { next_cursor, has_more }, total: None }.answer(Some(&next)))
}
