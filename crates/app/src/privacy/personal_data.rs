use leadwright_domain::{
    capture::{BlockEntry, BlockKind, Submission},
    duplicates::{DuplicatePair, PairState},
    events::Event,
    ids::{ImportId, LeadId},
    interactions::Interaction,
    leads::Lead,
    suggestions::Suggestion,
};
use leadwright_persistence::{CommandError, DbError, Reader, duplicates::Merge, duplicates::PairQuery};
use serde_json::Value;

use super::{
    gone,
    person::{Finder, Person, Search, Wanted},
    shared::{Shared, posts},
    stays::without_others,
    sweep::Swept,
};

/// How much is read at once.
const PAGE: u64 = 500;

/// A row of a file that could not be taken, with the person in it.
#[derive(Clone, Debug)]
pub struct RejectedRow {
    /// The import.
    pub import: ImportId,
    /// The line of the file.
    pub line: i64,
    /// What it says.
    pub cells: Value,
}

/// All that is known of a person.
#[derive(Clone, Debug)]
pub struct PersonalData {
    /// The lead that was asked for.
    pub lead: Lead,
    /// The leads that were merged into it.
    pub merged: Vec<Lead>,
    /// What happened to all of them, with values before and after, oldest first.
    pub events: Vec<(LeadId, Event)>,
    /// What the person did, oldest first.
    pub interactions: Vec<Interaction>,
    /// How the leads became one.
    pub merges: Vec<Merge>,
    /// What was said of them and not written.
    pub suggestions: Vec<Suggestion>,
    /// Whom they resemble.
    pub duplicates: Vec<DuplicatePair>,
    /// What was posted, oldest first, also what made no lead.
    pub submissions: Vec<Submission>,
    /// Rows that imports rejected.
    pub rejected_rows: Vec<RejectedRow>,
    /// Entries of the block list with the address.
    pub block_list: Vec<BlockEntry>,
}

/// All that is known of the person behind a lead that was not merged into another.
///
/// # Errors
/// There is no such lead within the caller's sight, it was erased, or the database failed.
pub async fn personal_data(reader: &Reader, id: LeadId) -> Result<PersonalData, CommandError> {
    let finder = Finder::of_reader(reader);
    let Search::Person(person) = finder.find(&Wanted::Lead(id)).await? else {
        return Err(gone(finder.erasures, id).await);
    };
    let swept = Swept::of_reader(reader, &person.traces, None).await?;
    let shared = Shared::look(finder, &person, reader.now(), None).await?;
    let (mut events, mut interactions, mut merges, mut duplicates) = (vec![], vec![], vec![], vec![]);
    for lead in person.ids() {
        events.extend(events_of(reader, lead).await?);
        interactions.extend(interactions_of(reader, lead).await?);
        merges.extend(merges_of(reader, lead).await?);
        duplicates.extend(pairs_of(reader, lead).await?);
    }
    events.sort_by_key(|(_, event)| event.pos);
    without_others(reader, &person, &mut events).await?;
    interactions.sort_by_key(|done: &Interaction| (done.occurred_at, done.id));
    let rows = reader.erasures().rejected(&swept.rows).await?;
    let row = |row: leadwright_persistence::erasures::HeldRow| RejectedRow {
        import: row.import,
        line: row.line,
        cells: row.cells,
    };
    let suggestions = suggestions_of(reader, &person, &shared).await?;
    Ok(PersonalData {
        block_list: blocked(reader, &person).await?,
        submissions: submissions_of(reader, &person, &shared, &swept).await?,
        rejected_rows: rows.into_iter().map(row).collect(),
        merged: person.leads.iter().filter(|lead| lead.id != id).cloned().collect(),
        lead: match person.leads.into_iter().find(|lead| lead.id == id) {
            Some(lead) => lead,
            None => return Err(gone(finder.erasures, id).await),
        },
        events,
        interactions,
        merges,
        suggestions,
        duplicates,
    })
}

async fn events_of(reader: &Reader, lead: LeadId) -> Result<Vec<(LeadId, Event)>, DbError> {
    let mut all = Vec::new();
    loop {
        let before = all.last().map(|(_, event): &(LeadId, Event)| event.id);
        let page = reader.events().of_lead(lead, before, PAGE).await?;
        let full = page.len() as u64 == PAGE;
        all.extend(page.into_iter().map(|event| (lead, event)));
        if !full {
            return Ok(all);
        }
    }
}

async fn interactions_of(reader: &Reader, lead: LeadId) -> Result<Vec<Interaction>, DbError> {
    let mut all: Vec<Interaction> = Vec::new();
    loop {
        let after = all.last().map(|last| (last.occurred_at, last.id.uuid()));
        let page = reader.interactions().of_lead(lead, &[], after, PAGE).await?;
        let full = page.len() as u64 == PAGE;
        all.extend(page);
        if !full {
            return Ok(all);
        }
    }
}

async fn merges_of(reader: &Reader, lead: LeadId) -> Result<Vec<Merge>, DbError> {
    let mut all: Vec<Merge> = Vec::new();
    loop {
        let page = reader.duplicates().merges_into(lead, all.last().map(|last| last.id), PAGE).await?;
        let full = page.len() as u64 == PAGE;
        all.extend(page);
        if !full {
            return Ok(all);
        }
    }
}

async fn pairs_of(reader: &Reader, lead: LeadId) -> Result<Vec<DuplicatePair>, DbError> {
    let mut all = Vec::new();
    for state in PairState::ALL {
        let query = PairQuery { state: *state, min_similarity: None, lead: Some(lead), after: None, limit: PAGE };
        all.extend(reader.duplicates().list(&query).await?);
    }
    Ok(all)
}

async fn submissions_of(
    reader: &Reader,
    person: &Person,
    shared: &Shared,
    swept: &Swept,
) -> Result<Vec<Submission>, DbError> {
    let ids = posts(reader.erasures(), person, shared, Some(swept)).await?;
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(100) {
        let filter = leadwright_persistence::capture::SubmissionFilter { ids: some.to_vec(), ..Default::default() };
        let mut page = reader.submissions().list(&filter, None, some.len() as u64).await?;
        page.reverse();
        all.extend(page);
    }
    Ok(all)
}

async fn suggestions_of(reader: &Reader, person: &Person, shared: &Shared) -> Result<Vec<Suggestion>, DbError> {
    let mut suggestions = reader.suggestions().of_leads(&person.ids()).await?;
    suggestions.retain(|one| one.from.submission_id.is_none_or(|post| !shared.of_others.contains(&post)));
    for (stay, others) in &shared.others {
        suggestions.retain(|one| {
            let meanwhile = stay.from <= one.created_at && one.created_at <= stay.until;
            let of_others = others.are_in_json(&one.value) && !person.traces.are_in_json(&one.value);
            one.lead_id != stay.master || !meanwhile || !of_others
        });
    }
    Ok(suggestions)
}

async fn blocked(reader: &Reader, person: &Person) -> Result<Vec<BlockEntry>, DbError> {
    let mut entries = reader.blocked().all().await?;
    entries.retain(|entry| entry.kind == BlockKind::Email && person.keys.emails.contains(&entry.value));
    Ok(entries)
}
