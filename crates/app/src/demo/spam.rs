//! What waits for somebody to look at it: posts that may be spam, and a list of those who send it.

use leadwright_domain::{
    access::Actor,
    capture::{BlockKind, Submission, SubmissionState, Suspicion},
    ids::Id,
    time::Instant,
};
use leadwright_persistence::{CommandError, Tx};
use serde_json::json;
use uuid::Uuid;

use super::{known, office::Office};
use crate::{
    block_list::AddToBlockList,
    capture::{OrderReplay, SubmissionFilter},
};

/// Who is not wanted.
const LIST: &[(BlockKind, &str, &str, Option<Uuid>)] = &[
    (BlockKind::Domain, "backlinks.example", "Sells links", Some(known::BLOCK_ENTRY)),
    (BlockKind::Word, "guaranteed first page", "Sells places in searches", Some(known::BLOCK_ENTRY_TO_REMOVE)),
    (BlockKind::Network, "203.0.113.0/24", "Floods of last winter", None),
];

/// Fills the block list, holds two posts back, and orders what failed to be taken in anew.
pub(super) async fn hold_back(tx: &Tx, office: &Office, at: Instant) -> Result<(), CommandError> {
    let call = office.call(Actor::User(office.marketer), at);
    for (kind, value, note, id) in LIST {
        let add = AddToBlockList { kind: *kind, value: (*value).to_owned(), note: Some((*note).to_owned()) };
        Box::pin(tx.within_naming(call.clone(), &add, *id)).await?;
    }
    let held = [
        (known::SUBMISSION_TO_RELEASE, "orla.fenwick@fenwick-freight.example", "Do you plan night shifts, too?"),
        (known::SUBMISSION_TO_REJECT, "sales@backlinks.example", "A guaranteed first page for every search!"),
    ];
    let held = held.map(|(id, email, message)| Submission {
        id: Id::from_uuid(id),
        form_id: Id::from_uuid(known::FORM),
        received_at: at,
        content_type: "application/json".to_owned(),
        headers: json!({"origin": "https://www.demo.example"}),
        body: json!({"name": "Orla Fenwick", "email": email, "message": message}).to_string().into_bytes(),
        address_hash: String::new(),
        state: SubmissionState::Quarantined,
        lead_id: None,
        outcome: json!({
            "files": [], "suspicions": [Suspicion::new("filled_too_fast", json!({"seconds": 1.4, "least": 3}))],
        }),
        replayed_at: None,
    });
    tx.submissions().insert_all(&held).await?;
    let failed = SubmissionFilter { states: vec![SubmissionState::Failed], ..SubmissionFilter::default() };
    Box::pin(tx.within_naming(call, &OrderReplay(failed), [known::REPLAY])).await?;
    Ok(())
}
