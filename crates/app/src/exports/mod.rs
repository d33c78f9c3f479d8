//! Exports (spec LEAD-8): the leads of one moment as a file. It is written beside the answer, so that a slow client keeps
//! no connection to the database, and fetched while it grows; a workbook is fetched when it is whole.

mod cells;
mod pages;
mod record;
mod spool;
mod workbook;
mod write;

use std::sync::Arc;

use futures_util::stream::Stream;
use leadwright_domain::{
    exports::{Column, ExportFormat, Names},
    fault::{At, Fault, Refusal},
};
use leadwright_persistence::{
    Call, CommandError, DbError, Share, Shares,
    leads::{Count, Sort},
};
use serde_json::Value;

use pages::Pages;

use crate::{
    App, Configuration,
    leads::{Selection, too_costly},
};

/// How many files may be written or wait to be fetched at a time.
const MOST: usize = 16;
/// How many of them may be of one organization.
const MOST_EACH: usize = 4;

/// How many exported files there may be at a time.
#[derive(Debug)]
pub struct Places(Shares);

impl Default for Places {
    fn default() -> Self {
        Self(Shares::new(MOST, MOST_EACH))
    }
}

/// What is to be exported.
#[derive(Clone, Debug)]
pub struct ExportLeads {
    /// Which leads.
    pub selection: Selection,
    /// In which order.
    pub sort: Sort,
    /// Which columns.
    pub columns: Vec<Column>,
    /// How the file is written.
    pub format: ExportFormat,
    /// Where the caller chose the format, for what is wrong with it.
    pub format_at: At,
    /// Where the caller chose the columns, for what is wrong with them.
    pub columns_at: At,
    /// What was asked, for the log.
    pub asked: Value,
}

/// A file that is being written, in pieces. An error in the middle is one in the stream: nothing half looks whole.
pub type Pieces = std::pin::Pin<Box<dyn Stream<Item = std::io::Result<Vec<u8>>>>>;

impl ExportLeads {
    /// Begins; `None` while there are as many exports as there may be, in all or of the organization.
    ///
    /// # Errors
    /// The condition costs too much, a workbook can't hold the leads, or the database failed.
    pub async fn run(self, app: &App, call: Call, config: Arc<Configuration>) -> Result<Option<Pieces>, CommandError> {
        let Some(place) = app.exports.0.take(call.scope.organization) else { return Ok(None) };
        let Some(snapshot) = app.db.snapshot(&call).await? else { return Ok(None) };
        let wanted = self.selection.resolved(snapshot.now(), &config);
        if self.format == ExportFormat::Xlsx {
            let count = snapshot.leads().count(&wanted, Count::Exact).await.map_err(too_costly)?;
            if count > workbook::MOST_ROWS {
                return Err(self.too_many(count).into());
            }
        }
        let mut pages = Pages::of(snapshot, wanted, self.sort.clone());
        // What goes wrong with the first page is answered as a problem, and not in the middle of a file.
        let first = pages.next().await?;
        let running = Running {
            rows: 0,
            names: Arc::new(names(&config)),
            columns: Arc::new(self.columns.clone()),
            export: self,
            app: app.clone(),
            call,
            place,
        };
        match running.export.format {
            ExportFormat::Xlsx => running.workbook(pages, first).await.map(Some),
            ExportFormat::Csv | ExportFormat::Ndjson => running.text(pages, first).map(Some),
        }
    }

    fn too_many(&self, count: u64) -> Refusal {
        let most = workbook::MOST_ROWS;
        let detail = format!(
            "A sheet of a workbook holds {most} leads, and these are {count}; ask for `csv` or `ndjson`, or for fewer."
        );
        Refusal::invalid(vec![Fault { at: self.format_at.clone(), ..Fault::in_field("", "too_many_rows", detail) }])
    }
}

/// An export on its way.
struct Running {
    export: ExportLeads,
    app: App,
    call: Call,
    place: Share,
    columns: Arc<Vec<Column>>,
    names: Arc<Names>,
    rows: u64,
}

fn names(config: &Configuration) -> Names {
    Names {
        owners: config.users.iter().map(|user| (user.id, user.email.clone())).collect(),
        teams: config.teams.iter().map(|team| (team.id, team.name.clone())).collect(),
        sources: config.sources.iter().map(|source| (source.id, source.code.clone())).collect(),
    }
}

fn failed(error: impl std::fmt::Display) -> CommandError {
    DbError::Other(error.to_string()).into()
}
