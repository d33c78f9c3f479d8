//! Lanes: what queues while one batch commits forms the next. One lane per organization and node, no timer.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use leadwright_domain::{
    access::Scope,
    capture::{Submission, SubmissionState},
    ids::OrganizationId,
};
use leadwright_persistence::{Call, Command, CommandError, Db, DbError, Tx, idempotency::Answered};
use serde_json::json;
use tokio::sync::{mpsc, oneshot};

use super::{
    Incoming,
    batch::{IntakeBatch, ItemAnswer},
};
use crate::{Clock, Configurations};

/// The most items in one batch.
const MOST_TOGETHER: usize = 256;
/// How many items may wait in a lane before callers have to.
const WAITING: usize = 2_048;

struct Waiting {
    item: Incoming,
    reply: oneshot::Sender<Result<ItemAnswer, CommandError>>,
}

type Lanes = HashMap<OrganizationId, mpsc::Sender<Waiting>>;

/// The way in.
#[derive(Clone)]
pub struct Intake {
    db: Db,
    clock: Clock,
    configurations: Arc<Configurations>,
    lanes: Arc<Mutex<Lanes>>,
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Intake")
    }
}

impl Intake {
    /// A way in to this database.
    pub fn new(db: Db, clock: Clock, configurations: Arc<Configurations>) -> Self {
        Self { db, clock, configurations, lanes: Arc::default() }
    }

    /// Takes one lead in and answers when that is durable. It goes on when the caller goes away.
    ///
    /// # Errors
    /// It was refused, or the database failed; a submission is recorded all the same unless the database is away.
    pub async fn take(&self, item: Incoming) -> Result<Answered, CommandError> {
        let (reply, answer) = oneshot::channel();
        let lane = self.lane(item.call.scope.organization);
        lane.send(Waiting { item, reply }).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())??.map_err(CommandError::from)
    }

    fn lane(&self, organization: OrganizationId) -> mpsc::Sender<Waiting> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        lanes
            .entry(organization)
            .or_insert_with(|| {
                let (lane, queue) = mpsc::channel(WAITING);
                tokio::spawn(self.clone().run(organization, queue));
                lane
            })
            .clone()
    }

    async fn run(self, organization: OrganizationId, mut queue: mpsc::Receiver<Waiting>) {
        let mut kept: VecDeque<Waiting> = VecDeque::new();
        loop {
            if kept.is_empty() {
                let Some(first) = queue.recv().await else { return };
                kept.push_back(first);
            }
            while kept.len() < MOST_TOGETHER
                && let Ok(next) = queue.try_recv()
            {
                kept.push_back(next);
            }
            let batch = without_twins(&mut kept);
            self.commit(organization, batch).await;
        }
    }

    /// Commits a batch. A database error halves it, down to the one item that can't be stored.
    async fn commit(&self, organization: OrganizationId, batch: Vec<Waiting>) {
        let mut left = vec![batch];
        while let Some(batch) = left.pop() {
            let (items, replies): (Vec<Incoming>, Vec<_>) =
                batch.into_iter().map(|waiting| (waiting.item, waiting.reply)).unzip();
            let items = Arc::new(items);
            match self.try_commit(organization, &items).await {
                Ok(answers) => {
                    for (reply, answer) in replies.into_iter().zip(answers) {
                        // The caller may have gone; the lead is in all the same.
                        let _ = reply.send(Ok(answer));
                    }
                }
                Err(error) => {
                    let rest =
                        items.iter().cloned().zip(replies).map(|(item, reply)| Waiting { item, reply }).collect();
                    left.extend(self.after_error(organization, error, rest).await);
                }
            }
        }
    }

    async fn try_commit(
        &self,
        organization: OrganizationId,
        items: &Arc<Vec<Incoming>>,
    ) -> Result<Vec<ItemAnswer>, CommandError> {
        let call = Call { scope: Scope::system(organization), now: self.clock.now(), request_id: None };
        // Fills the cache, so that the transaction finds the settings there.
        self.configurations.for_reader(&self.db.read(&call)).await?;
        let command = IntakeBatch { items: Arc::clone(items), configurations: Arc::clone(&self.configurations) };
        self.db.write(call, command).await
    }

    async fn after_error(
        &self,
        organization: OrganizationId,
        error: CommandError,
        mut batch: Vec<Waiting>,
    ) -> Vec<Vec<Waiting>> {
        let away = matches!(&error, CommandError::Db(DbError::Unavailable(_) | DbError::Retry(_) | DbError::TimedOut));
        if !away && batch.len() > 1 {
            let second = batch.split_off(batch.len() / 2);
            return vec![second, batch];
        }
        let said = error.to_string();
        for waiting in batch {
            let answer =
                if away { Err(again(&said)) } else { self.record_failed(organization, &waiting.item, &said).await };
            let _ = waiting.reply.send(answer);
        }
        vec![]
    }

    /// What can't become a lead for good is recorded as failed, and its receipt answered.
    async fn record_failed(
        &self,
        organization: OrganizationId,
        item: &Incoming,
        said: &str,
    ) -> Result<ItemAnswer, CommandError> {
        tracing::error!(error = said, "an incoming lead can't be stored");
        let Some(submission) = &item.submission else { return Err(DbError::Other(said.to_owned()).into()) };
        let outcome = json!({"refused": {"problem": "internal-error", "detail": "It could not be stored; replay it after mending the cause."}});
        let failed = Submission { state: SubmissionState::Failed, outcome, ..submission.clone() };
        let call = Call { scope: Scope::system(organization), ..item.call.clone() };
        let id = failed.id;
        self.db.write(call, RecordFailed(failed)).await?;
        Ok(Ok(Answered { answer: super::receipt(id), replayed: false }))
    }
}

/// Records a submission that could not become a lead.
#[derive(Debug)]
pub struct RecordFailed(pub Submission);

#[async_trait::async_trait]
impl Command for RecordFailed {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let one = std::slice::from_ref(&self.0);
        match self.0.replayed_at {
            None => tx.submissions().insert_all(one).await?,
            Some(_) => tx.submissions().update_all(one).await?,
        }
        Ok(())
    }
}

/// Takes what may run together: of several items with one idempotency key, or of one submission that is taken in anew,
/// only the first, so that the others find what came of it.
fn without_twins(kept: &mut VecDeque<Waiting>) -> Vec<Waiting> {
    let mut seen = HashSet::new();
    let (mut batch, mut later) = (Vec::with_capacity(kept.len()), VecDeque::new());
    for waiting in kept.drain(..) {
        let again = waiting.item.submission.as_ref().filter(|one| one.replayed_at.is_some());
        let twin = match &waiting.item.key {
            Some(key) => Some((key.caller.clone(), key.key.clone())),
            None => again.map(|one| ("again".to_owned(), one.id.to_string())),
        };
        if twin.is_some_and(|twin| !seen.insert(twin)) {
            later.push_back(waiting);
        } else {
            batch.push(waiting);
        }
    }
    *kept = later;
    batch
}

fn stopped() -> CommandError {
    DbError::Unavailable("the intake has stopped".to_owned()).into()
}

fn again(said: &str) -> CommandError {
    DbError::Unavailable(said.to_owned()).into()
}
