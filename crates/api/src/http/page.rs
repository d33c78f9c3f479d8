//! Pages of lists.

use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;

/// One page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
    /// The records.
    pub data: Vec<T>,
    /// How to go on.
    pub page: PageInfo,
    /// How many there are in all, where `count` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

/// How to go on from a page.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct PageInfo {
    /// Send it as `cursor` for the next page; `null` on the last one.
    #[schema(example = "bGVhZHM")]
    pub next_cursor: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
}

impl<T: Serialize> Page<T> {
    /// A list that fits one page.
    pub const fn whole(data: Vec<T>) -> Self {
        Self { data, page: PageInfo { next_cursor: None, has_more: false }, total: None }
    }

    /// 200 with this page; `next` is the address of the next page without its cursor, for `Link` (RFC 8288).
    pub fn answer(&self, next: Option<&str>) -> Answer {
        let answer = Answer::ok(self);
        match next {
            Some(next) => self.page.linked(answer, next),
            None => answer,
        }
    }
}

impl PageInfo {
    /// The answer with the address of the next page, if there is one.
    pub fn linked(&self, answer: Answer, next: &str) -> Answer {
        let Some(cursor) = &self.next_cursor else { return answer };
        let joint = if next.contains('?') { '&' } else { '?' };
        answer.header("Link", format!("<{next}{joint}cursor={cursor}>; rel=\"next\""))
    }
}
