//! Pages of leads, for the list and the search.

use leadwright_app::leads::{ListLeads, Selection};
use leadwright_domain::choices;
use leadwright_persistence::leads::{Count, Sort};
use utoipa::ToSchema;

use super::shape::{Shape, Shown, ShownLead};
use crate::http::{Answer, Can, Page, Result, can::LeadsRead, cursor, page::PageInfo};

/// The most leads on a page.
pub(super) const MOST: i64 = 200;
/// The usual page.
pub(super) const USUAL: i64 = 50;

choices! {
    /// Whether and how to count.
    CountWord {
        /// Every lead.
        Exact = "exact",
        /// Exact up to ten thousand; beyond, about.
        Estimate = "estimate",
    }
}

impl From<CountWord> for Count {
    fn from(word: CountWord) -> Self {
        match word {
            CountWord::Exact => Self::Exact,
            CountWord::Estimate => Self::Estimate,
        }
    }
}

/// A page of leads.
#[derive(ToSchema)]
#[schema(as = LeadList)]
#[expect(dead_code, reason = "the shape of a page of leads for the document")]
pub struct LeadListShape {
    /// The leads.
    data: Vec<ShownLead>,
    /// How to go on.
    page: PageInfo,
    /// How many there are in all, where `count` asked for it.
    #[schema(nullable = false, example = 42)]
    total: Option<u64>,
}

/// What a page is asked with.
pub(super) struct Asked {
    pub(super) selection: Selection,
    pub(super) sort: Sort,
    pub(super) limit: Option<i64>,
    pub(super) count: Option<CountWord>,
    pub(super) cursor: Option<String>,
    pub(super) shape: Shape,
}

/// Answers a page; `next` is the address of the next one without its cursor.
pub(super) async fn answer(
    can: &Can<LeadsRead>,
    config: &leadwright_app::Configuration,
    asked: Asked,
    next: Option<&str>,
) -> Result<Answer> {
    let Asked { selection, sort, limit, count, cursor, shape } = asked;
    // A cursor belongs to the caller, what is selected and the order; fields and page size may change on the way.
    let list = format!("leads {} {sort} {selection:?}", can.name());
    let (secrets, reader) = (&can.ask.app.secrets, can.read());
    let now = reader.now();
    let after = cursor.map(|cursor| cursor::open(secrets, &list, &cursor, now)).transpose()?;
    let limit = limit.unwrap_or(USUAL).unsigned_abs();
    let found = ListLeads { selection, sort, after, limit, count: count.map(Into::into) };
    let found = found.run(&reader, config).await?;
    let next_cursor = found.page.next.map(|at| cursor::seal(secrets, &list, &at, now)).transpose()?;
    let data: Vec<Shown<'_>> = found.page.leads.iter().map(|lead| shape.show(lead, config)).collect();
    let page = PageInfo { has_more: next_cursor.is_some(), next_cursor };
    Ok(Page { data, page, total: found.total }.answer(next))
}
