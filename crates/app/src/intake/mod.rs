//! The one pipeline through which every lead comes: normalize → validate → match → create or update → score → route →
//! events, over batches, in one transaction. The channel only chooses policies.
//!
//! [`prepare()`] normalizes and validates outside the transaction; [`batch::IntakeBatch`] does the rest inside it;
//! [`lane::Intake`] forms batches of what queued while the last one committed; [`preview`] walks the same way and keeps
//! nothing.

mod apply;
pub mod batch;
mod decide;
mod imported;
pub mod lane;
mod load;
mod newcomer;
mod outcome;
pub(crate) mod pools;
pub mod prepare;
pub mod preview;
mod returned;
mod settle;
mod united;
mod working;

pub(crate) use imported::is_page;
pub use lane::Intake;
pub(crate) use load::keys_of;
pub use newcomer::Newcomer;
pub use outcome::{Came, Outcome, Routed};
pub use prepare::{Channel, History, Prepared, Unfit, complete, known_source, lenient_rules, prepare, rules};
pub use settle::Settler;

use std::sync::Arc;

use leadwright_domain::{
    capture::{Submission, SubmissionState},
    duplicates::Policy,
    ids::{ImportId, SubmissionId},
    precedence::{Writer, Written},
    privacy::WhenErased,
};
use leadwright_persistence::{
    Call,
    idempotency::{Key, StoredAnswer},
};

/// How an outcome is put into the words of the channel's answer.
pub type Render = Arc<dyn Fn(&Outcome) -> StoredAnswer + Send + Sync>;

/// One lead on its way in. Policy, actor and idempotency key are its own: a batch mixes them.
#[derive(Clone)]
pub struct Incoming {
    /// Who brings it, and when.
    pub call: Call,
    /// What it says, normalized and valid.
    pub prepared: Arc<Prepared>,
    /// What to do with somebody who is known.
    pub policy: Policy,
    /// What was posted, to be recorded with what came of it.
    pub submission: Option<Submission>,
    /// The import that brings it.
    pub import: Option<ImportId>,
    /// The key under which the answer is kept.
    pub key: Option<Key>,
    /// How the answer is put into words.
    pub render: Render,
    /// Whether routing gives it an owner.
    pub route: bool,
    /// Whether a first response is promised; imports promise none.
    pub promise: bool,
    /// What is done with somebody who was erased. Who fills in a form comes back of their own will.
    pub erased: WhenErased,
}

impl Incoming {
    /// As whom, when and with what it is written.
    fn written(&self) -> Written {
        let by = self.prepared.writer.unwrap_or_else(|| Writer::of(self.call.scope.actor));
        let submission_id = self.submission.as_ref().map(|one| one.id);
        Written { submission_id, import_id: self.import, ..Written::new(by, self.call.now) }
    }

    /// Whether it waits for people to look at it: it is recorded, and makes nothing.
    fn is_suspected(&self) -> bool {
        let new = |one: &&Submission| one.replayed_at.is_none() && one.state == SubmissionState::Quarantined;
        self.submission.as_ref().filter(new).is_some()
    }
}

/// What the world is answered: the receipt, and nothing of whether the person was known.
pub fn receipt(id: SubmissionId) -> StoredAnswer {
    StoredAnswer { status: 202, headers: vec![], body: serde_json::json!({"receipt_id": id}).to_string() }
}

impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Incoming").field("policy", &self.policy).finish_non_exhaustive()
    }
}
