use std::sync::Arc;

use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::{Fault, Refusal},
    ids::{ErasureId, Id, LeadId},
    privacy::{Erasure, ErasureCounts, ErasureReason},
};
use leadwright_persistence::{Call, Command, CommandError, DbError, Tx, erasures::Blanks};
use serde_json::json;

use super::{
    count::counted,
    elsewhere::{Elsewhere, parts},
    marks::Marker,
    person::{Finder, Person, Search, Wanted},
    shared::{Shared, posts},
    sweep::Swept,
};
use crate::{App, Secrets};

/// The most leads that are erased at once.
pub const MOST_AT_ONCE: usize = 100;

/// Erases a person: of all that is known only counts stay, and tombstones, so that an import does not bring them back
/// unnoticed.
pub struct Erase {
    pub(crate) wanted: Wanted,
    pub(crate) reason: ErasureReason,
    pub(crate) reference: Option<String>,
    /// What was found beforehand, beside the work of others.
    pub(crate) swept: Option<Swept>,
    /// Whose posts are that went to leads which the person shared with others; found beforehand, too.
    pub(crate) shared: Option<Shared>,
    pub(crate) secrets: Arc<Secrets>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Erased {
    /// The person is erased.
    Now(Erasure),
    /// They were before; nothing was left to do.
    Before(Erasure),
}

impl Erase {
    /// Looks for the person's traces before the transaction begins.
    ///
    /// # Errors
    /// There is no such lead, too many leads are this person, or the database failed.
    pub async fn prepare(
        app: &App,
        call: &Call,
        wanted: Wanted,
        reason: ErasureReason,
        reference: Option<String>,
    ) -> Result<Self, CommandError> {
        let reader = app.db.read(call);
        let finder = Finder::of_reader(&reader);
        let (mut swept, mut shared) = (None, None);
        if let Search::Person(person) = finder.find(&wanted).await? {
            swept = Some(Swept::of_reader(&reader, &person.traces, None).await?);
            shared = Some(Shared::look(finder, &person, reader.now(), None).await?);
        }
        Ok(Self { wanted, reason, reference, swept, shared, secrets: Arc::clone(&app.secrets) })
    }

    /// What it would come to; nothing is kept.
    ///
    /// # Errors
    /// As the command.
    pub async fn preview(&self, app: &App, call: &Call) -> Result<Erased, CommandError> {
        let reader = app.db.read(call);
        let finder = Finder::of_reader(&reader);
        let person = match finder.find(&self.wanted).await? {
            Search::Erased(id) => return earlier(finder, id).await,
            Search::Person(person) => person,
        };
        self.names_nobody(&person)?;
        let swept = Swept::of_reader(&reader, &person.traces, self.swept.as_ref()).await?;
        let shared = Shared::look(finder, &person, reader.now(), self.shared.as_ref()).await?;
        let elsewhere = Elsewhere::look(finder, &person, &shared.stays, false).await?;
        if let Some(id) = self.buried(finder, &person, swept.is_empty() && elsewhere.is_empty()).await? {
            return earlier(finder, id).await;
        }
        let counts = counted(finder, &person, &shared, &swept, &elsewhere).await?;
        let open_imports = reader.erasures().open_imports().await?;
        Ok(Erased::Now(Erasure {
            id: Id::from_uuid(uuid::Uuid::nil()),
            reason: self.reason,
            reference: self.reference.clone(),
            leads: person.ids(),
            counts,
            open_imports,
            actor: call.scope.actor,
            created_at: call.now,
        }))
    }

    /// The number of a request is no place for a name.
    fn names_nobody(&self, person: &Person) -> Result<(), Refusal> {
        let Some(reference) = self.reference.as_deref() else { return Ok(()) };
        if reference.contains('@') || person.traces.are_in([reference]) {
            let detail = "This stays after the erasure: give a number, not a name, an address or a phone number.";
            return Err(Refusal::invalid(vec![Fault::in_field("reference", "personal", detail)]));
        }
        Ok(())
    }

    /// The erasure after which there is nothing left of somebody who is named by address or number.
    async fn buried(
        &self,
        finder: Finder<'_>,
        person: &Person,
        nothing_left: bool,
    ) -> Result<Option<ErasureId>, CommandError> {
        if !person.leads.is_empty() || !nothing_left {
            return Ok(None);
        }
        let Some(marker) = Marker::read(finder.erasures, &self.secrets).await? else { return Ok(None) };
        let marks: Vec<String> = marker.written(&person.keys).into_iter().map(|(_, mark)| mark).collect();
        Ok(finder.erasures.buried(&marks).await?.pop().map(|(_, erasure)| erasure))
    }
}

async fn earlier(finder: Finder<'_>, id: ErasureId) -> Result<Erased, CommandError> {
    let erasure = finder.erasures.get(id).await?.ok_or_else(|| DbError::corrupt("an erasure that is gone"))?;
    Ok(Erased::Before(erasure))
}

#[async_trait::async_trait]
impl Command for Erase {
    type Out = Erased;

    async fn run(&self, tx: &Tx) -> Result<Erased, CommandError> {
        let finder = Finder::of_tx(tx);
        let person = match finder.find(&self.wanted).await? {
            Search::Erased(id) => return earlier(finder, id).await,
            Search::Person(person) => person,
        };
        self.names_nobody(&person)?;
        // Bulk actions before leads, and posts before identity keys, as whoever works on them or takes one in anew does.
        parts(tx.erasures(), &person, true).await?;
        let shared = Shared::look(finder, &person, tx.now(), self.shared.as_ref()).await?;
        let known = posts(tx.erasures(), &person, &shared, self.swept.as_ref()).await?;
        tx.submissions().hold(&known).await?;
        tx.leads().lock_keys(&person.keys).await?;
        tx.leads().lock_all(&person.ids()).await?;
        // Who is the same by what is held may have said something more meanwhile.
        let person = match finder.find(&self.wanted).await? {
            Search::Person(now) if now.keys == person.keys && now.ids() == person.ids() => now,
            _ => return Err(DbError::Retry("the person changed while they were looked for".to_owned()).into()),
        };
        self.names_nobody(&person)?;
        // What came in while the locks were waited for is theirs, too.
        let swept = Swept::of_tx(tx, &person.traces, self.swept.as_ref()).await?;
        let shared = Shared::look(finder, &person, tx.now(), Some(&shared)).await?;
        let elsewhere = Elsewhere::look(finder, &person, &shared.stays, true).await?;
        if let Some(id) = self.buried(finder, &person, swept.is_empty() && elsewhere.is_empty()).await? {
            return earlier(finder, id).await;
        }
        let posts = posts(tx.erasures(), &person, &shared, Some(&swept)).await?;
        let id: ErasureId = tx.new_id();
        let mut counts = tx.erasures().erase_leads(id, &person.ids()).await?;
        counts.submissions = tx.erasures().erase_posts(&posts).await?;
        elsewhere.erase(tx, &mut counts).await?;
        self.erase_the_rest(tx, &person, &swept, &mut counts).await?;
        let erasure = self.note(tx, id, &person, counts).await?;
        tell(tx, &erasure);
        Ok(Erased::Now(erasure))
    }
}

impl Erase {
    async fn erase_the_rest(
        &self,
        tx: &Tx,
        person: &Person,
        swept: &Swept,
        counts: &mut ErasureCounts,
    ) -> Result<(), CommandError> {
        let blanks = Blanks::because("person_erased", "The person in this row was erased; what it said is gone.");
        counts.rejected_rows = tx.erasures().erase_rejected(&swept.rows, &blanks).await?;
        for import in &swept.imports {
            counts.imports += tx.erasures().rewrite_import(import).await?;
        }
        for order in &swept.orders {
            tx.erasures().rewrite_order(order).await?;
        }
        counts.answers = tx.erasures().forget_answers(&person.needles()).await?;
        Ok(())
    }

    /// Writes what stays: that it was done, and the tombstones.
    async fn note(
        &self,
        tx: &Tx,
        id: ErasureId,
        person: &Person,
        counts: ErasureCounts,
    ) -> Result<Erasure, CommandError> {
        let marks = Marker::made(tx, &self.secrets).await?.written(&person.keys);
        let known: Vec<String> = marks.iter().map(|(_, mark)| mark.clone()).collect();
        let known = tx.erasures().buried(&known).await?;
        let tombstones = marks.iter().filter(|(_, mark)| !known.iter().any(|(other, _)| other == mark)).count() as u64;
        let erasure = Erasure {
            id,
            reason: self.reason,
            reference: self.reference.clone(),
            leads: person.ids(),
            counts: ErasureCounts { tombstones, ..counts },
            open_imports: tx.erasures().open_imports().await?,
            actor: tx.scope().actor,
            created_at: tx.now(),
        };
        tx.erasures().insert(&erasure).await?;
        tx.erasures().bury(id, &marks).await?;
        Ok(erasure)
    }
}

/// One event for each lead, so that whoever follows the log lets go of it; one without a lead where there was none.
fn tell(tx: &Tx, erasure: &Erasure) {
    let data = json!({"erasure_id": erasure.id, "reason": erasure.reason, "counts": erasure.counts});
    let event = NewEvent::of(EventKind::LeadErased, "erasure", erasure.id.uuid(), data);
    if erasure.leads.is_empty() {
        tx.append(event.clone());
    }
    let of = |lead: &LeadId| NewEvent { lead: Some(*lead), ..event.clone() };
    erasure.leads.iter().map(of).for_each(|event| {
        tx.append(event);
    });
}
