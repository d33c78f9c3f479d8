//! The rows that could not be taken, as a file to be mended and sent again (spec IMP-5).

use futures_util::stream::{self, Stream};
use leadwright_domain::{
    ids::ImportId,
    imports::{Format, Import},
    text::{guarded, unguarded},
};
use leadwright_persistence::{CommandError, DbError, Reader, imports::Reject};
use serde_json::Value;

use super::{
    batch::place,
    columns::{ADDED, BEYOND, is_beyond},
    rows::cell_text,
};

/// How many rows are read at a time.
const PAGE: u64 = 500;
/// The most columns for cells beyond the headings.
const MOST_BEYOND: usize = 200;

/// The columns of the file.
#[derive(Clone, Debug)]
struct Layout {
    /// The headings of the original.
    header: Vec<String>,
    /// How many cells follow those in the file that was sent and are none of the original: it was a file of rejects.
    again: Option<usize>,
    /// How many columns there are for cells beyond the headings.
    beyond: usize,
    /// Whether cells may have an apostrophe in front.
    guarded: bool,
}

impl Layout {
    fn of(import: &Import) -> Self {
        let mut header = import.header.clone();
        let guarded = import.file.format != Format::Ndjson;
        if !header.ends_with(&ADDED.map(str::to_owned)) {
            return Self { header, again: None, beyond: 0, guarded };
        }
        header.truncate(header.len() - ADDED.len());
        let beyond = header.iter().rev().take_while(|name| is_beyond(name)).count();
        header.truncate(header.len() - beyond);
        Self { header, again: Some(beyond), beyond: 0, guarded }
    }

    /// The cells of the original, and those beyond its headings.
    fn parted(&self, reject: &Reject) -> (Vec<String>, Vec<String>) {
        let mut cells: Vec<String> = reject.cells.iter().map(|cell| said_in(cell, self.guarded)).collect();
        let mut beyond = cells.split_off(self.header.len().min(cells.len()));
        if let Some(own) = self.again {
            // The line and the reasons of the last time stand between what was beyond then and what is now.
            let ours = own.min(beyond.len())..(own + ADDED.len()).min(beyond.len());
            beyond.drain(ours);
        }
        while beyond.last().is_some_and(|cell| cell.trim().is_empty()) {
            beyond.pop();
        }
        (cells, beyond)
    }

    fn headings(&self) -> impl Iterator<Item = String> {
        let beyond = (1..=self.beyond).map(|number| format!("{BEYOND}{number}"));
        self.header.iter().cloned().chain(beyond).chain(ADDED.map(str::to_owned))
    }
}

/// The file in pieces: the original columns, columns for cells that had no heading, then the line in the original and the
/// reasons.
pub fn rejected_csv(reader: Reader, import: &Import) -> impl Stream<Item = Result<Vec<u8>, CommandError>> + use<> {
    let (id, layout) = (import.id, Layout::of(import));
    stream::try_unfold((reader, layout, Some(None)), move |(reader, mut layout, at)| async move {
        let Some(after) = at else { return Ok(None) };
        let rejects = page(&reader, id, after).await?;
        let mut writer = csv::Writer::from_writer(Vec::new());
        if after.is_none() {
            // Wider rows may come later: what they have too many is put into the last of these columns, which is refused again
            // as long as something stands in it.
            let widest = rejects.iter().map(|reject| layout.parted(reject).1.len()).max().unwrap_or(0);
            let more_follow = rejects.len() as u64 == PAGE;
            layout.beyond = widest.max(usize::from(more_follow)).min(MOST_BEYOND);
            let headings: Vec<String> = layout.headings().collect();
            write(&mut writer, headings.iter().map(String::as_str))?;
        }
        for reject in &rejects {
            write_reject(&mut writer, reject, &layout)?;
        }
        let next = rejects.last().map(|last| Some(last.position)).filter(|_| rejects.len() as u64 == PAGE);
        let piece = writer.into_inner().map_err(|error| DbError::Other(error.to_string()))?;
        Ok(Some((piece, (reader, layout, next))))
    })
}

async fn page(reader: &Reader, id: ImportId, after: Option<u64>) -> Result<Vec<Reject>, CommandError> {
    Ok(reader.imports().rejects(id, after, PAGE).await?)
}

fn write_reject(writer: &mut csv::Writer<Vec<u8>>, reject: &Reject, layout: &Layout) -> Result<(), CommandError> {
    let said = |fault: &leadwright_domain::fault::Fault| match place(fault).as_str() {
        "" => fault.detail.clone(),
        place => format!("{place}: {}", fault.detail),
    };
    let reasons = reject.reasons.iter().map(said).collect::<Vec<_>>().join(" | ");
    let line = reject.line.to_string();
    let (mut cells, mut beyond) = layout.parted(reject);
    cells.resize(layout.header.len(), String::new());
    // What not even the columns for it hold goes to the end of the last one, so that nothing is lost and the columns stay.
    let rest = beyond.split_off(layout.beyond.min(beyond.len()));
    beyond.resize(layout.beyond, String::new());
    cells.append(&mut beyond);
    if let (Some(last), false) = (cells.last_mut(), rest.is_empty()) {
        last.push_str(&format!(" {}", rest.join(" ")));
    }
    write(writer, cells.iter().map(String::as_str).chain([line.as_str(), reasons.as_str()]))
}

/// What a cell says, without the apostrophe that may keep it from being run: it is written with one again.
fn said_in(cell: &Value, guarded: bool) -> String {
    let text = cell_text(cell);
    if guarded { unguarded(&text).to_owned() } else { text }
}

fn write<'a>(writer: &mut csv::Writer<Vec<u8>>, cells: impl IntoIterator<Item = &'a str>) -> Result<(), CommandError> {
    let cells = cells.into_iter().map(guarded);
    Ok(writer
        .write_record(cells.map(|cell| cell.into_owned().into_bytes()))
        .map_err(|error| DbError::Other(error.to_string()))?)
}
