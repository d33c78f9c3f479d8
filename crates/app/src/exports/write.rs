//! Writing the file, beside the answer.

use std::{sync::Arc, time::Duration};

use leadwright_domain::leads::Lead;
use leadwright_persistence::CommandError;
use serde_json::json;

use super::{
    Pieces, Running, cells, failed,
    pages::{Page, Pages},
    record::RecordExport,
    spool::Spool,
};

/// How long a file waits to be fetched.
const FETCH_WITHIN: Duration = Duration::from_secs(3_600);

impl Running {
    /// Writes lines of text, which are fetched while they are written.
    pub(super) fn text(self, pages: Pages, first: Page) -> Result<Pieces, CommandError> {
        let (spool, pieces) = Spool::new().map_err(failed)?;
        tokio::spawn(self.write(pages, first, spool));
        Ok(pieces)
    }

    async fn write(mut self, pages: Pages, first: Page, mut spool: Spool) {
        let written = self.write_all(pages, first, &mut spool).await;
        let complete = matches!(written, Ok(true));
        if let Err(error) = &written {
            tracing::error!(%error, rows = self.rows, "an export was broken off");
        }
        // What nobody can look up later has not happened.
        match self.record(complete).await {
            Ok(()) if complete => spool.finish(),
            Ok(()) => spool.give_up(),
            Err(error) => {
                tracing::error!(%error, "an export could not be recorded");
                spool.give_up();
            }
        }
        self.wait(spool).await;
    }

    /// Waits until the file was fetched; what nobody fetches any more, or for too long, takes no more room.
    pub(super) async fn wait(self, spool: Spool) {
        if tokio::time::timeout(FETCH_WITHIN, spool.left()).await.is_err() || spool.is_idle() {
            spool.give_up();
        }
        drop(self.place);
    }

    /// Writes everything; `false` where nobody reads it any more.
    async fn write_all(&mut self, mut pages: Pages, first: Page, spool: &mut Spool) -> Result<bool, CommandError> {
        spool.write(cells::heading(self.export.format, &self.columns)?).await.map_err(failed)?;
        let mut page = first;
        loop {
            let Page { leads, more } = page;
            self.rows += leads.len() as u64;
            spool.write(self.lines(leads).await?).await.map_err(failed)?;
            if !more {
                pages.snapshot.end().await?;
                return Ok(true);
            }
            if spool.is_left() {
                pages.snapshot.end().await?;
                return Ok(false);
            }
            page = pages.next().await?;
        }
    }

    async fn lines(&self, leads: Vec<Lead>) -> Result<Vec<u8>, CommandError> {
        let (format, columns, names) = (self.export.format, Arc::clone(&self.columns), Arc::clone(&self.names));
        let lines = move || cells::lines(format, &columns, &names, &leads);
        tokio::task::spawn_blocking(lines).await.map_err(failed)?
    }

    /// Tells of the export.
    pub(super) async fn record(&self, complete: bool) -> Result<(), CommandError> {
        let columns: Vec<&str> = self.columns.iter().map(leadwright_domain::exports::Column::name).collect();
        let told = json!({
            "format": self.export.format, "rows": self.rows, "complete": complete, "columns": columns,
            "sort": self.export.sort, "asked": self.export.asked,
        });
        self.app.db.write(self.call.clone(), RecordExport(told)).await
    }
}
