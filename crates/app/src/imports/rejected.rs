//! The rows that could not be taken, as a file to be mended and sent again (spec IMP-5).

use futures_util::stream::{self, Stream};
use leadwright_domain::{
    ids::ImportId,
    imports::{Format, Import},
    text::{guarded, unguarded},
};
use leadwright_persistence::{CommandError, DbError, Reader, imports::Reject};
use serde_json::Value;

use super::{batch::place, columns::ADDED, rows::cell_text};

/// How many rows are read at a time.
const PAGE: u64 = 500;

/// The file in pieces: the original columns, then the line in the original and the reasons.
pub fn rejected_csv(reader: Reader, import: &Import) -> impl Stream<Item = Result<Vec<u8>, CommandError>> + use<> {
    let (id, mut header) = (import.id, import.header.clone());
    let guarded = import.file.format != Format::Ndjson;
    // A file of rejects that is sent again and rejected again has these columns already.
    let again = header.ends_with(&ADDED.map(str::to_owned));
    if again {
        header.truncate(header.len() - ADDED.len());
    }
    stream::try_unfold((reader, Some(None)), move |(reader, at): (Reader, Option<Option<u64>>)| {
        let header = header.clone();
        async move {
            let Some(after) = at else { return Ok(None) };
            let rejects = page(&reader, id, after).await?;
            let mut writer = csv::Writer::from_writer(Vec::new());
            if after.is_none() {
                write(&mut writer, header.iter().map(String::as_str).chain(ADDED))?;
            }
            for reject in &rejects {
                write_reject(&mut writer, reject, header.len(), (again, guarded))?;
            }
            let next = rejects.last().map(|last| Some(last.position)).filter(|_| rejects.len() as u64 == PAGE);
            let piece = writer.into_inner().map_err(|error| DbError::Other(error.to_string()))?;
            Ok(Some((piece, (reader, next))))
        }
    })
}

async fn page(reader: &Reader, id: ImportId, after: Option<u64>) -> Result<Vec<Reject>, CommandError> {
    Ok(reader.imports().rejects(id, after, PAGE).await?)
}

fn write_reject(
    writer: &mut csv::Writer<Vec<u8>>,
    reject: &Reject,
    width: usize,
    (again, guarded): (bool, bool),
) -> Result<(), CommandError> {
    let said = |fault: &leadwright_domain::fault::Fault| match place(fault).as_str() {
        "" => fault.detail.clone(),
        place => format!("{place}: {}", fault.detail),
    };
    let reasons = reject.reasons.iter().map(said).collect::<Vec<_>>().join(" | ");
    let line = reject.line.to_string();
    // Cells beyond the headings go to the end of the last column, so that nothing is lost and the columns stay.
    let all: Vec<String> = reject.cells.iter().map(|cell| said_in(cell, guarded)).collect();
    let (cells, beyond) = all.split_at(width.min(all.len()));
    let beyond = beyond.get(if again { ADDED.len() } else { 0 }..).unwrap_or_default();
    let mut cells = cells.to_vec();
    cells.resize(width, String::new());
    if let (Some(last), false) = (cells.last_mut(), beyond.iter().all(|cell| cell.trim().is_empty())) {
        last.push_str(&format!(" {}", beyond.join(" ")));
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
