//! Looking through what nobody has read yet. It is done beside the work of others, before the transaction; what came
//! since then is looked through within it.

use leadwright_domain::{
    capture::SubmissionState,
    ids::SubmissionId,
    privacy::{Told, Traces},
    time::Instant,
};
use leadwright_persistence::{
    DbError, Reader, Tx,
    erasures::{Erasures, HeldImport, HeldOrder},
};
use uuid::Uuid;

/// How many rows are read at once.
const PAGE: i64 = 500;

/// What posts can be of which no lead came.
const UNOWNED: [SubmissionState; 6] = [
    SubmissionState::Quarantined,
    SubmissionState::Failed,
    SubmissionState::Rejected,
    SubmissionState::Pending,
    SubmissionState::Test,
    SubmissionState::Ignored,
];

/// Where traces of a person were found.
#[derive(Clone, Debug)]
pub(crate) struct Swept {
    /// What was looked for.
    pub(super) traces: Traces,
    /// When the search began.
    pub(super) at: Instant,
    /// Rejected rows.
    pub(super) rows: Vec<Uuid>,
    /// Posts of which no lead came.
    pub(super) posts: Vec<SubmissionId>,
    /// Imports as they are without the person.
    pub(super) imports: Vec<HeldImport>,
    /// Bulk actions as they are without the person.
    pub(super) orders: Vec<HeldOrder>,
}

impl Swept {
    /// Looks through everything, or what is new since an earlier search for the same.
    pub(super) async fn of_reader(reader: &Reader, traces: &Traces, earlier: Option<&Self>) -> Result<Self, DbError> {
        Self::look(reader.erasures(), traces, earlier, (reader.now(), false)).await
    }

    /// The same in a transaction that holds the person's keys: nothing of them is written any more that this does not find.
    pub(super) async fn of_tx(tx: &Tx, traces: &Traces, earlier: Option<&Self>) -> Result<Self, DbError> {
        Self::look(tx.erasures(), traces, earlier, (tx.now(), true)).await
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.posts.is_empty() && self.imports.is_empty() && self.orders.is_empty()
    }

    async fn look(
        erasures: Erasures<'_>,
        traces: &Traces,
        earlier: Option<&Self>,
        (now, hold): (Instant, bool),
    ) -> Result<Self, DbError> {
        let earlier = earlier.filter(|earlier| earlier.traces == *traces);
        let mut swept = match earlier {
            Some(earlier) => earlier.clone(),
            None => {
                Self { traces: traces.clone(), at: now, rows: vec![], posts: vec![], imports: vec![], orders: vec![] }
            }
        };
        if traces.is_empty() {
            return Ok(swept);
        }
        let since = earlier.map(|earlier| earlier.at);
        swept.look_at_rows(erasures, since).await?;
        for state in UNOWNED {
            swept.look_at_posts(erasures, state, since).await?;
        }
        // Few, and they change while they run.
        swept.imports = Vec::new();
        swept.look_at_imports(erasures, hold).await?;
        swept.look_at_orders(erasures, since).await?;
        swept.rows.sort_unstable();
        swept.rows.dedup();
        swept.posts.sort_unstable();
        swept.posts.dedup();
        swept.orders.sort_by_key(|order| order.id);
        swept.orders.dedup_by_key(|order| order.id);
        Ok(swept)
    }

    async fn look_at_rows(&mut self, erasures: Erasures<'_>, since: Option<Instant>) -> Result<(), DbError> {
        let mut after = None;
        loop {
            let page = erasures.rejected_after(after, since, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            self.rows.extend(page.iter().filter(|row| self.traces.are_in_json(&row.cells)).map(|row| row.id));
        }
    }

    async fn look_at_posts(
        &mut self,
        erasures: Erasures<'_>,
        state: SubmissionState,
        since: Option<Instant>,
    ) -> Result<(), DbError> {
        let mut after = None;
        loop {
            let page = erasures.posts_after(state.as_str(), after, since, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            for post in &page {
                if self.traces.are_told(&Told::of_post(&post.body)) || self.traces.are_in_json(&post.outcome) {
                    self.posts.push(post.id);
                }
            }
        }
    }

    async fn look_at_orders(&mut self, erasures: Erasures<'_>, since: Option<Instant>) -> Result<(), DbError> {
        let mut after = None;
        loop {
            let page = erasures.orders_after(after, since, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            for mut order in page {
                let alone = self.traces.are_of(&order.leads);
                let action = self.traces.taken_out_of_action(&order.action, alone);
                let selection = self.traces.taken_out_of_selection(&order.selection);
                if action.is_none() && selection.is_none() {
                    continue;
                }
                order.action = action.unwrap_or(order.action);
                order.selection = selection.unwrap_or(order.selection);
                self.orders.push(order);
            }
        }
    }

    async fn look_at_imports(&mut self, erasures: Erasures<'_>, hold: bool) -> Result<(), DbError> {
        let mut after = None;
        loop {
            let page = erasures.imports_after(after, PAGE, hold).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            for import in page {
                let preview = import.preview.as_ref().and_then(|preview| self.traces.taken_out_of(preview));
                let warnings = self.traces.taken_out_of(&import.warnings);
                if preview.is_some() || warnings.is_some() {
                    let (preview, warnings) = (preview.or(import.preview), warnings.unwrap_or(import.warnings));
                    self.imports.push(HeldImport { id: import.id, preview, warnings });
                }
            }
        }
    }
}
