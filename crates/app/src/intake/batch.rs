//! The transaction of a batch.

use std::sync::Arc;

use leadwright_domain::{
    capture::{Submission, SubmissionState},
    fault::Refusal,
    ids::{Id, kind},
};
use leadwright_persistence::{
    Command, CommandError, Tx,
    idempotency::{Answered, StoredAnswer},
};
use serde_json::{Value, json};

use super::{
    Came, Incoming, Outcome, Prepared, apply,
    decide::{Decided, Decider},
    load::Loader,
    working::Working,
};
use crate::{Configuration, Configurations};

/// Takes a batch of leads in. An item that is refused does not touch the others; a database error undoes all.
#[derive(Debug)]
pub struct IntakeBatch {
    /// The items, oldest first.
    pub items: Arc<Vec<Incoming>>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

/// What an item is answered: an answer, or the refusal that is told instead.
pub type ItemAnswer = Result<Answered, Refusal>;

#[async_trait::async_trait]
impl Command for IntakeBatch {
    type Out = Vec<ItemAnswer>;

    async fn run(&self, tx: &Tx) -> Result<Vec<ItemAnswer>, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let mut answers: Vec<Option<ItemAnswer>> = Vec::with_capacity(self.items.len());
        for item in self.items.iter() {
            answers.push(earlier(tx, item).await?);
        }
        let open: Vec<usize> = (0..self.items.len()).filter(|at| answers[*at].is_none()).collect();
        let outcomes = walk(tx, &config, &open.iter().map(|at| &self.items[*at]).collect::<Vec<_>>()).await?;
        for (at, outcome) in open.into_iter().zip(outcomes) {
            let item = &self.items[at];
            answers[at] = Some(answer(tx, item, outcome).await?);
        }
        Ok(answers.into_iter().flatten().collect())
    }
}

/// The answer that an item's key got before, or why the key can't be used; `None` for an item that is to be taken in.
async fn earlier(tx: &Tx, item: &Incoming) -> Result<Option<ItemAnswer>, CommandError> {
    let Some(key) = &item.key else { return Ok(None) };
    match tx.idempotency().earlier(key).await {
        Ok(known) => Ok(known.map(|answer| Ok(Answered { answer, replayed: true }))),
        Err(CommandError::Refused(refusal)) => Ok(Some(Err(*refusal))),
        Err(error) => Err(error),
    }
}

/// Load → decide → apply → tell, for the items of a batch.
pub(crate) async fn walk(
    tx: &Tx,
    config: &Arc<Configuration>,
    items: &[&Incoming],
) -> Result<Vec<Outcome>, CommandError> {
    if items.is_empty() {
        return Ok(vec![]);
    }
    let prepared: Vec<&Prepared> = items.iter().map(|item| &item.prepared).collect();
    let routes = items.iter().any(|item| item.route);
    let loaded = Loader::of_tx(tx).load(&prepared, routes, config, &config.model.needs(tx.now())).await?;
    let mut working = Working::new(loaded);
    let decider = Decider::new(config, tx.now());
    let decided: Vec<Decided> =
        items.iter().map(|item| decider.decide(item, tx.new_id::<kind::Lead>(), &mut working)).collect();
    drop(decider);
    apply::apply(tx, working).await?;
    let submissions: Vec<Submission> =
        items.iter().zip(&decided).filter_map(|(item, decided)| recorded(item, &decided.outcome)).collect();
    let (again, new): (Vec<_>, Vec<_>) = submissions.into_iter().partition(|one| one.replayed_at.is_some());
    tx.submissions().insert_all(&new).await?;
    tx.submissions().update_all(&again).await?;
    let mut outcomes = Vec::with_capacity(decided.len());
    for Decided { outcome, events } in decided {
        events.into_iter().for_each(|event| {
            tx.append(event);
        });
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// The files that came along, as noted when the post was read.
fn files(submission: &Submission) -> Value {
    submission.outcome.get("files").cloned().unwrap_or_else(|| json!([]))
}

fn recorded(item: &Incoming, outcome: &Outcome) -> Option<Submission> {
    let submission = item.submission.clone()?;
    let refused = match &outcome.came {
        Came::Refused(refusal) => Some(json!({"problem": refusal.problem.as_str(), "detail": refusal.detail})),
        _ => None,
    };
    // Taken in anew, what once made a lead still did.
    let made_it = submission.state == SubmissionState::Created && submission.lead_id == outcome.lead_id();
    let again = submission.replayed_at.is_some() && made_it;
    Some(Submission {
        state: if again { SubmissionState::Created } else { outcome.submission_state() },
        lead_id: outcome.lead_id(),
        outcome: json!({
            "match": outcome.matched.reasons, "warnings": outcome.warnings, "refused": refused,
            "unread": item.prepared.unread, "files": files(&submission),
        }),
        ..submission
    })
}

async fn answer(tx: &Tx, item: &Incoming, outcome: Outcome) -> Result<ItemAnswer, CommandError> {
    if let Came::Refused(refusal) = &outcome.came
        && item.submission.is_none()
    {
        return Ok(Err(refusal.clone()));
    }
    let answer: StoredAnswer = (item.render)(&outcome);
    if let Some(key) = &item.key {
        tx.idempotency().keep(key, &answer, Id::<()>::uuid(tx.new_id())).await?;
    }
    Ok(Ok(Answered { answer, replayed: false }))
}
