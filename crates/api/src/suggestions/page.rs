//! Pages of suggestions: of the organization, or of one lead.

use actix_web::HttpRequest;
use leadwright_app::suggestions::{of_lead, suggestions};
use leadwright_domain::{
    ids::{LeadId, SuggestionId},
    precedence::Writer,
    suggestions::SuggestionState,
};
use leadwright_persistence::suggestions::SuggestionQuery;
use utoipa::ToSchema;

use super::SuggestionWithLeadView;
use crate::{
    http::{Can, Page, Params, Result, can::LeadsRead, cursor, page::PageInfo},
    leads::moved,
};

/// A page of suggestions.
#[derive(ToSchema)]
#[schema(as = SuggestionList)]
#[expect(dead_code, reason = "the shape of Page<SuggestionWithLeadView> for the document")]
pub struct SuggestionListShape {
    data: Vec<SuggestionWithLeadView>,
    page: PageInfo,
}

/// Whose suggestions.
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
    let state = params.choice("state", SuggestionState::WORDS, SuggestionState::ALL).unwrap_or(SuggestionState::Open);
    let writer = params.choice("writer", Writer::WORDS, Writer::ALL);
    let field = params.text("field");
    let named = match wanted {
        Wanted::All => params.parsed::<LeadId>("lead_id", "the id of a lead"),
        Wanted::OfLead(..) => None,
    };
    let limit = params.number("limit", 1, 200).unwrap_or(50).unsigned_abs();
    let after = params.text("cursor");
    let config = can.ask.app.configuration(&can.call()).await?;
    if let Some(field) = &field
        && let Some(fault) = leadwright_domain::precedence::unknown_field(field, &config.custom_fields)
    {
        let repair = fault.suggestion.as_ref().and_then(serde_json::Value::as_str);
        params.fault_suggesting("field", &fault.code, &fault.detail, repair);
    }
    params.finish()?;
    let (secrets, call) = (&can.ask.app.secrets, can.call());
    let list = format!("{address} {} {state} {writer:?} {field:?} {named:?}", can.name());
    let before: Option<SuggestionId> = after.map(|after| cursor::open(secrets, &list, &after, call.now)).transpose()?;
    if let Wanted::OfLead(lead, request) = wanted
        && let Some(answer) = moved::elsewhere(&can.read(), lead, request).await?
    {
        return Ok(answer);
    }
    let mut next = format!("{address}?state={state}&limit={limit}");
    for (name, value) in [
        ("field", field.clone()),
        ("writer", writer.map(|writer| writer.to_string())),
        ("lead_id", named.map(|lead| lead.to_string())),
    ] {
        next.extend(value.map(|value| format!("&{name}={value}")));
    }
    let query = SuggestionQuery { state, field, writer, lead: named, before, limit: limit + 1 };
    let mut found = match wanted {
        Wanted::All => suggestions(&can.read(), &query).await?,
        Wanted::OfLead(lead, _) => of_lead(&can.read(), lead, &query).await?,
    };
    let has_more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = found.last().filter(|_| has_more).map(|last| last.suggestion.id);
    let next_cursor = last.map(|last| cursor::seal(secrets, &list, &last, call.now)).transpose()?;
    let data: Vec<SuggestionWithLeadView> = found.iter().map(|one| SuggestionWithLeadView::of(one, &config)).collect();
    Ok(Page { data, page: PageInfo { next_cursor, has_more }, total: None }.answer(Some(&next)))
}
