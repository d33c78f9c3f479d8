//! Leads as lines of text.

use leadwright_domain::{
    exports::{Column, ExportFormat, Names},
    leads::Lead,
    text::guarded,
};
use leadwright_persistence::CommandError;
use serde_json::{Map, Value};

use super::failed;

/// By this, spreadsheets know UTF-8.
const MARK: &str = "\u{feff}";

/// The headings, where the format has a line for them. They stand in quotes, so that readers that guess see which are used.
pub(super) fn heading(format: ExportFormat, columns: &[Column]) -> Result<Vec<u8>, CommandError> {
    if format == ExportFormat::Ndjson {
        return Ok(Vec::new());
    }
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(MARK.as_bytes().to_vec());
    writer.write_record(columns.iter().map(|column| guarded(column.name()).into_owned())).map_err(failed)?;
    writer.into_inner().map_err(failed)
}

/// The lines of some leads.
pub(super) fn lines(
    format: ExportFormat,
    columns: &[Column],
    names: &Names,
    leads: &[Lead],
) -> Result<Vec<u8>, CommandError> {
    if format == ExportFormat::Ndjson {
        return leads.iter().try_fold(Vec::new(), |mut lines, lead| {
            serde_json::to_writer(&mut lines, &object(columns, names, lead)).map_err(failed)?;
            lines.push(b'\n');
            Ok(lines)
        });
    }
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for lead in leads {
        for column in columns {
            let value = column.value(lead, names);
            writer.write_field(guarded(&column.text(&value)).as_bytes()).map_err(failed)?;
        }
        writer.write_record(None::<&[u8]>).map_err(failed)?;
    }
    writer.into_inner().map_err(failed)
}

/// A lead as an object. What it lacks is left out, unless an import would fill in a default.
fn object(columns: &[Column], names: &Names, lead: &Lead) -> Map<String, Value> {
    let member = |column: &Column| (column.name().to_owned(), column.value(lead, names), column.tells_of_nothing());
    let members = columns.iter().map(member).filter(|(_, value, always)| *always || !value.is_null());
    members.map(|(name, value, _)| (name, value)).collect()
}
