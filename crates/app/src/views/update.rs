use leadwright_domain::{
    ids::ViewId,
    views::{ArchivedWord, LeadSort, ViewContent},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::Value;

use super::{Keeper, KnownView, VIEW, checked, taken, told};
use crate::setting;

/// What to change; `None` leaves as it is, `Some(None)` takes away.
#[derive(Clone, Debug, Default)]
pub struct ViewChange {
    /// The name for people.
    pub name: Option<String>,
    /// What must hold.
    pub condition: Option<Option<Value>>,
    /// The words of a text search.
    pub query: Option<Option<String>>,
    /// As to archiving.
    pub archived: Option<Option<ArchivedWord>>,
    /// In which order.
    pub sort: Option<Option<LeadSort>>,
    /// Only these members of a lead.
    pub fields: Option<Vec<String>>,
    /// Whether everybody sees it.
    pub shared: Option<bool>,
}

/// Changes a view.
#[derive(Clone, Debug)]
pub struct UpdateView {
    /// Which.
    pub id: ViewId,
    /// What to change.
    pub change: ViewChange,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// Who does it.
    pub keeper: Keeper,
}

#[async_trait::async_trait]
impl Command for UpdateView {
    type Out = KnownView;

    async fn run(&self, tx: &Tx) -> Result<KnownView, CommandError> {
        let config = self.keeper.configurations.for_tx(tx).await?;
        let mut view = self.keeper.hold(tx, self.id, self.expected).await?;
        let (before, change) = (view.content, &self.change);
        let mut content = change.clone().applied(before.clone());
        // A condition or an order that nobody touches may be broken; its view can be renamed or shared no more still.
        let condition = change.condition.is_none().then(|| content.condition.take());
        let sort = change.sort.is_none().then(|| content.sort.take());
        content = checked(content, &config)?;
        content.condition = condition.unwrap_or(content.condition);
        content.sort = sort.unwrap_or(content.sort);
        if content.shared && !before.shared {
            self.keeper.share(tx).await?;
        }
        view.content = content;
        setting::written(tx.views().update(&view).await.map_err(taken)?, view.version)?;
        (view.version, view.updated_at) = (view.version + 1, tx.now());
        VIEW.tell(tx, view.id.uuid(), told("updated", &view.content));
        Ok(KnownView::of(view, &self.keeper, tx.scope().actor, &config))
    }
}

impl ViewChange {
    fn applied(self, before: ViewContent) -> ViewContent {
        ViewContent {
            name: self.name.unwrap_or(before.name),
            condition: self.condition.unwrap_or(before.condition),
            query: self.query.unwrap_or(before.query),
            archived: self.archived.unwrap_or(before.archived),
            sort: self.sort.unwrap_or(before.sort),
            fields: self.fields.unwrap_or(before.fields),
            shared: self.shared.unwrap_or(before.shared),
        }
    }
}
