use std::sync::Arc;

use leadwright_domain::{
    fault::{Fault, Problem, Refusal},
    leads::Lead,
};
use leadwright_persistence::{Call, Command, CommandError, Tx, leads::Keys};
use serde_json::{Value, json};

use super::{
    UpdateLead, Updated,
    batch_item::{Done, Operation, forget_made},
};
use crate::{
    App, Configuration, Configurations,
    intake::{Incoming, batch::walk, keys_of, preview},
};

/// The most operations in one batch.
pub const MOST_OPERATIONS: usize = 1_000;

/// Many creates, upserts and changes in one transaction (spec LEAD-9): first whoever is taken in, as one intake, then the
/// changes, each in their order. What is refused does not touch the others, unless all shall be done or none.
#[derive(Clone, Debug)]
pub struct Batch {
    /// What to do.
    pub operations: Arc<Vec<Operation>>,
    /// All or nothing.
    pub atomic: bool,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for Batch {
    type Out = Vec<Done>;

    async fn run(&self, tx: &Tx) -> Result<Vec<Done>, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        self.hold(tx, &config).await?;
        let mut taken = walk(tx, &config, &self.taken_in()).await?.into_iter();
        let mut done = Vec::with_capacity(self.operations.len());
        for operation in self.operations.iter() {
            done.push(match operation {
                Operation::Take(_) => taken.next().map_or_else(Done::vanished, Done::from),
                Operation::Change(update) => Done::of_change(Box::pin(update.run(tx)).await)?,
                Operation::Unfit(refusal) => Done::Refused(refusal.clone()),
            });
        }
        self.all_or_nothing(done)
    }
}

impl Batch {
    /// Says what would happen, and keeps nothing. A change does not see what the others would do.
    ///
    /// # Errors
    /// All shall be done or none, and something would be refused; or the database failed.
    pub async fn preview(&self, app: &App, call: &Call) -> Result<Vec<Done>, CommandError> {
        let config = app.configuration(call).await?;
        let scope = leadwright_domain::access::Scope::system(call.scope.organization);
        let all = app.db.read(&Call { scope, ..call.clone() });
        let mut taken = preview::preview_all(&all, &config, &self.taken_in()).await?.into_iter();
        let reader = app.db.read(call);
        let mut done = Vec::with_capacity(self.operations.len());
        for operation in self.operations.iter() {
            done.push(match operation {
                Operation::Take(_) => taken.next().map_or_else(Done::vanished, |(outcome, _)| Done::from(outcome)),
                Operation::Change(update) => Done::of_change(update.preview(&reader).await)?,
                Operation::Unfit(refusal) => Done::Refused(refusal.clone()),
            });
        }
        forget_made(&mut done);
        self.all_or_nothing(done)
    }

    fn taken_in(&self) -> Vec<&Incoming> {
        let taken = self.operations.iter().filter_map(|operation| match operation {
            Operation::Take(item) => Some(&**item),
            _ => None,
        });
        taken.collect()
    }

    fn changes(&self) -> impl Iterator<Item = &UpdateLead> {
        self.operations.iter().filter_map(|operation| match operation {
            Operation::Change(update) => Some(update),
            _ => None,
        })
    }

    /// Locks the identity keys of everything, then all leads that may change, as one list: the one lock order.
    async fn hold(&self, tx: &Tx, config: &Configuration) -> Result<(), CommandError> {
        let mut ids: Vec<_> = self.changes().map(|update| update.id).collect();
        let mut keys = keys_of(&self.taken_in().iter().map(|item| &*item.prepared).collect::<Vec<_>>());
        let known: Vec<Lead> = tx.leads().get_all(&ids).await?;
        for update in self.changes() {
            if let Some(lead) = known.iter().find(|lead| lead.id == update.id) {
                extend(&mut keys, update.new_keys(lead, config, update.written(tx.scope().actor, tx.now())));
            }
        }
        tx.leads().lock_keys(&keys).await?;
        // A shared company and name never acts by itself.
        let acting = Keys { persons: vec![], ..keys };
        ids.extend(tx.leads().find_matches(&acting).await?.into_iter().map(|found| found.id));
        ids.sort_unstable();
        ids.dedup();
        tx.leads().lock_all(&ids).await?;
        Ok(())
    }

    fn all_or_nothing(&self, mut done: Vec<Done>) -> Result<Vec<Done>, CommandError> {
        if !self.atomic || !done.iter().any(|done| matches!(done, Done::Refused(_))) {
            return Ok(done);
        }
        forget_made(&mut done);
        let refused = |(at, done): (usize, &Done)| match done {
            Done::Refused(refusal) => Some((at, refusal.clone())),
            _ => None,
        };
        Err(nothing_done(done.iter().enumerate().filter_map(refused).collect()).into())
    }
}

/// One refusal for all: of the first kind that is not about the input, if there is one.
fn nothing_done(refused: Vec<(usize, Refusal)>) -> Refusal {
    let kinds = refused.iter().map(|(_, refusal)| refusal.problem);
    let problem = kinds.clone().find(|problem| *problem != Problem::ValidationFailed);
    let detail = format!("Nothing was done, because {} of the operations can't be: see `items`.", refused.len());
    let item = |(at, refusal): &(usize, Refusal)| {
        let mut item = refusal.members.clone();
        item.insert("index".to_owned(), (*at).into());
        item.insert("code".to_owned(), refusal.problem.as_str().into());
        item.insert("detail".to_owned(), refusal.detail.clone().into());
        Value::Object(item)
    };
    let items: Vec<Value> = refused.iter().map(item).collect();
    let faults: Vec<Fault> = refused.into_iter().flat_map(|(at, refusal)| placed(refusal, at).faults).collect();
    Refusal { faults, ..Refusal::new(problem.unwrap_or(Problem::ValidationFailed), detail).with("items", json!(items)) }
}

/// A refusal of one operation, its faults pointing into the whole request.
pub fn placed(refusal: Refusal, at: usize) -> Refusal {
    let prefix = format!("#/operations/{at}");
    let faults = refusal.faults.into_iter().map(|fault| fault.under(&prefix)).collect();
    Refusal { faults, ..refusal }
}

fn extend(keys: &mut Keys, more: Keys) {
    keys.emails.extend(more.emails);
    keys.phones.extend(more.phones);
    keys.persons.extend(more.persons);
    keys.external.extend(more.external);
}

impl Done {
    fn of_change(changed: Result<Updated, CommandError>) -> Result<Self, CommandError> {
        match changed {
            Ok(updated) if updated.changed.is_empty() => Ok(Self::Unchanged(Arc::new(updated.lead))),
            Ok(Updated { lead, changed, suggested, .. }) => {
                Ok(Self::Updated { lead: Arc::new(lead), changed, suggested })
            }
            Err(CommandError::Refused(refusal)) => Ok(Self::Refused(in_lead(*refusal))),
            Err(error) => Err(error),
        }
    }
}

/// A refusal of what stands under `lead`.
pub(super) fn in_lead(refusal: Refusal) -> Refusal {
    let faults = refusal.faults.into_iter().map(|fault| fault.under("#/lead")).collect();
    Refusal { faults, ..refusal }
}
