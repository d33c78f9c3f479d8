//! A file in compressed parts, in the database: on whatever node its import goes on, it is there.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use leadwright_domain::ids::{Id, ImportId};
use leadwright_persistence::{Call, Command, CommandError, DbError, Tx};
use uuid::Uuid;

use crate::App;

/// How large a part is before it is compressed.
pub(super) const PART: usize = 256 * 1024;

/// How many bytes of lines that are not plain are kept for guessing.
const TELLING: usize = 64 * 1024;

/// Keeps a file part by part.
pub(super) struct Spool {
    pub(super) app: App,
    pub(super) call: Call,
    pub(super) id: ImportId,
    part: Vec<u8>,
    /// The first part, for guessing how the file is written.
    beginning: Vec<u8>,
    /// Lines with bytes beyond ASCII, wherever in the file.
    telling: Vec<u8>,
    pub(super) parts: u64,
    utf8: Utf8Check,
}

impl Spool {
    pub(super) fn begin(app: &App, call: Call) -> Self {
        Self {
            app: app.clone(),
            call,
            id: Id::from_uuid(Uuid::now_v7()),
            part: Vec::with_capacity(PART),
            beginning: Vec::new(),
            telling: Vec::new(),
            parts: 0,
            utf8: Utf8Check::default(),
        }
    }

    pub(super) async fn push(&mut self, mut piece: &[u8]) -> Result<(), CommandError> {
        self.utf8.push(piece);
        while !piece.is_empty() {
            let fits = (PART - self.part.len()).min(piece.len());
            self.part.extend_from_slice(&piece[..fits]);
            piece = &piece[fits..];
            if self.part.len() == PART {
                self.keep().await?;
            }
        }
        Ok(())
    }

    /// Keeps what is left: the file is whole.
    pub(super) async fn finish(&mut self) -> Result<(), CommandError> {
        if !self.part.is_empty() || self.parts == 0 {
            self.keep().await?;
        }
        Ok(())
    }

    /// The first part of a file that is whole.
    pub(super) fn beginning(&self) -> &[u8] {
        &self.beginning
    }

    /// Lines that tell how bytes stand for letters.
    pub(super) fn telling(&self) -> &[u8] {
        &self.telling
    }

    /// Whether all of it is UTF-8, but for a flaw here and there.
    pub(super) fn is_utf8(&self) -> bool {
        self.utf8.is_likely()
    }

    /// Whether part of it is UTF-8 and part is not: two files that were put together.
    pub(super) fn is_mixed(&self) -> bool {
        self.utf8.is_mixed()
    }

    /// Whether anything in it is no UTF-8.
    pub(super) const fn is_flawed(&self) -> bool {
        self.utf8.broken > 0 || !self.utf8.open.is_empty()
    }

    async fn keep(&mut self) -> Result<(), CommandError> {
        let part = std::mem::replace(&mut self.part, Vec::with_capacity(PART));
        if self.parts == 0 {
            self.beginning.clone_from(&part);
        }
        for line in part.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
            let room = TELLING - self.telling.len();
            self.telling.extend_from_slice(&line[..room.min(line.len())]);
        }
        let packed = tokio::task::spawn_blocking(move || packed(&part)).await.map_err(DbError::corrupt)?;
        let data = packed.map_err(DbError::corrupt)?;
        let keep = Keep { import: self.id, id: Uuid::now_v7(), position: self.parts, data };
        self.app.db.write(self.call.clone(), keep).await?;
        self.parts += 1;
        Ok(())
    }
}

fn packed(part: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(part.len() / 3), Compression::fast());
    encoder.write_all(part)?;
    encoder.finish()
}

/// Keeps a part.
struct Keep {
    import: ImportId,
    id: Uuid,
    position: u64,
    data: Vec<u8>,
}

#[async_trait::async_trait]
impl Command for Keep {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        Ok(tx.imports().spool(self.import, self.id, self.position, &self.data).await?)
    }
}

/// Throws a file away that became no import.
pub(super) struct Forget(pub(super) ImportId);

#[async_trait::async_trait]
impl Command for Forget {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        Ok(tx.imports().forget_file(self.0).await?)
    }
}

/// Whether a file is UTF-8, told piece by piece.
#[derive(Default)]
struct Utf8Check {
    /// The beginning of a character that a piece ended in.
    open: Vec<u8>,
    /// Characters of more than one byte.
    wide: u64,
    /// Bytes that belong to no character.
    broken: u64,
}

impl Utf8Check {
    fn push(&mut self, piece: &[u8]) {
        let mut bytes = std::mem::take(&mut self.open);
        bytes.extend_from_slice(piece);
        let mut left = bytes.as_slice();
        while !left.is_ascii() {
            let (good, bad) = match std::str::from_utf8(left) {
                Ok(text) => (text.len(), Some(0)),
                Err(error) => (error.valid_up_to(), error.error_len()),
            };
            // Every character of more than one byte has one that begins it.
            self.wide += left[..good].iter().filter(|byte| **byte >= 0xc0).count() as u64;
            let Some(bad) = bad else {
                self.open = left[good..].to_vec();
                return;
            };
            self.broken += u64::from(bad > 0);
            left = &left[good + bad..];
        }
    }

    /// Other encodings hit upon a character by chance now and then; UTF-8 that was mended by hand has a flaw in many.
    fn is_likely(&self) -> bool {
        let broken = self.broken + u64::from(!self.open.is_empty());
        broken * 10 <= self.wide
    }
}

impl Utf8Check {
    /// Whether characters of UTF-8 are too many for chance beside bytes that are none.
    fn is_mixed(&self) -> bool {
        !self.is_likely() && self.wide > 2 && self.wide * 4 >= self.broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_utf8(pieces: &[&[u8]]) -> bool {
        let mut check = Utf8Check::default();
        pieces.iter().for_each(|piece| check.push(piece));
        check.is_likely()
    }

    #[test]
    fn utf8_is_told_from_other_encodings() {
        assert!(is_utf8(&[b"plain"]));
        assert!(is_utf8(&["J\u{f6}rg".as_bytes()]));
        assert!(is_utf8(&[b"J\xc3", b"\xb6rg"]));
        assert!(!is_utf8(&[b"J\xf6rg"]));
        assert!(!is_utf8(&[b"J\xc3\xb6rg and J\xf6rg"]));
        let mostly = "\u{f6}".repeat(20);
        assert!(is_utf8(&[mostly.as_bytes(), b"\xf6 one flaw"]));
        assert!(!is_utf8(&[b"ends in \xc3"]));
        let is_mixed = |bytes: &[u8]| {
            let mut check = Utf8Check::default();
            check.push(bytes);
            check.is_mixed()
        };
        assert!(is_mixed(b"Ren\xc3\xa9\nZo\xc3\xab\nM\xc3\xbcller\nJos\xe9\nZo\xeb\n"));
        assert!(!is_mixed(b"Ren\xc3\xa9\nZo\xc3\xab\nM\xc3\xbcller\n"));
        assert!(!is_mixed(b"Jos\xe9\nZo\xeb\nM\xfcller\nCAF\xc9\x96BAR\n"));
    }
}
