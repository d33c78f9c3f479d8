//! Looking at all rows without writing any, so that somebody can say go on (spec IMP-3).

use std::{collections::BTreeMap, sync::Arc};

use leadwright_domain::{
    cleansing::Tally,
    duplicates::{Matched, Policy},
    fault::Fault,
    imports::{Counts, Import, JobState, Progress, Warnings},
    leads::Lead,
};
use leadwright_persistence::{
    Call, Command, CommandError, Tx,
    jobs::{Lease, Step},
};
use serde_json::{Value, json};

use super::{
    batch::{Sorted, note, place, sort, taken_from, verdict},
    earlier::{self, Earlier},
    ready::as_under,
    row::Row,
    sources,
};
use crate::{
    App, Configuration,
    intake::{Came, Outcome, preview::preview_all},
};

/// How many rows are shown as they would become.
const SHOWN: usize = 20;
/// How many kinds of errors are shown.
const MOST_ERRORS: usize = 50;
/// How many lines are named for each.
const MOST_LINES: usize = 5;

/// What a review has found so far.
#[derive(Default)]
pub(super) struct Findings {
    counts: Counts,
    cleansed: Tally,
    rows: Vec<Value>,
    errors: BTreeMap<String, Error>,
    warnings: Warnings,
    new_sources: Vec<String>,
    earlier: Earlier,
}

struct Error {
    fault: Fault,
    count: u64,
    lines: Vec<u64>,
}

impl Findings {
    /// What was found before its rows are looked at.
    pub(super) fn of(import: &Import) -> Self {
        Self { warnings: import.warnings.clone(), ..Self::default() }
    }

    /// Looks at some more rows.
    pub(super) async fn look(
        &mut self,
        app: &App,
        call: &Call,
        import: &Import,
        rows: &[Row],
        config: &Arc<Configuration>,
    ) -> Result<(), CommandError> {
        let of_import = Call { scope: import.scope.clone(), now: call.now, request_id: import.request_id.clone() };
        let rows = &*as_under(rows, import, config);
        let needed = sources::needed(import, rows, &of_import, config);
        for source in &needed {
            if !self.new_sources.contains(&source.name) && self.new_sources.len() < MOST_ERRORS {
                self.new_sources.push(source.name.clone());
            }
        }
        let config = sources::foreseen(config, &needed);
        let Sorted { items, places, rejects } = sort(import, rows, &of_import, &config);
        let mut shown: BTreeMap<u64, Value> = BTreeMap::new();
        for reject in &rejects {
            self.rejected(reject.line, &reject.reasons);
            shown.insert(reject.line, json!({"line": reject.line, "becomes": "rejected", "errors": reject.reasons}));
        }
        let foreseen = preview_all(&app.db.read(call), &config, &items.iter().collect::<Vec<_>>()).await?;
        for (((outcome, _), place), item) in foreseen.iter().zip(places).zip(&items) {
            let line = rows[place].line;
            if matches!(outcome.came, Came::Created { .. }) {
                if self.earlier.knows(&item.prepared) {
                    shown.insert(line, self.again(line, item.policy, outcome));
                    continue;
                }
                self.earlier.add(&item.prepared);
            }
            match verdict(outcome) {
                Ok(counts) => {
                    self.counts = self.counts.and(counts);
                    self.cleansed.note(taken_from(counts, outcome));
                    note(&mut self.warnings, line, &outcome.warnings);
                    shown.insert(line, seen(line, outcome, &config));
                }
                Err(reasons) => {
                    self.rejected(line, &reasons);
                    shown.insert(line, json!({"line": line, "becomes": "rejected", "errors": reasons}));
                }
            }
        }
        let room = SHOWN.saturating_sub(self.rows.len());
        self.rows.extend(shown.into_values().take(room));
        Ok(())
    }

    /// Notes a row whose person an earlier row would make.
    fn again(&mut self, line: u64, policy: Policy, outcome: &Outcome) -> Value {
        match earlier::verdict(policy) {
            Ok((counts, becomes)) => {
                self.counts = self.counts.and(counts);
                self.cleansed.note(taken_from(counts, outcome));
                json!({"line": line, "becomes": becomes, "known": {"in_file": true}})
            }
            Err(reasons) => {
                self.rejected(line, &reasons);
                json!({"line": line, "becomes": "rejected", "errors": reasons})
            }
        }
    }

    fn rejected(&mut self, line: u64, reasons: &[Fault]) {
        self.counts.rejected += 1;
        for fault in reasons {
            let name = format!("{} {}", fault.code, place(fault));
            if self.errors.len() >= MOST_ERRORS && !self.errors.contains_key(&name) {
                continue;
            }
            let error =
                self.errors.entry(name).or_insert_with(|| Error { fault: fault.clone(), count: 0, lines: vec![] });
            error.count += 1;
            if error.lines.len() < MOST_LINES {
                error.lines.push(line);
            }
        }
    }

    /// How many rows were looked at.
    pub(super) const fn read(&self) -> u64 {
        self.counts.read()
    }

    fn preview(&self) -> Value {
        let mut errors: Vec<&Error> = self.errors.values().collect();
        errors.sort_by_key(|error| std::cmp::Reverse(error.count));
        let error = |error: &&Error| {
            json!({
                "code": error.fault.code, "field": place(&error.fault), "detail": error.fault.detail,
                "count": error.count, "lines": error.lines,
            })
        };
        json!({
            "create": self.counts.created, "update": self.counts.updated, "skip": self.counts.skipped,
            "reject": self.counts.rejected, "rows": self.rows,
            "errors": errors.iter().map(error).collect::<Vec<_>>(),
            "warnings": self.warnings, "new_sources": self.new_sources, "cleansed": self.cleansed.listed(),
        })
    }
}

/// A row as it would become.
fn seen(line: u64, outcome: &Outcome, config: &Configuration) -> Value {
    let (becomes, lead) = match &outcome.came {
        Came::Created { lead, .. } => ("created", Some(brief(lead, config))),
        Came::Updated { lead, changes, restored, .. } if !changes.is_empty() || *restored => {
            ("updated", Some(brief(lead, config)))
        }
        Came::Updated { lead, .. } => ("skipped", Some(brief(lead, config))),
        Came::Skipped { .. } | Came::Refused(_) => ("skipped", None),
    };
    json!({
        "line": line, "becomes": becomes, "lead": lead, "warnings": outcome.warnings,
        "cleansed": outcome.prepared.cleansed(),
        "known": outcome.matched.matches.first().map(known),
    })
}

/// Who was recognized; leads that earlier rows would make have no id yet that says anything.
fn known(matched: &Matched) -> Value {
    match matched.lead.uuid().get_version_num() {
        0 => json!({"in_file": true}),
        _ => json!({"id": matched.lead, "by": matched.by}),
    }
}

fn brief(lead: &Lead, config: &Configuration) -> Value {
    let profile = &lead.profile;
    let owner = lead.owner_id.and_then(|id| config.users.iter().find(|user| user.id == id));
    json!({
        "contact_name": profile.contact_name, "company_name": profile.company_name, "email": profile.email,
        "phone": profile.phone, "source": config.source_code(lead.source_id), "status": lead.status,
        "priority": lead.priority(), "score": lead.score.total, "owner": owner.map(|owner| &owner.name),
    })
}

/// Says that work goes on. `false` where the claim is lost.
pub(super) struct Beat {
    pub(super) lease: Lease,
    pub(super) progress: Progress,
}

#[async_trait::async_trait]
impl Command for Beat {
    type Out = bool;

    async fn run(&self, tx: &Tx) -> Result<bool, CommandError> {
        let step = Step { progress: Some(json!(self.progress)), ..Step::default() };
        Ok(tx.jobs().step(&self.lease, &step).await?)
    }
}

/// Ends a review: somebody has to say go on. `false` where somebody was erased since it began, and nothing was written.
pub(super) struct Reviewed {
    import: Arc<Import>,
    lease: Lease,
    preview: Value,
    progress: Progress,
    /// How many people had been erased when it began.
    erased: u64,
}

impl Reviewed {
    pub(super) fn new(import: Arc<Import>, lease: Lease, findings: &Findings, progress: Progress, erased: u64) -> Self {
        Self { import, lease, preview: findings.preview(), progress, erased }
    }
}

#[async_trait::async_trait]
impl Command for Reviewed {
    type Out = bool;

    async fn run(&self, tx: &Tx) -> Result<bool, CommandError> {
        if !tx.jobs().step(&self.lease, &Step::default()).await? {
            return Ok(true);
        }
        // Whoever erases somebody from now on waits, and finds what is written here.
        tx.imports().hold_warnings(self.import.id).await?;
        if tx.erasures().count().await? != self.erased {
            return Ok(false);
        }
        let step = Step {
            state: Some(JobState::AwaitingConfirmation),
            progress: Some(json!(self.progress)),
            ..Step::default()
        };
        tx.jobs().step(&self.lease, &step).await?;
        tx.imports().reviewed(self.import.id, self.preview.clone()).await?;
        Ok(true)
    }
}
