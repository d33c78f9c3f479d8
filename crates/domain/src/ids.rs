//! Identifiers: UUIDv7, typed by what they name, so that a team's id can't be passed where a lead's is meant.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The id of a `T`. In JSON a plain UUID string.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id<T>(Uuid, #[serde(skip)] PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// Names the thing that a raw UUID stands for.
    pub const fn from_uuid(raw: Uuid) -> Self {
        Self(raw, PhantomData)
    }

    /// The raw UUID, for storage.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> FromStr for Id<T> {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self::from_uuid)
    }
}

/// What ids name. Never built: they only tell one id from another.
pub mod kind {
    macro_rules! kinds {
        ($($(#[$doc:meta])* $name:ident;)*) => { $($(#[$doc])* #[derive(Debug)] pub enum $name {})* };
    }
    kinds! {
        /// The tenant.
        Organization;
        /// A person who signs in.
        User;
        /// A set of users.
        Team;
        /// A person who showed interest.
        Lead;
        /// An entry of the source catalogue.
        LeadSource;
        /// A saved import mapping.
        ImportMapping;
        /// A public form.
        CaptureForm;
        /// One thing that was posted to a form.
        Submission;
        /// A program's credential.
        ApiKey;
        /// A chain of refresh tokens that began with one sign-in.
        Session;
        /// A rule that decides who owns a lead.
        RoutingRule;
        /// A published scoring model.
        ScoringModel;
        /// A tracked behaviour of a lead.
        Interaction;
        /// An entry of the event log.
        Event;
        /// Long work.
        Job;
        /// A definition of a custom field.
        CustomField;
        /// A label on leads.
        Tag;
        /// An import of a file.
        Import;
        /// Two leads that may be one person.
        DuplicatePair;
        /// A merge of one lead into another.
        Merge;
        /// An entry of the block list.
        BlockEntry;
        /// An erasure of a person.
        Erasure;
        /// A saved view.
        View;
        /// A change of many leads at once.
        BulkAction;
        /// A value that somebody may take over.
        Suggestion;
    }
}

/// The id of an organization.
pub type OrganizationId = Id<kind::Organization>;
/// The id of a user.
pub type UserId = Id<kind::User>;
/// The id of a team.
pub type TeamId = Id<kind::Team>;
/// The id of a lead.
pub type LeadId = Id<kind::Lead>;
/// The id of a lead source.
pub type LeadSourceId = Id<kind::LeadSource>;
/// The id of a saved import mapping.
pub type ImportMappingId = Id<kind::ImportMapping>;
/// The id of a capture form.
pub type CaptureFormId = Id<kind::CaptureForm>;
/// The id of a submission; callers know it as the receipt.
pub type SubmissionId = Id<kind::Submission>;
/// The id of an API key.
pub type ApiKeyId = Id<kind::ApiKey>;
/// The id of a session.
pub type SessionId = Id<kind::Session>;
/// The id of a routing rule.
pub type RoutingRuleId = Id<kind::RoutingRule>;
/// The id of a scoring model.
pub type ScoringModelId = Id<kind::ScoringModel>;
/// The id of an interaction.
pub type InteractionId = Id<kind::Interaction>;
/// The id of an event.
pub type EventId = Id<kind::Event>;
/// The id of a job.
pub type JobId = Id<kind::Job>;
/// The id of a custom field's definition.
pub type CustomFieldId = Id<kind::CustomField>;
/// The id of a tag.
pub type TagId = Id<kind::Tag>;
/// The id of an import.
pub type ImportId = Id<kind::Import>;
/// The id of a suspected pair.
pub type DuplicatePairId = Id<kind::DuplicatePair>;
/// The id of a merge.
pub type MergeId = Id<kind::Merge>;
/// The id of an entry of the block list.
pub type BlockEntryId = Id<kind::BlockEntry>;
/// The id of an erasure.
pub type ErasureId = Id<kind::Erasure>;
/// The id of a saved view.
pub type ViewId = Id<kind::View>;
/// The id of a change of many leads at once.
pub type BulkActionId = Id<kind::BulkAction>;
/// The id of a suggested value.
pub type SuggestionId = Id<kind::Suggestion>;
