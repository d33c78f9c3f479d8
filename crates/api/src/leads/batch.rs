use std::sync::Arc;

use actix_web::post;
use leadwright_app::leads::{Batch, Done, Operation, Wish, placed};
use leadwright_domain::{
    fault::{Fault, Refusal},
    ids::Id,
    leads::{Lead, RawLead},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::create::may_give_to;
use crate::{
    erasures::WhenErasedWord,
    http::{Answer, ApiError, Body, Can, Params, Result, can::LeadsWrite},
};

/// What to do with one lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BatchVerb {
    /// A new lead; refused where the person is one already.
    Create,
    /// Change the lead `id`.
    Update,
    /// Change whoever has the same external id, e-mail or phone; else a new lead.
    Upsert,
}

/// One operation of a batch.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"op": "upsert", "lead": {"contact_name": "Joan Roe", "email": "joan.roe@example.com", "company_name": "Acme Retail", "source": "website", "priority": "medium"}}))]
pub struct BatchOperation {
    op: BatchVerb,
    /// For `update`: which lead.
    id: Option<Uuid>,
    /// For `update`: the version that it must still have.
    #[schema(minimum = 1)]
    version: Option<i64>,
    /// For `upsert`: fill only what is blank on a known lead, and overwrite nothing.
    #[serde(default)]
    fill_blanks: bool,
    /// The fields, as for `POST /leads`; for `update` a merge patch, as for `PATCH /leads/{lead_id}`.
    #[schema(value_type = Object)]
    lead: RawLead,
}

/// What to do with many leads.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// The operations. Creates and upserts are done first, then updates, each in their order.
    #[schema(min_items = 1, max_items = 1000)]
    operations: Vec<BatchOperation>,
    /// Do all or nothing: one that is refused refuses the request.
    #[serde(default)]
    atomic: bool,
    /// What to do with somebody who was erased.
    #[serde(default)]
    erased: WhenErasedWord,
}

/// What came of one operation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BatchItem {
    /// Its place in the request, from 0.
    #[schema(example = 0)]
    index: usize,
    /// The status that a request of its own would have answered.
    #[schema(example = 201, minimum = 200, maximum = 599)]
    status: u16,
    /// `created`, `updated` or `unchanged`; `null` where it was refused.
    #[schema(example = "created")]
    outcome: Option<&'static str>,
    /// The lead; `null` where it was refused, or with `dry_run` would be new.
    id: Option<Uuid>,
    /// Its version now.
    #[schema(example = 1)]
    version: Option<i64>,
    /// The names of the fields that changed on a known lead.
    changed: Vec<&'static str>,
    /// The names of fields whose new value is not written but kept as a suggestion, because a stronger writer wrote them, or
    /// only blanks were to be filled.
    #[schema(example = json!(["phone"]))]
    suggested: Vec<String>,
    /// Why it was refused: a problem (RFC 9457). Pointers point into the whole request.
    #[schema(value_type = Option<Object>)]
    problem: Option<Map<String, Value>>,
}

/// How many came to what.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct BatchSummary {
    /// New leads.
    #[schema(example = 1)]
    created: usize,
    /// Known leads that changed.
    #[schema(example = 0)]
    updated: usize,
    /// Known leads that knew it all.
    #[schema(example = 0)]
    unchanged: usize,
    /// Refused.
    #[schema(example = 0)]
    failed: usize,
}

/// What came of a batch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BatchResult {
    /// What came of each operation, in the order of the request.
    data: Vec<BatchItem>,
    summary: BatchSummary,
}

impl BatchItem {
    fn of(index: usize, done: Done, dry_run: bool) -> Self {
        let blank = Self {
            index,
            status: 200,
            outcome: None,
            id: None,
            version: None,
            changed: vec![],
            suggested: vec![],
            problem: None,
        };
        let of = |lead: &Lead, outcome| Self {
            outcome: Some(outcome),
            // What a dry run would make has no id yet.
            id: Some(lead.id.uuid()).filter(|id| !dry_run || id.get_version_num() == 7),
            version: Some(lead.version),
            ..blank.clone()
        };
        match done {
            Done::Created(lead) => Self { status: 201, ..of(&lead, "created") },
            Done::Updated { lead, changed, suggested } => {
                let outcome = if changed.is_empty() { "unchanged" } else { "updated" };
                Self { changed, suggested, ..of(&lead, outcome) }
            }
            Done::Unchanged(lead) => of(&lead, "unchanged"),
            Done::Refused(refusal) => {
                let error = ApiError::from(placed(refusal, index));
                Self { status: error.status.as_u16(), problem: Some(error.to_json()), ..blank }
            }
        }
    }
}

impl BatchResult {
    fn of(done: Vec<Done>, dry_run: bool) -> Self {
        let data: Vec<BatchItem> =
            done.into_iter().enumerate().map(|(index, done)| BatchItem::of(index, done, dry_run)).collect();
        let count = |outcome: Option<&str>| data.iter().filter(|item| item.outcome == outcome).count();
        let summary = BatchSummary {
            created: count(Some("created")),
            updated: count(Some("updated")),
            unchanged: count(Some("unchanged")),
            failed: count(None),
        };
        Self { data, summary }
    }
}

impl BatchOperation {
    /// What is asked, or why that makes no sense.
    fn into_wish(self, can: &Can<LeadsWrite>) -> std::result::Result<Wish, Refusal> {
        let mut faults = Vec::new();
        let mut only = |here: bool, name: &str, verb: &str| {
            if here {
                let detail = format!("`{name}` belongs to `{verb}`; leave it out.");
                faults.push(Fault::in_field(name, "not_here", detail));
            }
        };
        only(self.id.is_some() && self.op != BatchVerb::Update, "id", "update");
        only(self.version.is_some() && self.op != BatchVerb::Update, "version", "update");
        only(self.fill_blanks && self.op != BatchVerb::Upsert, "fill_blanks", "upsert");
        if self.op == BatchVerb::Update && self.id.is_none() {
            faults.push(Fault::in_field("id", "required", "Send the `id` of the lead to change."));
        }
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults));
        }
        if self.op != BatchVerb::Update {
            may_give_to(can, self.lead.get("owner_id"))?;
        }
        Ok(match (self.op, self.id) {
            (BatchVerb::Update, Some(id)) => {
                Wish::Update { id: Id::from_uuid(id), expected: self.version, patch: self.lead }
            }
            (BatchVerb::Upsert, _) => Wish::Upsert { raw: self.lead, fill_blanks: self.fill_blanks },
            _ => Wish::Create(self.lead),
        })
    }
}

/// Create and change many leads
///
/// Up to 1,000 operations in one transaction, each with a status of its own; what is refused does not touch the others. With
/// `atomic` all are done or none: one that is refused refuses the request, with `items` that say which and why. With
/// `dry_run=true` nothing is kept.
#[utoipa::path(
    tag = "Leads", operation_id = "batchLeads", security(("bearer" = ["leads:write"])),
    params(("dry_run" = Option<bool>, Query, description = "Say what would happen, and keep nothing")),
    request_body = BatchRequest,
    responses((status = 200, description = "What came of each operation", body = BatchResult))
)]
#[post("/leads/batch")]
pub async fn batch_leads(can: Can<LeadsWrite>, mut params: Params, body: Body<BatchRequest>) -> Result {
    let dry_run = params.flag("dry_run").unwrap_or(false);
    params.finish()?;
    let BatchRequest { operations, atomic, erased } = body.value;
    let (app, call) = (&can.ask.app, can.call());
    let config = app.configuration(&call).await?;
    let prepare = |operation: BatchOperation| match operation.into_wish(&can) {
        Ok(wish) => Operation::prepare(wish, erased.into(), &call, &config, &app.configurations),
        Err(refusal) => Operation::Unfit(refusal),
    };
    let operations = Arc::new(operations.into_iter().map(prepare).collect());
    let batch = Batch { operations, atomic, configurations: Arc::clone(&app.configurations) };
    if dry_run {
        return Ok(Answer::ok(&BatchResult::of(batch.preview(app, &call).await?, true)));
    }
    can.write_once(&body.raw, batch, |done| Answer::ok(&BatchResult::of(done, false))).await
}
