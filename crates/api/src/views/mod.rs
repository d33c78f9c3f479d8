//! `/api/v1/views`: selections of leads under a name, for oneself or for everybody.

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
pub mod update;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leadwright_app::{
    Configuration,
    views::{self, Keeper, KnownView, Selected, Unusable},
};
use leadwright_domain::{access::Permission, fault::Fault, ids::Id};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    conditions::ConditionShape,
    http::{Answer, Can, Params, Result},
    leads::{actor::ActorView, order::SortChoice, search::ArchivedChoice, unknown_fields},
};

/// A saved view of leads.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = View)]
pub struct SavedView {
    /// The id.
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    version: i64,
    /// The name for people.
    #[schema(example = "Hot in the north")]
    name: String,
    /// Whose it is.
    owner: ActorView,
    /// Whether everybody of the organization sees it.
    shared: bool,
    /// Whether you may change and delete it.
    editable: bool,
    /// What must hold: a condition. Every lead is meant without it.
    #[serde(rename = "where")]
    #[schema(value_type = Option<ConditionShape>)]
    condition: Option<Value>,
    /// Words of a text search that must be there too.
    #[schema(example = "example")]
    q: Option<String>,
    /// As to archiving; archived leads are left out unless said.
    archived: Option<ArchivedChoice>,
    /// In which order a list comes that names none.
    sort: Option<SortChoice>,
    /// The members that a list shows that names none; all, if empty.
    #[schema(example = json!(["contact_name", "score"]))]
    fields: Vec<String>,
    /// Why it can't be used: what of its condition or its order no longer exists. Change `where` or `sort` to mend it.
    #[schema(example = json!([]))]
    broken: Vec<String>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last changed.
    updated_at: DateTime<Utc>,
}

impl From<KnownView> for SavedView {
    fn from(KnownView { view, editable, broken, configuration }: KnownView) -> Self {
        let broken = broken.iter().map(|fault| view.told(fault)).collect();
        let content = view.content;
        Self {
            id: view.id.uuid(),
            version: view.version,
            name: content.name,
            owner: ActorView::of(view.owner, &configuration),
            shared: content.shared,
            editable,
            condition: content.condition,
            q: content.query,
            archived: content.archived.map(Into::into),
            sort: content.sort.map(Into::into),
            fields: content.fields,
            broken,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

fn shown(known: KnownView) -> Answer {
    // What breaks or may be changed is no change of the view, but of what is shown of it.
    let (version, shape) = (known.view.version, format!("1{}{}", u8::from(known.editable), known.broken.len()));
    Answer::ok(&SavedView::from(known)).etag(version, 0, &shape)
}

/// Who keeps views here.
fn keeper<P: crate::http::can::Permit>(can: &Can<P>) -> Keeper {
    Keeper {
        role: can.role,
        may_share: can.permissions.contains(&Permission::LeadsWrite),
        configurations: Arc::clone(&can.ask.app.configurations),
    }
}

/// The faults of a list of members.
fn faults_of(fields: &[String]) -> Result<()> {
    let faults = unknown_fields(fields);
    if faults.is_empty() { Ok(()) } else { Err(crate::http::ApiError::invalid(faults)) }
}

/// What the view of a parameter contributes to a list; a fault of the parameter if it can't.
pub async fn in_parameter<P: crate::http::can::Permit>(
    can: &Can<P>,
    config: &Configuration,
    params: &mut Params,
) -> Result<Selected> {
    let Some(id) = params.parsed::<Uuid>("view", "the id of a view") else { return Ok(Selected::default()) };
    Ok(match views::select(&can.read(), config, Id::from_uuid(id)).await.map_err(crate::http::ApiError::from)? {
        Ok(selected) => selected,
        Err(Unusable { code, detail }) => {
            params.fault("view", code, &detail);
            Selected::default()
        }
    })
}

/// What the view of a body contributes to a list; adds a fault of the member if it can't.
pub async fn in_body<P: crate::http::can::Permit>(
    can: &Can<P>,
    config: &Configuration,
    id: Option<Uuid>,
    faults: &mut Vec<Fault>,
) -> Result<Selected> {
    let Some(id) = id else { return Ok(Selected::default()) };
    Ok(match views::select(&can.read(), config, Id::from_uuid(id)).await.map_err(crate::http::ApiError::from)? {
        Ok(selected) => selected,
        Err(Unusable { code, detail }) => {
            faults.push(Fault::in_field("view", code, detail));
            Selected::default()
        }
    })
}
