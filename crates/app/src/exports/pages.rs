//! The leads of one moment, page by page.

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

use leadwright_domain::{ids::LeadId, leads::Lead};
use leadwright_persistence::{
    CommandError, DbError, Snapshot,
    leads::{ListQuery, Sort, Wanted},
};

use crate::leads::too_costly_sorted;

/// How many leads are read at a time.
const PAGE: u64 = 1_000;
/// How many leads are sorted at a time by what has no index: each time reads them all.
const SORTED: u64 = 50_000;
/// How long reading all leads may take.
const LONGEST: Duration = Duration::from_secs(900);

/// Some leads of an export.
pub(super) struct Page {
    pub(super) leads: Vec<Lead>,
    /// Whether there are others after them.
    pub(super) more: bool,
}

/// Reads the leads of one moment.
pub(super) struct Pages {
    pub(super) snapshot: Snapshot,
    query: ListQuery,
    /// Those that are sorted and still to be read, where sorting is costly.
    sorted: VecDeque<LeadId>,
    until: Instant,
}

impl Pages {
    pub(super) fn of(snapshot: Snapshot, wanted: Wanted, sort: Sort) -> Self {
        let limit = if sort.is_costly() { SORTED } else { PAGE };
        let query = ListQuery { wanted, sort, after: None, limit };
        Self { snapshot, query, sorted: VecDeque::new(), until: Instant::now() + LONGEST }
    }

    /// The next page.
    pub(super) async fn next(&mut self) -> Result<Page, CommandError> {
        if Instant::now() > self.until {
            return Err(DbError::TimedOut.into());
        }
        let page = if self.query.sort.is_costly() { self.sorted().await } else { self.listed().await };
        page.map_err(|error| too_costly_sorted(error, &self.query))
    }

    async fn listed(&mut self) -> Result<Page, DbError> {
        let page = self.snapshot.leads().list(&self.query).await?;
        self.query.after = page.next;
        Ok(Page { leads: page.leads, more: self.query.after.is_some() })
    }

    async fn sorted(&mut self) -> Result<Page, DbError> {
        if self.sorted.is_empty() {
            let (ids, next) = self.snapshot.leads().list_ids(&self.query).await?;
            (self.sorted, self.query.after) = (ids.into(), next);
        }
        let most = usize::try_from(PAGE).map_err(DbError::corrupt)?.min(self.sorted.len());
        let ids: Vec<LeadId> = self.sorted.drain(..most).collect();
        let read = self.snapshot.leads().get_all(&ids).await?;
        let mut read: BTreeMap<LeadId, Lead> = read.into_iter().map(|lead| (lead.id, lead)).collect();
        let leads = ids.iter().filter_map(|id| read.remove(id)).collect();
        Ok(Page { leads, more: !self.sorted.is_empty() || self.query.after.is_some() })
    }
}
