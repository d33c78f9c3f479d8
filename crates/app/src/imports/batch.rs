//! The transaction of a batch of rows: claim, leads, rejects, checkpoint, all or nothing.

use std::{collections::BTreeSet, sync::Arc};

use leadwright_domain::{
    cleansing::{Mended, Tally},
    fault::{At, Fault, Problem},
    ids::LeadId,
    imports::{Counts, Import, Progress, UnknownSource, Warnings},
    privacy::WhenErased,
};
use leadwright_persistence::{
    Call, Command, CommandError, Tx,
    idempotency::StoredAnswer,
    imports::{Made, Reject},
    jobs::{Lease, Step},
};
use serde_json::json;

use super::{
    ready::as_under,
    row::Row,
    sources,
    withheld::{self, Told},
};
use crate::{
    Configuration, Configurations,
    intake::{Came, Incoming, Outcome, Prepared, batch, keys_of},
};

/// The most kinds of warnings that are told apart.
const MOST_WARNINGS: usize = 100;
/// How many lines are named for each.
const MOST_LINES: usize = 5;

/// How an import stands after a batch.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) checkpoint: u64,
    pub(super) counts: Counts,
    pub(super) cleansed: Tally,
    pub(super) progress: Progress,
}

/// Takes a batch of rows in. `None` where the claim is lost: nothing was written.
pub(super) struct TakeRows {
    pub(super) import: Arc<Import>,
    pub(super) lease: Lease,
    pub(super) before: Standing,
    pub(super) rows: Arc<Vec<Row>>,
    pub(super) configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for TakeRows {
    type Out = Option<Standing>;

    // The checkpoint is lost with the rows, and the import goes on from the one before; its end does not lag.
    const LAGS: bool = true;

    async fn run(&self, tx: &Tx) -> Result<Option<Standing>, CommandError> {
        if !tx.jobs().step(&self.lease, &Step::default()).await? {
            return Ok(None);
        }
        let call = Call { scope: self.import.scope.clone(), now: tx.now(), request_id: self.import.request_id.clone() };
        let config = self.configurations.for_tx(tx).await?;
        let rows = as_under(&self.rows, &self.import, &config);
        let config = self.with_sources(tx, &call, &rows, config).await?;
        let rows = as_under(&rows, &self.import, &config);
        let Sorted { items, places, mut rejects } = sort(&self.import, &rows, &call, &config);
        let mut told = self.hold(tx, &items, &rejects, &rows, &config).await?;
        let outcomes = batch::walk(tx, &config, &items.iter().collect::<Vec<_>>()).await?;
        let mut after = self.before.clone();
        // Whoever erases somebody takes them out of what is stored, so that is what more is added to.
        let mut warnings = tx.imports().hold_warnings(self.import.id).await?;
        for (outcome, place) in outcomes.iter().zip(places) {
            match verdict(outcome) {
                Ok(counts) => {
                    after.counts = after.counts.and(counts);
                    after.cleansed.note(taken_from(counts, outcome));
                    note(&mut warnings, rows[place].line, &outcome.warnings);
                }
                Err(reasons) => {
                    rejects.push(rejected_as(outcome, &rows[place], reasons));
                    told.push(withheld::told(&rows[place], &config));
                }
            }
        }
        let leads: Vec<LeadId> = outcomes.iter().filter_map(created).collect();
        if let (Some(first), false) = (rows.first(), leads.is_empty()) {
            tx.imports().made(self.import.id, &Made { position: first.position, leads }).await?;
        }
        if self.import.policy.erased == WhenErased::Refuse {
            withheld::withhold(tx, &config, &mut rejects, &told).await?;
        }
        rejects.sort_by_key(|reject| reject.position);
        after.counts.rejected += rejects.len() as u64;
        after.checkpoint = rows.last().map_or(after.checkpoint, |row| row.position + 1);
        after.progress.done = after.checkpoint;
        tx.imports().reject(self.import.id, &rejects).await?;
        tx.imports().reached(self.import.id, after.checkpoint, json!(warnings)).await?;
        let mut result = json!(after.counts);
        result["cleansed"] = json!(after.cleansed);
        let step = Step { progress: Some(json!(after.progress)), result: Some(result), ..Step::default() };
        Ok(tx.jobs().step(&self.lease, &step).await?.then_some(after))
    }
}

impl TakeRows {
    /// The settings, with every source that the rows name, where that is wanted.
    async fn with_sources(
        &self,
        tx: &Tx,
        call: &Call,
        rows: &[Row],
        config: Arc<Configuration>,
    ) -> Result<Arc<Configuration>, CommandError> {
        let needed = sources::needed(&self.import, rows, call, &config);
        if needed.is_empty() {
            return Ok(config);
        }
        sources::create(tx, &needed).await?;
        Ok(self.configurations.for_tx(tx).await?)
    }

    /// Holds what the rows are recognized by that can't go in; answers that.
    async fn hold(
        &self,
        tx: &Tx,
        items: &[Incoming],
        rejects: &[Reject],
        rows: &[Row],
        config: &Configuration,
    ) -> Result<Vec<Told>, CommandError> {
        let rejected: BTreeSet<u64> = rejects.iter().map(|reject| reject.position).collect();
        let rejected = rows.iter().filter(|row| rejected.contains(&row.position));
        let told: Vec<Told> = rejected.map(|row| withheld::told(row, config)).collect();
        let fit: Vec<&Prepared> = items.iter().map(|item| &*item.prepared).collect();
        withheld::hold(tx, keys_of(&fit), &told).await?;
        Ok(told)
    }
}

/// The rows of a batch: those that can go in, with their places, and those that can't.
pub(super) struct Sorted {
    pub(super) items: Vec<Incoming>,
    pub(super) places: Vec<usize>,
    pub(super) rejects: Vec<Reject>,
}

/// Validates rows and makes leads on their way in of them.
pub(super) fn sort(import: &Import, rows: &[Row], call: &Call, config: &Arc<Configuration>) -> Sorted {
    let mut sorted = Sorted { items: Vec::with_capacity(rows.len()), places: Vec::new(), rejects: Vec::new() };
    for (place, row) in rows.iter().enumerate() {
        match row.fit(&import.policy, config, call.now) {
            Ok(prepared) => {
                sorted.places.push(place);
                sorted.items.push(Incoming {
                    call: call.clone(),
                    prepared,
                    policy: import.policy.duplicates,
                    submission: None,
                    import: Some(import.id),
                    key: None,
                    render: Arc::new(|_| no_answer()),
                    route: import.policy.route,
                    promise: false,
                    erased: import.policy.erased,
                });
            }
            Err(mut reasons) => {
                // A source is not made for a row that can't go in anyway.
                if import.policy.unknown_source == UnknownSource::Create && reasons.len() > 1 {
                    reasons.retain(|reason| reason.code != "unknown_source");
                }
                sorted.rejects.push(rejected(row, reasons));
            }
        }
    }
    sorted
}

fn created(outcome: &Outcome) -> Option<LeadId> {
    match &outcome.came {
        Came::Created { lead, .. } => Some(lead.id),
        _ => None,
    }
}

/// Nobody waits for the answer to a single row.
fn no_answer() -> StoredAnswer {
    StoredAnswer { status: 204, headers: Vec::new(), body: String::new() }
}

/// What a row came to: one more of something, or the reasons why not.
pub(super) fn verdict(outcome: &Outcome) -> Result<Counts, Vec<Fault>> {
    let none = Counts::default();
    match &outcome.came {
        Came::Created { .. } => Ok(Counts { created: 1, ..none }),
        Came::Updated { changes, restored, .. } if !changes.is_empty() || *restored => {
            Ok(Counts { updated: 1, ..none })
        }
        Came::Updated { .. } | Came::Skipped { .. } => Ok(Counts { skipped: 1, ..none }),
        Came::Refused(refusal) => {
            Err(vec![Fault::at_pointer("#", refusal.problem.as_str().replace('-', "_"), refusal.detail.clone())])
        }
    }
}

/// What was mended of a row that told something; of others nothing was kept.
pub(super) fn taken_from(counts: Counts, outcome: &Outcome) -> &[Mended] {
    if counts.created + counts.updated > 0 { &outcome.prepared.mended } else { &[] }
}

fn rejected(row: &Row, reasons: Vec<Fault>) -> Reject {
    Reject { position: row.position, line: row.line, cells: row.cells.clone(), reasons }
}

/// A rejected row; of somebody who was erased nothing but the line is kept.
fn rejected_as(outcome: &Outcome, row: &Row, reasons: Vec<Fault>) -> Reject {
    let of_erased = matches!(&outcome.came, Came::Refused(refusal) if refusal.problem == Problem::PersonErased);
    let cells = if of_erased { vec![] } else { row.cells.clone() };
    Reject { cells, ..rejected(row, reasons) }
}

/// Counts warnings by what and where, and remembers the lines of the first few.
pub(super) fn note(warnings: &mut Warnings, line: u64, faults: &[Fault]) {
    for fault in faults {
        let place = place(fault);
        let name = format!("{} {place}", fault.code).trim().to_owned();
        if warnings.len() < MOST_WARNINGS || warnings.contains_key(&name) {
            let known = warnings.entry(name).or_default();
            known.count += 1;
            if known.lines.len() < MOST_LINES {
                known.lines.push(line);
            }
            if known.detail.is_empty() {
                known.detail.clone_from(&fault.detail);
            }
        }
    }
}

/// Where a fault lies, without the pointer's marks.
pub(super) fn place(fault: &Fault) -> String {
    match &fault.at {
        At::Pointer(pointer) => pointer.trim_start_matches(['#', '/']).replace("~1", "/").replace("~0", "~"),
        At::Parameter(name) | At::Header(name) => name.clone(),
    }
}
