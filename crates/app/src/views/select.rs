use leadwright_domain::{
    ids::ViewId,
    leads::search_terms::query_terms,
    views::{ArchivedWord, LeadSort},
};
use leadwright_persistence::{DbError, Reader, leads::Filter};

use crate::{Configuration, leads::Selection};

/// What a view contributes to a list.
#[derive(Clone, Debug, Default)]
pub struct Selected {
    /// Its condition and words.
    pub selection: Selection,
    /// As to archiving, where the list says nothing.
    pub archived: Option<ArchivedWord>,
    /// The order, where the list says nothing.
    pub sort: Option<LeadSort>,
    /// The members, where the list says nothing.
    pub fields: Vec<String>,
}

/// Why a view can't be used.
#[derive(Clone, Debug)]
pub struct Unusable {
    /// A stable word for programs.
    pub code: &'static str,
    /// What to do.
    pub detail: String,
}

/// What a view that the caller sees contributes to a list.
///
/// # Errors
/// The database failed; that the view can't be used is an answer.
pub async fn select(
    reader: &Reader,
    config: &Configuration,
    id: ViewId,
) -> Result<Result<Selected, Unusable>, DbError> {
    let Some(view) = reader.views().get(id).await? else {
        let detail = "There is no view with this id, or it is not shared with you; GET /api/v1/views lists them.";
        return Ok(Err(Unusable { code: "unknown_view", detail: detail.to_owned() }));
    };
    let condition = match view.condition(&config.catalogue) {
        Ok(condition) => condition,
        Err(faults) => {
            let why = faults.first().map(|fault| view.told(fault)).unwrap_or_default();
            let detail = format!(
                "The condition of the view “{}” names what no longer exists ({why}); mend it with PATCH /api/v1/views/{}.",
                view.content.name, view.id
            );
            return Ok(Err(Unusable { code: "broken_view", detail }));
        }
    };
    let words = view.content.query.as_deref().map(query_terms).unwrap_or_default();
    let filter = Filter { words, ..Filter::default() };
    Ok(Ok(Selected {
        selection: Selection { filter, condition },
        archived: view.content.archived,
        sort: view.content.sort,
        fields: view.content.fields,
    }))
}

impl Selected {
    /// The leads of a selection that the view has too.
    #[must_use]
    pub fn narrow(&self, mut asked: Selection) -> Selection {
        asked.filter.words.extend(self.selection.filter.words.iter().cloned());
        asked.condition = match (self.selection.condition.clone(), asked.condition) {
            (Some(view), Some(asked)) => Some(leadwright_domain::condition::Condition::All(vec![view, asked])),
            (view, asked) => view.or(asked),
        };
        asked
    }
}
