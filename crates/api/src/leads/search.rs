use actix_web::post;
use leadwright_app::leads::Selection;
use leadwright_domain::{
    condition::{Catalogue, Condition},
    fault::Fault,
    leads::search_terms::query_terms,
};
use leadwright_persistence::leads::Filter;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    listing::{self, Asked, CountWord, LeadListShape},
    order::{self, SortChoice},
    selection::{ArchivedWord, NO_WORDS},
    shape::{self, Shape},
};
use crate::{
    conditions::ConditionShape,
    http::{ApiError, Body, Can, Result, can::LeadsRead, words::word_schema},
    views,
};

word_schema! {
    /// Whether to count all: every one, or exactly up to 10,000 and about beyond.
    CountChoice as "LeadCount" = CountWord, "exact"
}
word_schema! {
    /// Whether archived leads are left out, alone or among the others.
    ArchivedChoice as "LeadArchived" = ArchivedWord, "false"
}

/// Which leads are wanted, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchLeads {
    /// What must hold; every lead is meant without it.
    #[serde(rename = "where")]
    #[schema(value_type = Option<ConditionShape>)]
    condition: Option<Value>,
    /// A saved view, whose leads are narrowed down by the rest. Its order and members are taken where none are named.
    view: Option<Uuid>,
    /// Words of name, company, e-mail or phone; each may be the beginning of one.
    #[schema(example = "jane example", max_length = 500)]
    q: Option<String>,
    /// As to archiving; archived leads are left out unless said.
    archived: Option<ArchivedChoice>,
    /// In which order; newest first unless said.
    sort: Option<SortChoice>,
    /// How many at most; 50 unless said.
    #[schema(minimum = 1, maximum = 200, example = 50)]
    limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[schema(max_length = 2000)]
    cursor: Option<String>,
    /// Adds `total`.
    count: Option<CountChoice>,
    /// Only these members, and the id.
    #[serde(default)]
    #[schema(max_items = 100, example = json!(["contact_name", "score"]))]
    fields: Vec<String>,
    /// Related records: `owner`, `source`.
    #[serde(default)]
    #[schema(max_items = 10, example = json!(["owner"]))]
    include: Vec<String>,
}

/// Search leads by a condition
///
/// The leads that you may see and for which the condition holds. `GET /conditions/fields` lists what can be tested. Nothing is
/// changed, so the same call may be repeated freely.
///
/// A condition, or an order by a custom field, that takes more than two seconds answers 422 `condition-too-costly`.
#[utoipa::path(
    tag = "Leads", operation_id = "searchLeads", security(("bearer" = ["leads:read"])),
    request_body = SearchLeads,
    responses((status = 200, description = "A page of leads", body = LeadListShape))
)]
#[post("/leads/search")]
pub async fn search_leads(can: Can<LeadsRead>, body: Body<SearchLeads>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    let wish = body.value;
    let (shape, unknown) = Shape::of(&wish.fields, &wish.include);
    let mut faults = shape::faults(unknown);
    let view = views::in_body(&can, &config, wish.view, &mut faults).await?;
    let archived = wish.archived.map(|word| word.0).or(view.archived).into();
    let sort = order::in_body(wish.sort.as_ref(), &view, &config, &mut faults);
    let selection = select(wish.condition, wish.q, &config.catalogue, &mut faults);
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let selection = view.narrow(Selection { filter: Filter { archived, ..selection.filter }, ..selection });
    let count = wish.count.map(|word| word.0);
    let shape = shape.or_fields(&view.fields);
    let asked = Asked { selection, sort, limit: wish.limit, count, cursor: wish.cursor, shape };
    listing::answer(&can, &config, asked, None).await
}

/// Reads a condition and the words of a text search; adds what is wrong with them.
pub(super) fn select(
    condition: Option<Value>,
    q: Option<String>,
    catalogue: &Catalogue,
    faults: &mut Vec<Fault>,
) -> Selection {
    let condition = condition.and_then(|condition| match Condition::parse(&condition, catalogue) {
        Ok(condition) => Some(condition),
        Err(found) => {
            faults.extend(found.into_iter().map(|fault| fault.under("#/where")));
            None
        }
    });
    let query = q.filter(|query| !query.trim().is_empty());
    let words = query.as_deref().map(query_terms).unwrap_or_default();
    if query.is_some() && words.is_empty() {
        faults.push(Fault::in_field("q", "no_words", NO_WORDS));
    }
    Selection { filter: Filter { words, ..Filter::default() }, condition }
}
