//! How a file that has arrived is written, and what its columns are called.

use std::io::Read;

use flate2::read::GzDecoder;
use leadwright_domain::{
    fault::{Fault, Refusal},
    imports::{Dialect, Encoding, FileShape, Format},
    text::month_first,
};
use leadwright_persistence::{CommandError, DbError};

use super::{
    super::{
        heading,
        looks::{blank, by_look},
        rows::{JsonRows, MOST_CELLS, Record, Rows, cell_text, decoded, flatten},
    },
    Spooled, Upload, encoding,
    spool::Spool,
    tables,
    workbook::Sheet,
};

/// Finds out how a file is written. What the caller knows of it wins over what it looks like.
pub(super) async fn of(upload: Upload, sheet: Option<Sheet>, digest: [u8; 32]) -> Result<Spooled, CommandError> {
    let Upload { spool, known, bytes, packed, .. } = upload;
    let beginning = spool.beginning();
    let encoding = if sheet.is_some() { Encoding::Utf8 } else { encoding::of(&spool, &known).await? };
    let text = decoded(encoding, beginning);
    if sheet.is_none() {
        tables::check(&text, known.delimiter)?;
    }
    let format = match (&sheet, known.format) {
        (Some(sheet), _) => sheet.format,
        (None, Some(Format::Ndjson)) => Format::Ndjson,
        (None, None) if is_json(&text) => Format::Ndjson,
        (None, _) => Format::Csv,
    };
    let delimiter = known.delimiter.or_else(|| heading::named_delimiter(&text));
    let file = FileShape {
        format,
        packed,
        sheet: sheet.map(|sheet| sheet.name).filter(|name| !name.is_empty()),
        bytes,
        sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        chunks: spool.parts,
        encoding,
        dialect: Dialect::detect(&text, delimiter, known.quote),
        before: 0,
        month_first: Vec::new(),
        by_look: Vec::new(),
        blank: Vec::new(),
        mixed: format == Format::Csv && known.encoding.is_none() && spool.is_mixed() && encoding::is_latin(encoding),
        // What stands for a lost letter in sound UTF-8 was lost before.
        flawed: encoding != Encoding::Utf8 || spool.is_flawed(),
    };
    let id = spool.id;
    if format == Format::Ndjson {
        let header = names(&spool, encoding).await?;
        let sample = Rows::of(&file, &header).push(beginning, spool.parts == 1);
        return Ok(Spooled { id, file: FileShape { month_first: date_orders(&sample), ..file }, header, digest });
    }
    let rows = Rows::of(&file, &[]).push(beginning, spool.parts == 1);
    let heading::Heading { mut names, before } = heading::find(&rows, known.header_row);
    let sample = rows.get(usize::try_from(before).unwrap_or(usize::MAX)..).unwrap_or_default();
    heading::name_the_nameless(&mut names, sample);
    let file = FileShape { before, month_first: date_orders(sample), by_look: by_look(sample), ..file };
    let file = FileShape { blank: blank(sample, names.len()), ..file };
    Ok(Spooled { id, file, header: names, digest })
}

fn is_json(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}');
    match marks.next() {
        Some('{') => marks.next().is_some_and(|next| matches!(next, '"' | '}')),
        Some('[') => marks.next() == Some('{'),
        _ => false,
    }
}

/// The names of all members of all objects, in the order in which they first come.
async fn names(spool: &Spool, encoding: Encoding) -> Result<Vec<String>, CommandError> {
    let reader = spool.app.db.read(&spool.call);
    let mut rows = JsonRows::new(encoding);
    let mut names: Vec<String> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for part in 0..=spool.parts {
        let last = part == spool.parts;
        let mut piece = Vec::new();
        if !last {
            let kept = reader.imports().chunk(spool.id, part).await?;
            let kept = kept.ok_or_else(|| DbError::corrupt("a part of an import's file is gone"))?;
            GzDecoder::new(kept.as_slice()).read_to_end(&mut piece).map_err(DbError::corrupt)?;
        }
        for (_, read) in rows.push(&piece, last) {
            let Ok(serde_json::Value::Object(members)) = read else { continue };
            for (name, _) in flatten(members) {
                if !known.contains(&name) {
                    known.insert(name.clone());
                    names.push(name);
                }
            }
        }
        if names.len() > MOST_CELLS {
            let detail = format!("The objects have more than {MOST_CELLS} different members; send fewer.");
            return Err(Refusal::invalid(vec![Fault::at_pointer("#", "too_many_columns", detail)]).into());
        }
    }
    // Objects that all are empty, or lines that are none, are rows: each is told what is wrong with it.
    if names.is_empty() && spool.beginning().iter().any(|byte| !byte.is_ascii_whitespace()) {
        names.push("email".to_owned());
    }
    Ok(names)
}

/// The columns of days in figures that tell whether the month comes first.
fn date_orders(sample: &[Record]) -> Vec<(usize, bool)> {
    let width = sample.iter().map(|row| row.cells.len()).max().unwrap_or(0).min(MOST_CELLS);
    let cells = |column: usize| sample.iter().filter_map(move |row| row.cells.get(column)).map(cell_text);
    (0..width).filter_map(|column| Some((column, month_first(cells(column))?))).collect()
}
