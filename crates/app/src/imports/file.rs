//! The rows of a spooled file, in order, from a checkpoint on.

use std::{collections::VecDeque, io::Read, sync::Arc};

use flate2::read::GzDecoder;
use leadwright_domain::imports::Import;
use leadwright_persistence::{DbError, Reader};

use super::rows::{Record, Rows};

/// Reads a spooled file.
pub(super) struct File {
    reader: Reader,
    import: Arc<Import>,
    rows: Rows,
    chunk: u64,
    ready: VecDeque<Record>,
    passed: u64,
    position: u64,
    over: bool,
}

impl File {
    /// The rows of an import's file.
    pub(super) fn open(reader: Reader, import: Arc<Import>) -> Self {
        let rows = Rows::of(&import.file, &import.header);
        Self { reader, import, rows, chunk: 0, ready: VecDeque::new(), passed: 0, position: 0, over: false }
    }

    /// The next rows with their positions, behind the first `from`; none when the file is over.
    ///
    /// # Errors
    /// The database failed, or the file is kept no longer.
    pub(super) async fn next(&mut self, from: u64, most: usize) -> Result<Vec<(u64, Record)>, DbError> {
        let mut rows = Vec::new();
        while rows.len() < most {
            let Some(record) = self.ready.pop_front() else {
                if self.over {
                    break;
                }
                self.read_on().await?;
                continue;
            };
            if self.passed < self.import.file.before {
                self.passed += 1;
                continue;
            }
            let position = self.position;
            self.position += 1;
            if position >= from {
                rows.push((position, record));
            }
        }
        Ok(rows)
    }

    /// How many hundredths of the file have been read.
    pub(super) fn percent(&self) -> u64 {
        (self.chunk * 100).checked_div(self.import.file.chunks).unwrap_or(100)
    }

    async fn read_on(&mut self) -> Result<(), DbError> {
        if self.chunk == self.import.file.chunks {
            self.over = true;
            self.ready.extend(self.rows.push(b"", true));
            return Ok(());
        }
        let kept = self.reader.imports().chunk(self.import.id, self.chunk).await?;
        let kept = kept.ok_or_else(|| DbError::corrupt("a part of an import's file is gone"))?;
        let mut piece = Vec::new();
        GzDecoder::new(kept.as_slice()).read_to_end(&mut piece).map_err(DbError::corrupt)?;
        self.chunk += 1;
        self.ready.extend(self.rows.push(&piece, false));
        Ok(())
    }
}
