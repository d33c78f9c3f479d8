//! Following the event log: whoever came or changed is compared shortly afterwards, so that nobody who writes a lead
//! waits for it.

use leadwright_domain::{
    access::Scope,
    events::EventKind,
    ids::{LeadId, OrganizationId},
};
use leadwright_persistence::{Command, CommandError, Tx};
use uuid::Uuid;

use super::examine::{Examined, examine};
use crate::App;

/// The name under which the position in the log is kept.
pub const READER: &str = "duplicates";

/// How many events are looked at in one turn.
const EVENTS: u64 = 1_000;
/// How many leads are compared in one turn.
const LEADS: usize = 250;

/// After these it may be somebody else, or nobody any more.
const TELLING: [EventKind; 8] = [
    EventKind::LeadCreated,
    EventKind::LeadUpdated,
    EventKind::LeadArchived,
    EventKind::LeadRestored,
    EventKind::LeadsMerged,
    EventKind::LeadMerged,
    EventKind::LeadUnmerged,
    EventKind::LeadErased,
];

/// What a turn came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// There is nothing to read, or another process reads it.
    Idle,
    /// Something was read, perhaps not all.
    Moved,
}

/// Reads on in the log of an organization, as `token`, and compares whoever came or changed. What was found and how far
/// the log was read are written together.
///
/// # Errors
/// The database failed; nothing was written.
pub async fn follow(app: &App, organization: OrganizationId, token: Uuid) -> Result<Turn, CommandError> {
    let call = app.call(Scope::system(organization), None);
    let reader = app.db.read(&call);
    let Some(from) = reader.readers().position(READER, token).await? else { return Ok(Turn::Idle) };
    let marks = reader.events().marks_after(from, EVENTS).await?;
    let mut leads: Vec<LeadId> = Vec::new();
    let mut to = from;
    for (pos, kind, lead) in marks {
        if let Some(lead) = lead.filter(|_| TELLING.iter().any(|telling| telling.as_str() == kind))
            && !leads.contains(&lead)
        {
            if leads.len() == LEADS {
                break;
            }
            leads.push(lead);
        }
        to = pos;
    }
    if to == from {
        return Ok(Turn::Idle);
    }
    let config = app.configuration(&call).await?;
    let examined = if leads.is_empty() { Examined::default() } else { examine(&reader, &config, &leads).await? };
    let moved = app.db.write(call, Move { token, from, to, examined }).await?;
    Ok(if moved { Turn::Moved } else { Turn::Idle })
}

/// Writes what a turn found. `false` where another process was faster: nothing was written.
struct Move {
    token: Uuid,
    from: i64,
    to: i64,
    examined: Examined,
}

#[async_trait::async_trait]
impl Command for Move {
    type Out = bool;

    async fn run(&self, tx: &Tx) -> Result<bool, CommandError> {
        if !tx.readers().advance(READER, self.token, self.from, self.to).await? {
            return Ok(false);
        }
        self.examined.write(tx).await?;
        Ok(true)
    }
}
