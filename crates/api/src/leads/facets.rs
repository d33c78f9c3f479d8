use std::collections::BTreeMap;

use actix_web::post;
use leadwright_app::{
    Configuration,
    leads::{self, Selection},
};
use leadwright_domain::leads::{Priority, Rating, Stage, Status};
use leadwright_persistence::leads::{Facet, FacetCount, Filter};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::search::select;
use crate::{
    conditions::ConditionShape,
    http::{Answer, ApiError, Body, Can, Result, can::LeadsRead, words::word_schema},
    views,
};

word_schema! {
    /// What leads are counted by.
    FacetWord as "LeadFacet" = Facet, "status"
}

/// Which leads to count, and by what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountLeads {
    /// What must hold; every lead is meant without it.
    #[serde(rename = "where")]
    #[schema(value_type = Option<ConditionShape>)]
    condition: Option<Value>,
    /// A saved view, whose leads are narrowed down by the rest.
    view: Option<Uuid>,
    /// Words of name, company, e-mail or phone.
    #[schema(example = "example", max_length = 500)]
    q: Option<String>,
    /// By what.
    #[schema(min_items = 1, max_items = 6, example = json!(["status", "owner"]))]
    by: Vec<FacetWord>,
}

/// How many leads there are of each kind, by facet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LeadFacets {
    /// A list for each facet that was asked for.
    data: BTreeMap<&'static str, Vec<LeadFacetCount>>,
}

/// How many leads have a value.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LeadFacetCount {
    /// The word, the code of the source or the id of the owner; `null` for leads that nobody owns.
    #[schema(example = "contacted")]
    value: Option<String>,
    /// The name for people, of sources and owners.
    #[schema(example = "Website")]
    label: Option<String>,
    /// How many leads.
    #[schema(example = 12)]
    count: i64,
}

/// Count leads by facet
///
/// The columns of a board in one call. Words of statuses, stages, ratings and priorities come in their order, those without
/// a lead too; sources and owners by count, largest first.
#[utoipa::path(
    tag = "Leads", operation_id = "countLeadFacets", security(("bearer" = ["leads:read"])),
    request_body = CountLeads,
    responses((status = 200, description = "The counts", body = LeadFacets))
)]
#[post("/leads/facets")]
pub async fn count_lead_facets(can: Can<LeadsRead>, body: Body<CountLeads>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    let wish = body.value;
    let mut faults = Vec::new();
    let view = views::in_body(&can, &config, wish.view, &mut faults).await?;
    let selection = select(wish.condition, wish.q, &config.catalogue, &mut faults);
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let filter = Filter { archived: view.archived.into(), ..selection.filter };
    let selection = view.narrow(Selection { filter, ..selection });
    let mut by: Vec<Facet> = wish.by.into_iter().map(|word| word.0).collect();
    by.sort_unstable();
    by.dedup();
    let counts = leads::facets(&can.read(), &config, &selection, &by).await?;
    let of = |facet: Facet| counts.iter().filter(move |one| one.facet == facet.as_str());
    let data = by.iter().map(|facet| (facet.as_str(), listed(*facet, of(*facet).collect(), &config))).collect();
    Ok(Answer::ok(&LeadFacets { data }))
}

fn listed(facet: Facet, counts: Vec<&FacetCount>, config: &Configuration) -> Vec<LeadFacetCount> {
    let words: &[&str] = match facet {
        Facet::Status => Status::WORDS,
        Facet::Stage => Stage::WORDS,
        Facet::Rating => Rating::WORDS,
        Facet::Priority => Priority::WORDS,
        Facet::Source | Facet::Owner => return named(facet, counts, config),
    };
    let count = |word: &str| counts.iter().find(|one| one.value.as_deref() == Some(word)).map_or(0, |one| one.total);
    let of = |word: &&str| LeadFacetCount { value: Some((*word).to_owned()), label: None, count: count(word) };
    words.iter().map(of).collect()
}

fn named(facet: Facet, counts: Vec<&FacetCount>, config: &Configuration) -> Vec<LeadFacetCount> {
    let named = |one: &&FacetCount| {
        // One database writes ids with hyphens, the other without.
        let id = one.value.as_deref().and_then(|id| id.parse::<Uuid>().ok());
        let (value, label) = match facet {
            Facet::Source => {
                let source = config.sources.iter().find(|source| Some(source.id.uuid()) == id);
                (source.map(|source| source.code.clone()), source.map(|source| source.name.clone()))
            }
            _ => {
                let owner = config.users.iter().find(|user| Some(user.id.uuid()) == id);
                (id.map(|id| id.to_string()), owner.map(|owner| owner.name.clone()))
            }
        };
        LeadFacetCount { value, label, count: one.total }
    };
    let mut all: Vec<LeadFacetCount> = counts.iter().map(named).collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    all
}
