//! Saved views of leads: kept for oneself or shared with everybody (spec LEAD-2).

mod create;
mod delete;
mod select;
mod update;

pub use create::CreateView;
pub use delete::DeleteView;
pub use select::{Selected, Unusable, select};
pub use update::{UpdateView, ViewChange};

use std::sync::Arc;

use leadwright_domain::{
    access::{Actor, Role},
    condition::Condition,
    fault::{Fault, Problem, Refusal},
    ids::ViewId,
    leads::search_terms::query_terms,
    views::{View, ViewContent},
};
use leadwright_persistence::{CommandError, DbError, Reader, Tx};
use serde_json::{Value, json};

use crate::{Configuration, Configurations, setting::Setting};

/// The most views of one person or program.
pub const MOST_OWN: u64 = 100;
/// The most shared views of an organization; with one's own they always fit one page.
pub const MOST_SHARED: u64 = 500;

const VIEW: Setting = Setting { name: "view", subject: "view" };

/// A view as somebody sees it.
#[derive(Clone, Debug)]
pub struct KnownView {
    /// The view.
    pub view: View,
    /// Whether the caller may change it.
    pub editable: bool,
    /// What of its condition and its order no longer exists; empty for a view that works.
    pub broken: Vec<Fault>,
    /// The settings by which it was read.
    pub configuration: Arc<Configuration>,
}

/// Who changes views.
#[derive(Clone, Debug)]
pub struct Keeper {
    /// Their role, for people.
    pub role: Option<Role>,
    /// Whether they may show views to others.
    pub may_share: bool,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

impl KnownView {
    fn of(view: View, keeper: &Keeper, reader: Actor, config: &Arc<Configuration>) -> Self {
        let editable = keeper.may_change(&view, reader);
        let mut broken = view.condition(&config.catalogue).err().unwrap_or_default();
        broken.extend(view.content.sort.as_ref().and_then(|sort| sort.key(&config.custom_fields).err()));
        Self { view, editable, broken, configuration: Arc::clone(config) }
    }
}

/// The caller's own views and the shared ones, by name.
///
/// # Errors
/// The database failed.
pub async fn list(reader: &Reader, keeper: &Keeper) -> Result<Vec<KnownView>, DbError> {
    let config = keeper.configurations.for_reader(reader).await?;
    let views = reader.views().all().await?;
    Ok(views.into_iter().map(|view| KnownView::of(view, keeper, reader.scope().actor, &config)).collect())
}

/// One view.
///
/// # Errors
/// There is none of this id that the caller sees, or the database failed.
pub async fn get(reader: &Reader, keeper: &Keeper, id: ViewId) -> Result<KnownView, CommandError> {
    let config = keeper.configurations.for_reader(reader).await?;
    let view = VIEW.found(reader.views().get(id).await?, |view| view.version, None)?;
    Ok(KnownView::of(view, keeper, reader.scope().actor, &config))
}

impl Keeper {
    /// Whether somebody may change a view: what others use is changed by who may show views to others.
    fn may_change(&self, view: &View, actor: Actor) -> bool {
        view.may_be_changed_by(actor, self.role) && (self.may_share || !view.content.shared)
    }

    /// The view, if the caller may change it.
    async fn hold(&self, tx: &Tx, id: ViewId, expected: Option<i64>) -> Result<View, CommandError> {
        let view = VIEW.found(tx.views().get(id).await?, |view| view.version, expected)?;
        if self.may_change(&view, tx.scope().actor) {
            return Ok(view);
        }
        if view.may_be_changed_by(tx.scope().actor, self.role) {
            let detail = "Others use this view; changing it needs the scope `leads:write`, which you don't have.";
            return Err(Refusal::new(Problem::Forbidden, detail).into());
        }
        let detail = "This view belongs to somebody else; admins and managers may change it, or save one of your own.";
        Err(Refusal::new(Problem::Forbidden, detail).into())
    }

    /// Refuses to show a view to others where that is not theirs to do, or there are too many already.
    async fn share(&self, tx: &Tx) -> Result<(), CommandError> {
        if !self.may_share {
            let detail = "Sharing a view needs the scope `leads:write`, which you don't have; keep it for yourself.";
            return Err(Refusal::new(Problem::Forbidden, detail).into());
        }
        if tx.views().count_shared().await? >= MOST_SHARED {
            let detail = format!("At most {MOST_SHARED} views are shared; delete one, or keep this one for yourself.");
            return Err(Refusal::new(Problem::StateConflict, detail).into());
        }
        Ok(())
    }
}

/// The content as it is kept: the condition in canonical form, if it can be read.
fn checked(mut content: ViewContent, config: &Configuration) -> Result<ViewContent, Refusal> {
    let mut faults = Vec::new();
    if let Some(given) = &content.condition {
        match Condition::parse(given, &config.catalogue) {
            Ok(condition) => content.condition = Some(condition.to_json()),
            Err(found) => faults.extend(found.into_iter().map(|fault| fault.under("#/where"))),
        }
    }
    content.query = content.query.filter(|query| !query.trim().is_empty());
    if content.query.as_deref().is_some_and(|query| query_terms(query).is_empty()) {
        faults.push(Fault::in_field("q", "no_words", "Send at least one letter or digit."));
    }
    faults.extend(content.sort.as_ref().and_then(|sort| sort.key(&config.custom_fields).err()));
    if faults.is_empty() { Ok(content) } else { Err(Refusal::invalid(faults)) }
}

fn taken(error: DbError) -> CommandError {
    VIEW.taken(error, &[("lead_views_name", "lead_views.name_key", "name")])
}

/// Tells that a view was changed without its owner, who named somebody who was erased.
pub(crate) fn tell_changed(tx: &Tx, id: ViewId, shared: bool) {
    VIEW.tell(tx, id.uuid(), told("updated", &ViewContent { shared, ..ViewContent::default() }));
}

/// What the log keeps: not the name, which may be of somebody who is erased one day.
fn told(change: &str, content: &ViewContent) -> Value {
    json!({"change": change, "shared": content.shared})
}
