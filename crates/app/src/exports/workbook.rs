//! Workbooks: every cell is a number, a truth value or text, never a formula or a link.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    sync::Arc,
};

use leadwright_domain::{
    exports::{Column, Names},
    fault::{At, Fault, Refusal},
    leads::Lead,
    text::{doubled, is_formula},
};
use leadwright_persistence::CommandError;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use serde_json::Value;
use tokio::sync::mpsc;

use super::{
    Pieces, Running, failed,
    pages::{Page, Pages},
    spool::Spool,
};

/// How many leads a sheet holds, the headings not counted.
pub(super) const MOST_ROWS: u64 = 1_048_575;
/// The longest text of a cell, in UTF-16 units.
const LONGEST_CELL: usize = 32_767;
/// How many pages may wait to be written.
const AHEAD: usize = 2;

impl Running {
    /// Writes a workbook and hands it out when it is whole. Whoever goes away meanwhile ends it.
    pub(super) async fn workbook(mut self, mut pages: Pages, first: Page) -> Result<Pieces, CommandError> {
        let (send, pages_to_write) = mpsc::channel(AHEAD);
        let (columns, names) = (Arc::clone(&self.columns), Arc::clone(&self.names));
        let columns_at = self.export.columns_at.clone();
        let (mut spool, pieces) = Spool::new().map_err(failed)?;
        let file = spool.file();
        let book = tokio::task::spawn_blocking(move || book(&columns, &columns_at, &names, pages_to_write, &file));
        let mut page = first;
        loop {
            let Page { leads, more } = page;
            self.rows += leads.len() as u64;
            // If nobody takes it, the book has failed, and says why.
            if send.send(Some(leads)).await.is_err() || !more {
                break;
            }
            page = pages.next().await?;
        }
        let _ = send.send(None).await;
        pages.snapshot.end().await?;
        let book = book.await.map_err(failed)?;
        self.record(book.is_ok()).await?;
        book?;
        spool.measure().map_err(failed)?;
        spool.finish();
        tokio::spawn(self.wait(spool));
        Ok(pieces)
    }
}

/// Writes a workbook. Its rows go to a file of their own on the way, so that memory does not grow with them.
fn book(
    columns: &[Column],
    columns_at: &At,
    names: &Names,
    mut pages: mpsc::Receiver<Option<Vec<Lead>>>,
    file: &File,
) -> Result<(), CommandError> {
    let mut book = Workbook::new();
    let text = Format::new().set_quote_prefix();
    let sheet = book.add_worksheet_with_constant_memory().map_err(failed)?;
    sheet.set_name("Leads").map_err(failed)?;
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    let bold = Format::new().set_bold();
    for (column, place) in columns.iter().zip(0..) {
        sheet.write_string_with_format(0, place, column.name(), &bold).map_err(failed)?;
    }
    let mut row = 0;
    loop {
        let Some(page) = pages.blocking_recv() else { return Err(failed("nobody waits for the workbook any more")) };
        let Some(leads) = page else { break };
        for lead in &leads {
            row += 1;
            for (column, place) in columns.iter().zip(0..) {
                let value = column.value(lead, names);
                write(sheet, (row, place), column, &value, &text)
                    .map_err(|error| refused(&error, (column, columns_at), lead))?;
            }
        }
    }
    let mut out = BufWriter::new(file);
    book.save_to_writer(&mut out).map_err(failed)?;
    out.flush().map_err(failed)
}

/// Writes a cell. Text that begins like a formula is marked as text: no program runs it, and it shows as it is.
fn write(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    column: &Column,
    value: &Value,
    as_text: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Null => {}
        Value::Bool(truth) => _ = sheet.write_boolean(row, place, *truth)?,
        Value::Number(number) => match number.as_f64().filter(|float| float.abs() < 9.0e15) {
            Some(float) => _ = sheet.write_number(row, place, float)?,
            None => _ = sheet.write_string(row, place, number.to_string())?,
        },
        other => {
            let text = column.text(other);
            let text = doubled(&text);
            if text.encode_utf16().count() > LONGEST_CELL {
                return Err(XlsxError::MaxStringLengthExceeded);
            }
            if is_formula(&text) {
                sheet.write_string_with_format(row, place, text, as_text)?;
            } else {
                sheet.write_string(row, place, text)?;
            }
        }
    }
    Ok(())
}

fn refused(error: &XlsxError, (column, at): (&Column, &At), lead: &Lead) -> CommandError {
    if !matches!(error, XlsxError::MaxStringLengthExceeded) {
        return failed(error);
    }
    let detail = format!(
        "`{}` of lead {} is longer than a cell of a workbook can be; ask for `csv` or `ndjson`, or leave the column out.",
        column.name(),
        lead.id
    );
    Refusal::invalid(vec![Fault { at: at.clone(), ..Fault::in_field("", "cell_too_long", detail) }]).into()
}
