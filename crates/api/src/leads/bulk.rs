use std::sync::Arc;

use actix_web::post;
use leadwright_app::{
    Configuration,
    bulk_actions::{self, BeginBulkAction, BulkPreview, ChangeNow, Pick, Sampled},
    leads::Selection,
};
use leadwright_domain::{
    access::Permission,
    bulk_actions::{Action, Picked},
    condition::Condition,
    fault::Fault,
    ids::{Id, LeadId},
    qualification::transition::may_override,
    views::ArchivedWord,
};
use leadwright_persistence::leads::Filter;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    LeadView,
    bulk_wish::LeadChange,
    search::{ArchivedChoice, select},
};
use crate::{
    bulk_actions::{BulkActionView, BulkFailure, BulkResult, answer},
    conditions::ConditionShape,
    http::{Answer, ApiError, Body, Can, Params, Result, can::LeadsWrite},
    views,
};

/// Which leads to change, and how.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeLeads)]
pub struct ChangeLeadsBody {
    /// These leads.
    #[schema(min_items = 1, max_items = 10000)]
    ids: Option<Vec<Uuid>>,
    /// The leads for which this holds; `{"all": []}` holds for every lead.
    #[serde(rename = "where")]
    #[schema(value_type = Option<ConditionShape>)]
    condition: Option<Value>,
    /// The leads of this saved view.
    view: Option<Uuid>,
    /// The leads with these words in name, company, e-mail or phone.
    #[schema(example = "example", max_length = 500)]
    q: Option<String>,
    /// As to archiving; archived leads are left out unless said, and alone for `restore`.
    archived: Option<ArchivedChoice>,
    /// What becomes of each.
    action: LeadChange,
}

/// What a bulk action would come to. Nothing was kept.
#[derive(Serialize, ToSchema)]
#[schema(as = BulkPreview)]
pub struct BulkPreviewView {
    /// How many leads are meant.
    #[schema(example = 1240)]
    total: u64,
    /// How many of them were looked at: the first 1,000.
    #[schema(example = 1000)]
    examined: u64,
    /// What would become of these.
    result: BulkResult,
    /// The first that would change, at most 10.
    sample: Vec<BulkSample>,
    /// The first that would not, at most 10, and why.
    failures: Vec<BulkFailure>,
}

/// A lead that would change.
#[derive(Serialize, ToSchema)]
pub struct BulkSample {
    /// As it is.
    before: LeadView,
    /// As it would be.
    after: LeadView,
}

impl BulkPreviewView {
    fn of(preview: BulkPreview, config: &Configuration) -> Self {
        let sample = |one: &Sampled| BulkSample {
            before: LeadView::of(&one.before, config),
            after: LeadView::of(&one.after, config),
        };
        Self {
            total: preview.total,
            examined: preview.examined,
            result: preview.counts.into(),
            sample: preview.sample.iter().map(sample).collect(),
            failures: preview.failures.into_iter().map(Into::into).collect(),
        }
    }
}

/// Change many leads
///
/// Leads are named by `ids`, or selected by `where`, `view` and `q`, which narrow each other down. Each is changed as a request
/// of its own would change it, with the same rights and rules; one that may not be changed so is a failure of its own and
/// never stops the others. Up to 100 are changed at once (201); more are a job (202), for which all leads are picked first.
///
/// With `dry_run=true` nothing is kept: how many leads are meant, how the first would look, and which would fail.
/// `POST /bulk-actions/{bulk_action_id}/undo` takes a change back for 7 days.
#[utoipa::path(
    tag = "Leads", operation_id = "changeLeads", security(("bearer" = ["leads:write"])),
    params(("dry_run" = Option<bool>, Query, description = "Say what would happen, and keep nothing")),
    request_body = ChangeLeadsBody,
    responses(
        (status = 200, description = "With `dry_run=true`: what would happen", body = BulkPreviewView),
        (status = 201, description = "The leads are changed", body = BulkActionView),
        (status = 202, description = "A job changes them", body = BulkActionView),
    )
)]
#[post("/leads/bulk")]
pub async fn change_leads(can: Can<LeadsWrite>, mut params: Params, body: Body<ChangeLeadsBody>) -> Result {
    let dry_run = params.flag("dry_run").unwrap_or(false);
    params.finish()?;
    if body.action.assigns() && !can.permissions.contains(&Permission::LeadsAssign) {
        let detail = "Giving leads to others needs the scope `leads:assign`, which you don't have.";
        return Err(ApiError::forbidden(detail));
    }
    let config = can.ask.app.configuration(&can.call()).await?;
    let (action, picked, pick) = read(&can, &config, body.value.clone()).await?;
    let action = bulk_actions::check(action, &config)?;
    if dry_run {
        let preview = bulk_actions::preview(&can.read(), &config, &action, &pick).await?;
        return Ok(Answer::ok(&BulkPreviewView::of(preview, &config)));
    }
    let few = bulk_actions::few(&can.read(), &config, &pick).await?;
    let render = move |known| answer(&known, &config);
    if let Some(ids) = few {
        let configurations = Arc::clone(&can.ask.app.configurations);
        return can.write_once(&body.raw, ChangeNow { action, picked, ids, configurations }, render).await;
    }
    let ids = match pick {
        Pick::Ids(ids) => Some(ids),
        Pick::Where(_) => None,
    };
    let answered = can.write_once(&body.raw, BeginBulkAction { action, picked, ids }, render).await?;
    can.ask.app.work.notify_one();
    Ok(answered)
}

/// Reads what is asked; all faults at once.
async fn read(can: &Can<LeadsWrite>, config: &Configuration, wish: ChangeLeadsBody) -> Result<(Action, Picked, Pick)> {
    let mut faults = Vec::new();
    said_once(&wish, &mut faults);
    let restores = wish.action.restores();
    let action = wish.action.read(can.role.is_some_and(may_override), &mut faults);
    let view = views::in_body(can, config, wish.view, &mut faults).await?;
    let selection = select(wish.condition, wish.q, &config.catalogue, &mut faults);
    let archived = wish.archived.map(|word| word.0).or(view.archived);
    let archived = archived.or(restores.then_some(ArchivedWord::Only));
    let Some(action) = action.filter(|_| faults.is_empty()) else { return Err(ApiError::invalid(faults)) };
    if let Some(ids) = wish.ids {
        let mut ids: Vec<LeadId> = ids.into_iter().map(Id::from_uuid).collect();
        ids.sort_unstable();
        ids.dedup();
        let picked = Picked { ids: Some(ids.len() as u64), ..Picked::default() };
        return Ok((action, picked, Pick::Ids(ids)));
    }
    let filter = Filter { archived: archived.into(), ..selection.filter };
    let selection = view.narrow(Selection { filter, ..selection });
    let condition = selection.condition.as_ref().map(Condition::to_json);
    if let Some(Err(faults)) = condition.as_ref().map(|condition| Condition::parse(condition, &config.catalogue)) {
        return Err(ApiError::invalid(vec![too_much(&faults)]));
    }
    let picked = Picked {
        ids: None,
        view: wish.view.map(Id::from_uuid),
        condition,
        words: selection.filter.words.clone(),
        archived,
        forgotten: false,
    };
    Ok((action, picked, Pick::Where(Box::new(selection))))
}

/// What is wrong with a condition and a view that are in order each by themselves: together they are more than one may be.
fn too_much(faults: &[Fault]) -> Fault {
    let (code, why) = faults.first().map_or(("condition_too_large", ""), |fault| (&fault.code, &fault.detail));
    let detail = format!("Together with the condition of the view: {why}. Name the leads by one of the two.");
    Fault::in_field("where", code, detail.replace("..", "."))
}

/// Leads are named or selected, and never all of them by mistake.
fn said_once(wish: &ChangeLeadsBody, faults: &mut Vec<Fault>) {
    let selects = wish.condition.is_some() || wish.view.is_some() || wish.q.is_some();
    if wish.ids.is_some() && (selects || wish.archived.is_some()) {
        let detail = "Name leads by `ids`, or select them by `where`, `view` and `q`: not both.";
        faults.push(Fault::in_field("ids", "not_here", detail));
    }
    if wish.ids.is_none() && !selects {
        let detail = "Say which leads: `ids`, `where`, `view` or `q`; {\"where\": {\"all\": []}} means every lead.";
        faults.push(Fault::at_pointer("#", "required", detail));
    }
}
