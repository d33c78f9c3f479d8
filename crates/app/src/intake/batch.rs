//! The transaction of a batch.

use std::{borrow::Cow, sync::Arc};

use leadwright_domain::{
    capture::{Submission, SubmissionState},
    duplicates::Policy,
    fault::Refusal,
    ids::{Id, LeadId, kind},
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
    pools,
    working::Working,
};
use crate::{Configuration, Configurations, suggestions};

/// How many items are written together, while as many more are decided.
const TOGETHER: usize = 128;
/// How many items are decided before it is looked whether the database waits.
const BETWEEN_LOOKS: usize = 8;
/// How long a chain of merges is followed.
const MOST_MERGES: usize = 100;

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
        tx.idempotency().wait(self.items.iter().filter_map(|item| item.key.as_ref())).await?;
        let mut answers: Vec<Option<ItemAnswer>> = Vec::with_capacity(self.items.len());
        for item in self.items.iter() {
            answers.push(earlier(tx, item).await?);
        }
        let open = (0..self.items.len()).filter(|at| answers[*at].is_none());
        let (suspected, open): (Vec<usize>, Vec<usize>) = open.partition(|at| self.items[*at].is_suspected());
        let held_back: Vec<Submission> = suspected.iter().filter_map(|at| self.items[*at].submission.clone()).collect();
        tx.submissions().insert_all(&held_back).await?;
        for (at, submission) in suspected.into_iter().zip(held_back) {
            answers[at] = Some(keep(tx, &self.items[at], super::receipt(submission.id)).await?);
        }
        let items = as_they_stand(tx, open.iter().map(|at| &self.items[*at]).collect()).await?;
        let outcomes = walk(tx, &config, &items.iter().map(AsRef::as_ref).collect::<Vec<_>>()).await?;
        for (at, outcome) in open.into_iter().zip(outcomes) {
            answers[at] = Some(answer(tx, &self.items[at], outcome).await?);
        }
        Ok(answers.into_iter().flatten().collect())
    }
}

/// The items, where they are taken in anew with what has become of them since they were read: what somebody else made of
/// a submission meanwhile is not made again. Holds them.
async fn as_they_stand<'a>(tx: &Tx, items: Vec<&'a Incoming>) -> Result<Vec<Cow<'a, Incoming>>, CommandError> {
    let again = |item: &&&Incoming| item.submission.as_ref().is_some_and(|one| one.replayed_at.is_some());
    let ids: Vec<_> = items.iter().filter(again).filter_map(|item| Some(item.submission.as_ref()?.id)).collect();
    if ids.is_empty() {
        return Ok(items.into_iter().map(Cow::Borrowed).collect());
    }
    let held = tx.submissions().hold(&ids).await?;
    let stand = |item: &'a Incoming| {
        let mut item = Cow::Borrowed(item);
        let known = item.submission.as_ref().filter(|one| one.replayed_at.is_some()).map(|one| one.id);
        if let Some(held) = known.and_then(|id| held.iter().find(|held| held.id == id)) {
            let item = item.to_mut();
            // A form that flags makes a lead for each post; what a post made once is not made again.
            if held.lead_id.is_some() && item.policy == Policy::Flag {
                item.policy = Policy::FillBlanks;
            }
            item.submission =
                item.submission.take().map(|one| Submission { state: held.state, lead_id: held.lead_id, ..one });
        }
        item
    };
    Ok(items.into_iter().map(stand).collect())
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
    let prepared: Vec<&Prepared> = items.iter().map(|item| &*item.prepared).collect();
    let routes = items.iter().any(|item| item.route);
    let loaded = Loader::of_tx(tx).load(&prepared, routes, config, &config.model.needs(tx.now())).await?;
    let mut working = Working::new(loaded);
    let decided = decide_and_apply(tx, config, items, &mut working).await?;
    pools::keep(tx, &working.pools).await?;
    let submissions: Vec<Submission> =
        items.iter().zip(&decided).filter_map(|(item, decided)| recorded(item, &decided.outcome, &working)).collect();
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

/// Decides one item after the other. While the database is busy with what some came to, the next ones are decided.
async fn decide_and_apply(
    tx: &Tx,
    config: &Arc<Configuration>,
    items: &[&Incoming],
    working: &mut Working,
) -> Result<Vec<Decided>, CommandError> {
    let decider = Decider::new(config, tx.now());
    let decide = |item: &&Incoming, working: &mut Working| decider.decide(item, tx.new_id::<kind::Lead>(), working);
    let mut decided = Vec::with_capacity(items.len());
    for some in items.chunks(TOGETHER) {
        let unwritten = working.take_unwritten();
        let deciding = async {
            for few in some.chunks(BETWEEN_LOOKS) {
                decided.extend(few.iter().map(|item| decide(item, working)));
                // So that the database, when it is done with a statement, gets the next one soon.
                tokio::task::yield_now().await;
            }
        };
        let (written, ()) = tokio::join!(biased; apply::apply(tx, unwritten), deciding);
        written?;
    }
    apply::apply(tx, working.take_unwritten()).await?;
    suggestions::file(tx, &working.profiles_in_question(), &working.suggested).await?;
    Ok(decided)
}

/// What was noted before the post was taken in: files that came along, reasons to suspect it.
fn noted(submission: &Submission, what: &str) -> Value {
    submission.outcome.get(what).cloned().unwrap_or_else(|| json!([]))
}

/// What came of a submission, beside what was known when it came: whose delivery it is.
fn told(submission: &Submission, mut outcome: Value) -> Value {
    if let Some(adapter) = submission.outcome.get("adapter") {
        outcome["adapter"] = adapter.clone();
    }
    outcome
}

fn recorded(item: &Incoming, outcome: &Outcome, working: &Working) -> Option<Submission> {
    let submission = item.submission.clone().filter(|one| one.state != SubmissionState::Erased)?;
    let refused = match &outcome.came {
        Came::Refused(refusal) => Some(json!({"problem": refusal.problem.as_str(), "detail": refusal.detail})),
        _ => None,
    };
    // What a lead that is merged by now brought stays with that lead: it goes where that one goes.
    let kept = submission.lead_id.filter(|lead| outcome.lead_id().is_some_and(|now| is_part_of(*lead, now, working)));
    let lead_id = kept.or(outcome.lead_id());
    // Taken in anew, what once made a lead still did.
    let made_it = submission.state == SubmissionState::Created && submission.lead_id == lead_id;
    let again = submission.replayed_at.is_some() && made_it;
    Some(Submission {
        state: if again { SubmissionState::Created } else { outcome.submission_state() },
        lead_id,
        outcome: told(
            &submission,
            json!({
                "match": outcome.matched.reasons, "warnings": outcome.warnings, "refused": refused,
                "unread": item.prepared.unread, "files": noted(&submission, "files"),
                "suspicions": noted(&submission, "suspicions"),
            }),
        ),
        ..submission
    })
}

/// Whether a lead was merged into another one, at once or by and by.
fn is_part_of(lead: LeadId, master: LeadId, working: &Working) -> bool {
    let next = |lead: &LeadId| working.merged_into(*lead);
    std::iter::successors(next(&lead), next).take(MOST_MERGES).any(|into| into == master)
}

async fn answer(tx: &Tx, item: &Incoming, outcome: Outcome) -> Result<ItemAnswer, CommandError> {
    if let Came::Refused(refusal) = &outcome.came
        && item.submission.is_none()
    {
        return Ok(Err(refusal.clone()));
    }
    keep(tx, item, (item.render)(&outcome)).await
}

/// Keeps an answer under the item's key.
async fn keep(tx: &Tx, item: &Incoming, answer: StoredAnswer) -> Result<ItemAnswer, CommandError> {
    if let Some(key) = &item.key {
        tx.idempotency().keep(key, &answer, Id::<()>::uuid(tx.new_id())).await?;
    }
    Ok(Ok(Answered { answer, replayed: false }))
}
