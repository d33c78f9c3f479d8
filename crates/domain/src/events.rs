//! The event log: immutable records that something happened.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{access::Actor, choices, ids::LeadId, time::Instant};

choices! {
    /// What happened.
    EventKind {
        /// A lead came into being; carries match, score and route reasons.
        LeadCreated = "lead.created",
        /// Fields of a lead changed.
        LeadUpdated = "lead.updated",
        /// A lead was archived.
        LeadArchived = "lead.archived",
        /// A lead is gone: the import that made it was taken back.
        LeadRemoved = "lead.removed",
        /// A person was erased: what is left of a lead are its counts.
        LeadErased = "lead.erased",
        /// An archived lead came back.
        LeadRestored = "lead.restored",
        /// A lead moved along the status machine.
        LeadStatusChanged = "lead.status_changed",
        /// The hand-off of a lead moved.
        LeadStageChanged = "lead.stage_changed",
        /// A lead was given to somebody.
        LeadAssigned = "lead.assigned",
        /// A score changed without its rating.
        LeadScored = "lead.scored",
        /// The budget, authority, need, timeline record changed.
        LeadBantChanged = "lead.bant_changed",
        /// Something that may be the same person was found.
        LeadDuplicateSuspected = "lead.duplicate_suspected",
        /// Other leads were merged into this one.
        LeadsMerged = "leads.merged",
        /// A lead was merged into another.
        LeadMerged = "lead.merged",
        /// A lead that had been merged into this one was taken out again.
        LeadsUnmerged = "leads.unmerged",
        /// A lead that had been merged into another came back.
        LeadUnmerged = "lead.unmerged",
        /// Somebody said that two suspected duplicates are two people, or took that back.
        DuplicateDecided = "duplicate.decided",
        /// A tracked behaviour was recorded.
        InteractionRecorded = "interaction.recorded",
        /// The organization's configuration changed.
        ConfigChanged = "config.changed",
        /// Users, teams, keys or sessions changed.
        AccessChanged = "access.changed",
        /// Leads left the system as a file.
        LeadsExported = "leads.exported",
        /// An import changed its state.
        ImportChanged = "import.changed",
        /// A change of many leads at once changed its state.
        BulkActionChanged = "bulk_action.changed",
        /// A search for duplicates through all leads changed its state.
        DuplicateScanChanged = "duplicate_scan.changed",
        /// A rule, a notification or another helper failed without failing the command.
        FaultReported = "fault.reported",
    }
}

/// The facts of an event that is about to be appended: a JSON object, or its text where there are so many events that
/// building each as a tree first would count.
#[derive(Clone, Debug, PartialEq)]
pub enum EventData {
    /// The object.
    Object(Value),
    /// Its text.
    Text(String),
}

impl EventData {
    /// The text of anything that is written as an object.
    ///
    /// # Errors
    /// It can't be written as JSON.
    pub fn written(facts: &impl Serialize) -> serde_json::Result<Self> {
        let mut text = serde_json::to_string(facts)?;
        // A batch keeps many of them until it is done.
        text.shrink_to_fit();
        Ok(Self::Text(text))
    }

    /// Adds a fact.
    pub fn put(&mut self, name: &str, fact: Value) {
        let mut object = match std::mem::replace(self, Self::Object(Value::Null)) {
            Self::Object(object) => object,
            Self::Text(text) => serde_json::from_str(&text).unwrap_or_default(),
        };
        object[name] = fact;
        *self = Self::Object(object);
    }

    /// The text.
    pub fn text(self) -> String {
        match self {
            Self::Object(object) => object.to_string(),
            Self::Text(text) => text,
        }
    }
}

impl From<Value> for EventData {
    fn from(object: Value) -> Self {
        Self::Object(object)
    }
}

/// An event that is about to be appended. Id, position and time are given by the transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    /// What happened.
    pub kind: EventKind,
    /// The lead it happened to, if one.
    pub lead: Option<LeadId>,
    /// The other record it happened to, if one: its kind and id.
    pub subject: Option<(&'static str, Uuid)>,
    /// Facts without personal values: reasons, ids, counts.
    pub data: EventData,
    /// Values before and after, by field. Personal: erased with the person.
    pub diff: Option<Value>,
    /// Who did it and under which request, where it is not the transaction's own actor: a batch mixes them.
    pub on_behalf_of: Option<(Actor, Option<String>)>,
}

impl NewEvent {
    /// Something happened to a lead.
    pub fn of_lead(kind: EventKind, lead: LeadId, data: impl Into<EventData>) -> Self {
        Self { kind, lead: Some(lead), subject: None, data: data.into(), diff: None, on_behalf_of: None }
    }

    /// Something happened to another record.
    pub fn of(kind: EventKind, subject: &'static str, id: Uuid, data: impl Into<EventData>) -> Self {
        Self { kind, lead: None, subject: Some((subject, id)), data: data.into(), diff: None, on_behalf_of: None }
    }

    /// The same event, done by somebody else than the transaction's own actor.
    #[must_use]
    pub fn by(mut self, actor: Actor, request_id: Option<String>) -> Self {
        self.on_behalf_of = Some((actor, request_id));
        self
    }

    /// The same event with values before and after.
    #[must_use]
    pub fn with_diff(mut self, diff: Value) -> Self {
        self.diff = Some(diff);
        self
    }
}

/// An event of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Which.
    pub id: Uuid,
    /// Its dense position in the organization's log.
    pub pos: i64,
    /// What happened.
    pub kind: String,
    /// The lead it happened to.
    pub lead_id: Option<LeadId>,
    /// Who did it.
    pub actor: Actor,
    /// When.
    pub occurred_at: Instant,
    /// Facts.
    pub data: Value,
    /// Values before and after.
    pub diff: Option<Value>,
}
