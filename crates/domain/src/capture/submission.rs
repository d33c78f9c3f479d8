use serde_json::Value;

use crate::{
    choices,
    ids::{CaptureFormId, LeadId, SubmissionId},
    leads::RawLead,
    time::Instant,
};

/// Whether a post only tries if the form answers: builders of sites send `test=test`, and nothing else, when somebody enters
/// the address.
pub fn only_tries(posted: &RawLead) -> bool {
    posted.len() == 1 && posted.get("test").and_then(Value::as_str) == Some("test")
}

choices! {
    /// What came of a submission (spec CAP-5).
    SubmissionState {
        /// It became a lead.
        Created = "created",
        /// It told something new of a known lead.
        Updated = "updated",
        /// It said nothing new of a known lead.
        Merged = "merged",
        /// It may be spam and waits for review.
        Quarantined = "quarantined",
        /// It could not become a lead; the outcome says why.
        Failed = "failed",
        /// Somebody looked at it and took it for spam.
        Rejected = "rejected",
        /// Only an id came; the lead is being asked for.
        Pending = "pending",
        /// Another system tried whether we answer; no lead comes of it.
        Test = "test",
        /// It is nothing that makes a lead, such as a cancelled booking; the outcome says what.
        Ignored = "ignored",
        /// The person was erased: only that something was posted is known.
        Erased = "erased",
    }
}

/// One thing that was posted, as it came, with what came of it. Its id is the receipt.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// Which.
    pub id: SubmissionId,
    /// To which form.
    pub form_id: CaptureFormId,
    /// When.
    pub received_at: Instant,
    /// As what.
    pub content_type: String,
    /// The headers that matter: origin, referrer, user agent.
    pub headers: Value,
    /// The raw body.
    pub body: Vec<u8>,
    /// A keyed hash of the sender's address.
    pub address_hash: String,
    /// What came of it.
    pub state: SubmissionState,
    /// The lead it became or belongs to.
    pub lead_id: Option<LeadId>,
    /// Why: match reasons, warnings, faults.
    pub outcome: Value,
    /// When it was last taken in anew.
    pub replayed_at: Option<Instant>,
}
