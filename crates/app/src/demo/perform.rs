//! Lets a story happen, through the doors and commands that everybody uses.

use std::sync::Arc;

use leadwright_domain::{
    access::{Actor, Role},
    capture::{Submission, SubmissionState, Visit},
    duplicates::Policy,
    fault::Refusal,
    ids::{CaptureFormId, Id, LeadId, UserId},
    imports::{ImportPolicy, Mapping, UnknownOwner, UnknownSource},
    leads::{Lead, Priority, RawLead, Stage},
    precedence::Writer,
    privacy::WhenErased,
    qualification::{StageMove, StageMover},
    routing::{AssignReason, Handover},
    time::Instant,
};
use leadwright_persistence::{Command, CommandError, DbError, Tx, idempotency::StoredAnswer};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    office::Office,
    story::{Act, Door, Step},
};
use crate::{
    Configuration,
    intake::{Came, Channel, Incoming, Outcome, batch, prepare},
    leads::{ArchiveLead, AssignLead, ChangeBant, ClaimLead, MoveLead, MoveStage, RecordInteractions, UpdateLead},
};

/// A lead of the story, once it has come.
#[derive(Clone, Copy, Debug)]
struct Known {
    id: LeadId,
    owner: Option<UserId>,
}

/// Lets steps happen, one after the other.
pub(super) struct Performer<'t> {
    tx: &'t Tx,
    office: &'t Office,
    known: Vec<Option<Known>>,
}

impl<'t> Performer<'t> {
    pub(super) fn new(tx: &'t Tx, office: &'t Office, leads: usize) -> Self {
        Self { tx, office, known: vec![None; leads] }
    }

    /// Lets one step happen.
    pub(super) async fn perform(&mut self, step: &Step) -> Result<(), CommandError> {
        if let Act::Arrive(..) = &step.act {
            return self.let_in(std::slice::from_ref(step)).await;
        }
        let known = self.known[step.lead].ok_or_else(|| DbError::Other("somebody acts before they came".to_owned()))?;
        let (id, configurations) = (known.id, Arc::clone(&self.office.configurations));
        let lead = match &step.act {
            Act::Arrive(..) => return Ok(()),
            Act::Behave(done) => {
                let done = RecordInteractions { id, done: done.clone(), listed: true, configurations };
                self.run(step.at, Actor::System, done).await?.lead
            }
            Act::Complete(patch) => {
                let update = UpdateLead { id, patch: patch.clone(), expected: None, accepting: None, configurations };
                self.run(step.at, Actor::User(self.office.marketer), update).await?.lead
            }
            Act::HandOff(wish) if wish.to == Stage::MarketingQualified => {
                let hand_off = MoveStage { id, wish: wish.clone(), expected: None, configurations };
                self.run(step.at, Actor::User(self.office.marketer), hand_off).await?.0
            }
            Act::Reassign => self.reassign(step, known).await?,
            _ => return self.work(step, known).await,
        };
        self.remember(step.lead, &lead);
        Ok(())
    }

    /// What owners do; somebody who has none gets one first.
    async fn work(&mut self, step: &Step, known: Known) -> Result<(), CommandError> {
        let owner = match known.owner {
            Some(owner) => owner,
            None => self.find_owner(step, known).await?,
        };
        let (id, configurations, by) = (known.id, Arc::clone(&self.office.configurations), Actor::User(owner));
        let lead = match &step.act {
            Act::Move(wish) => {
                let wish = wish.clone();
                self.run(step.at, by, MoveLead { id, wish, expected: None, configurations }).await?.0
            }
            Act::HandOff(wish) => {
                let role = if self.office.managers.contains(&owner) { Role::Manager } else { Role::Rep };
                let wish = StageMove { by: StageMover::Person(role), ..wish.clone() };
                self.run(step.at, by, MoveStage { id, wish, expected: None, configurations }).await?.0
            }
            Act::Ask(patch) => {
                let patch = patch.clone();
                self.run(step.at, by, ChangeBant { id, patch, expected: None, configurations }).await?
            }
            Act::Note(patch) => {
                let patch = patch.clone();
                self.run(step.at, by, UpdateLead { id, patch, expected: None, accepting: None, configurations })
                    .await?
                    .lead
            }
            Act::Archive => return self.run(step.at, by, ArchiveLead { id, expected: None, configurations }).await,
            Act::Arrive(..) | Act::Behave(_) | Act::Complete(_) | Act::Reassign => return Ok(()),
        };
        self.remember(step.lead, &lead);
        Ok(())
    }

    /// Somebody takes a lead from a queue, or is given it.
    async fn find_owner(&self, step: &Step, known: Known) -> Result<UserId, CommandError> {
        let rep = self.office.reps[step.lead % self.office.reps.len()];
        if step.lead.is_multiple_of(2) {
            let claim =
                ClaimLead { id: known.id, expected: None, configurations: Arc::clone(&self.office.configurations) };
            self.run(step.at, Actor::User(rep), claim).await?;
        } else {
            self.assign(step, known.id, rep, AssignReason::Workload).await?;
        }
        Ok(rep)
    }

    async fn reassign(&self, step: &Step, known: Known) -> Result<Lead, CommandError> {
        let others: Vec<UserId> = self.office.reps.iter().copied().filter(|rep| Some(*rep) != known.owner).collect();
        let reasons = [AssignReason::SpecialExpertise, AssignReason::Workload, AssignReason::ExistingRelationship];
        self.assign(step, known.id, others[step.lead % others.len()], reasons[step.lead % 3]).await
    }

    async fn assign(&self, step: &Step, id: LeadId, to: UserId, reason: AssignReason) -> Result<Lead, CommandError> {
        let wish = Handover { user: Some(Some(to)), team: None };
        let configurations = Arc::clone(&self.office.configurations);
        let assign = AssignLead { id, wish, reason, note: None, expected: None, configurations };
        let manager = self.office.managers[step.lead % self.office.managers.len()];
        Ok(self.run(step.at, Actor::User(manager), assign).await?.0)
    }

    /// Lets everybody in who comes at the same moment by the same door.
    pub(super) async fn let_in(&mut self, steps: &[Step]) -> Result<(), CommandError> {
        let Some(first) = steps.first() else { return Ok(()) };
        let items = steps.iter().map(|step| self.incoming(step, Uuid::now_v7())).collect::<Result<Vec<_>, _>>()?;
        self.take_in(first.at, steps, items, vec![]).await
    }

    /// Lets somebody in whose id, and that of what they post, are known beforehand.
    pub(super) async fn let_in_as(&mut self, step: &Step, lead: Uuid, receipt: Uuid) -> Result<(), CommandError> {
        let item = self.incoming(step, receipt)?;
        self.take_in(step.at, std::slice::from_ref(step), vec![item], vec![lead]).await
    }

    /// Lets somebody in once more, who says some things otherwise; the suggestions that are kept of it have these ids.
    pub(super) async fn let_in_again(&mut self, step: &Step, suggestions: [Uuid; 3]) -> Result<(), CommandError> {
        let item = self.incoming(step, Uuid::now_v7())?;
        // The first id would be that of a new lead.
        let named = std::iter::once(Uuid::now_v7()).chain(suggestions).collect();
        self.take_in(step.at, std::slice::from_ref(step), vec![item], named).await
    }

    async fn take_in(
        &mut self,
        at: Instant,
        steps: &[Step],
        items: Vec<Incoming>,
        named: Vec<Uuid>,
    ) -> Result<(), CommandError> {
        let Some(actor) = items.first().map(|item| item.call.scope.actor) else { return Ok(()) };
        let arrive = Arrive { items, configuration: Arc::clone(&self.office.configuration) };
        let outcomes = Box::pin(self.tx.within_naming(self.office.call(actor, at), &arrive, named)).await?;
        for (step, outcome) in steps.iter().zip(outcomes) {
            match &outcome.came {
                Came::Created { lead, .. } | Came::Updated { lead, .. } => self.remember(step.lead, lead),
                Came::Skipped { .. } | Came::Refused(_) => {
                    return Err(DbError::Other(format!("somebody can't come in: {:?}", outcome.came)).into());
                }
            }
        }
        Ok(())
    }

    fn incoming(&self, step: &Step, receipt: Uuid) -> Result<Incoming, CommandError> {
        let Act::Arrive(door, told) = &step.act else {
            return Err(DbError::Other("only who arrives can be let in".to_owned()).into());
        };
        let config = &self.office.configuration;
        let file = file_policy(config)?;
        let rep = self.office.reps[step.lead % self.office.reps.len()];
        let (channel, actor, policy) = match door {
            Door::Form(form) => {
                let form = &self.office.forms[*form];
                (Channel::Form(form), Actor::Form(form.id), form.settings.duplicate_policy)
            }
            Door::Colleague => (Channel::Api, Actor::User(rep), Policy::Flag),
            Door::Program => (Channel::Api, Actor::System, Policy::Flag),
            Door::File => (Channel::Import(&file), Actor::User(self.office.marketer), file.duplicates),
        };
        let mut prepared = prepare(told.clone(), channel, config).map_err(|unfit| Refusal::invalid(unfit.faults))?;
        if let Channel::Form(form) = channel {
            form.note_visit(&mut prepared.profile, &Visit { at: step.at, origin: None, referer: None });
        }
        Ok(Incoming {
            call: self.office.call(actor, step.at),
            prepared: prepared.into(),
            policy,
            submission: match channel {
                Channel::Form(form) => Some(posted(receipt, form.id, told, step.at)),
                _ => None,
            },
            import: None,
            key: None,
            // Nobody waits for an answer.
            render: Arc::new(|_| StoredAnswer { status: 204, headers: vec![], body: String::new() }),
            route: *door != Door::File,
            promise: *door != Door::File,
            erased: WhenErased::Allow,
        })
    }

    async fn run<C: Command>(&self, at: Instant, by: Actor, command: C) -> Result<C::Out, CommandError> {
        Box::pin(self.tx.within(self.office.call(by, at), &command)).await
    }

    fn remember(&mut self, lead: usize, now: &Lead) {
        self.known[lead] = Some(Known { id: now.id, owner: now.owner_id });
    }
}

/// Takes leads in.
struct Arrive {
    items: Vec<Incoming>,
    configuration: Arc<Configuration>,
}

#[async_trait::async_trait]
impl Command for Arrive {
    type Out = Vec<Outcome>;

    async fn run(&self, tx: &Tx) -> Result<Vec<Outcome>, CommandError> {
        batch::walk(tx, &self.configuration, &self.items.iter().collect::<Vec<_>>()).await
    }
}

/// How files are taken in.
pub(super) fn file_policy(config: &Configuration) -> Result<ImportPolicy, CommandError> {
    let source = config.sources.iter().find(|source| source.code == "third_party");
    let source = source.or_else(|| config.sources.first()).ok_or_else(|| Refusal::not_found("lead source"))?;
    Ok(ImportPolicy {
        duplicates: Policy::FillBlanks,
        unknown_source: UnknownSource::Default,
        unknown_owner: UnknownOwner::Default,
        default_source: source.id,
        default_priority: Priority::Medium,
        default_company: "Unknown".to_owned(),
        erased: WhenErased::Refuse,
        writes_as: Writer::Sync,
        route: false,
        assigns: true,
        mapping: Mapping::default(),
    })
}

/// What a browser posted.
fn posted(receipt: Uuid, form: CaptureFormId, told: &RawLead, at: Instant) -> Submission {
    Submission {
        id: Id::from_uuid(receipt),
        form_id: form,
        received_at: at,
        content_type: "application/json".to_owned(),
        headers: json!({"origin": "https://www.demo.example"}),
        body: Value::Object(told.clone()).to_string().into_bytes(),
        address_hash: String::new(),
        state: SubmissionState::Failed,
        lead_id: None,
        outcome: json!({}),
        replayed_at: None,
    }
}
