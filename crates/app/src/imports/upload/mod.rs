//! Taking a file in while it arrives: hashed, unpacked, compressed and kept part by part, so that memory does not grow
//! with it.

mod alphabets;
mod encoding;
mod shape;
mod spool;
mod tables;
mod unpack;
mod workbook;

use std::io::{Seek, Write};

use leadwright_domain::{
    fault::{Fault, Refusal},
    ids::ImportId,
    imports::{Encoding, FileShape, Format, Warning, Warnings},
};
use leadwright_persistence::{Call, CommandError, DbError};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use self::{
    spool::{Forget, Spool},
    unpack::Unpack,
};
use crate::App;

/// How many bytes tell what kind of file it is.
const TELLING: usize = 8;

/// How files of other kinds begin: PDF, pictures, and what other programs have packed.
const FOREIGN: &[&[u8]] = &[
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"SQLite f",
    b"\x7fELF",
    b"\0\0\0",
];

/// What the caller knows of a file; the rest is found out.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What kind it is.
    pub format: Option<Format>,
    /// How its bytes stand for text.
    pub encoding: Option<Encoding>,
    /// What whoever sends it says of that, which programs often say without knowing.
    pub charset: Option<Encoding>,
    /// What separates its cells.
    pub delimiter: Option<char>,
    /// What encloses its cells, or that nothing does.
    pub quote: Option<Option<char>>,
    /// The sheet of a workbook: its name or number.
    pub sheet: Option<String>,
    /// The row with the headings, from 1; 0 where there is none.
    pub header_row: Option<u64>,
}

/// A file that is arriving.
pub struct Upload {
    spool: Spool,
    known: Known,
    bytes: u64,
    digest: Sha256,
    unpack: Option<Unpack>,
    packed: bool,
    /// The first bytes, until there are enough to tell what kind of file it is.
    head: Vec<u8>,
    told: bool,
    /// A workbook, which can be read only when it is whole.
    book: Option<std::fs::File>,
}

/// A file that has arrived and is kept.
#[derive(Clone, Debug)]
pub struct Spooled {
    /// The id that its import gets.
    pub id: ImportId,
    /// How it is written.
    pub file: FileShape,
    /// The headings of its columns; none where the file has no row.
    pub header: Vec<String>,
    /// SHA-256 of its bytes as they were sent.
    pub digest: [u8; 32],
}

impl Upload {
    /// Begins to take a file in.
    pub fn begin(app: &App, call: Call, known: Known) -> Self {
        Self {
            spool: Spool::begin(app, call),
            known,
            bytes: 0,
            digest: Sha256::new(),
            unpack: None,
            packed: false,
            head: Vec::new(),
            told: false,
            book: None,
        }
    }

    /// The id that its import gets.
    pub const fn id(&self) -> ImportId {
        self.spool.id
    }

    /// Takes what has arrived.
    ///
    /// # Errors
    /// It can't be read, or the database failed.
    pub async fn push(&mut self, piece: &[u8]) -> Result<(), CommandError> {
        self.digest.update(piece);
        self.bytes += piece.len() as u64;
        if self.unpack.is_none() && !self.told {
            self.head.extend_from_slice(piece);
            if self.head.len() < TELLING {
                return Ok(());
            }
            let head = std::mem::take(&mut self.head);
            self.packed = Unpack::is_packed(&head);
            if !self.packed {
                return self.plain(&head).await;
            }
            return self.unpacked(Some(Unpack::new()), &head).await;
        }
        match self.unpack.take() {
            Some(unpack) => self.unpacked(Some(unpack), piece).await,
            None => self.plain(piece).await,
        }
    }

    async fn unpacked(&mut self, unpack: Option<Unpack>, piece: &[u8]) -> Result<(), CommandError> {
        let Some(mut unpack) = unpack else { return Ok(()) };
        let plain = unpack.push(piece)?;
        self.unpack = Some(unpack);
        self.plain(&plain).await
    }

    /// Takes a piece of the file itself.
    async fn plain(&mut self, piece: &[u8]) -> Result<(), CommandError> {
        if self.told {
            return self.keep(piece).await;
        }
        self.head.extend_from_slice(piece);
        if self.head.len() < TELLING {
            return Ok(());
        }
        self.tell().await
    }

    /// Finds out what kind of file it is, and keeps what was held back.
    async fn tell(&mut self) -> Result<(), CommandError> {
        let head = std::mem::take(&mut self.head);
        self.told = true;
        if workbook::may_be_one(&head) {
            self.book = Some(tempfile::tempfile().map_err(|error| DbError::Other(error.to_string()))?);
        } else if is_utf_32(&head) {
            let detail = "This is UTF-32; save the file as UTF-8.";
            return Err(Refusal::invalid(vec![Fault::at_pointer("#", "unreadable_format", detail)]).into());
        } else if FOREIGN.iter().any(|mark| head.starts_with(mark)) || Unpack::is_packed(&head) {
            return Err(foreign().into());
        }
        self.keep(&head).await
    }

    async fn keep(&mut self, piece: &[u8]) -> Result<(), CommandError> {
        match &mut self.book {
            Some(book) => Ok(book.write_all(piece).map_err(|error| DbError::Other(error.to_string()))?),
            None => self.spool.push(piece).await,
        }
    }

    /// The file is whole. What was found wrong with its cells comes with it.
    ///
    /// # Errors
    /// It can't be read, or the database failed.
    pub async fn finish(mut self) -> Result<(Spooled, Warnings), CommandError> {
        if let Some(unpack) = self.unpack.take() {
            let rest = unpack.finish()?;
            self.plain(&rest).await?;
        }
        if !self.told {
            self.tell().await?;
        }
        let sheet = match self.book.take() {
            Some(book) => Some(self.read_book(book).await?),
            None => None,
        };
        self.spool.finish().await?;
        let digest: [u8; 32] = self.digest.clone().finalize().into();
        let mut warnings = sheet.as_ref().map(|sheet| sheet.warnings.clone()).unwrap_or_default();
        let spooled = shape::of(self, sheet, digest).await?;
        if spooled.file.mixed {
            let detail = format!(
                "Some lines are UTF-8 and the others {}: each was read as what it is. Look whether letters are right.",
                spooled.file.encoding
            );
            warnings.insert("mixed_encodings".to_owned(), Warning { count: 1, lines: Vec::new(), detail });
        }
        Ok((spooled, warnings))
    }

    /// Keeps the rows of a workbook's sheet instead of the workbook.
    async fn read_book(&mut self, mut book: std::fs::File) -> Result<workbook::Sheet, CommandError> {
        book.rewind().map_err(|error| DbError::Other(error.to_string()))?;
        let (sender, mut pieces) = mpsc::channel(2);
        let wanted = self.known.sheet.clone();
        let may_choose = self.known.header_row.is_none();
        let reading = tokio::task::spawn_blocking(move || {
            workbook::read(book, wanted.as_deref(), may_choose, |piece| sender.blocking_send(piece).is_ok())
        });
        let mut kept = Ok(());
        while let Some(piece) = pieces.recv().await {
            kept = self.spool.push(&piece).await;
            if kept.is_err() {
                break;
            }
        }
        drop(pieces);
        let read = reading.await.map_err(|error| DbError::Other(error.to_string()))?;
        kept?;
        Ok(read?)
    }

    /// Throws away what was kept.
    ///
    /// # Errors
    /// The database failed.
    pub async fn discard(app: &App, call: Call, id: ImportId) -> Result<(), CommandError> {
        app.db.write(call, Forget(id)).await
    }
}

/// Whether a file that begins so has four bytes for each character.
fn is_utf_32(head: &[u8]) -> bool {
    let plain = |low: usize| {
        head.len() >= 8
            && head[..8].chunks(4).all(|four| four.iter().enumerate().all(|(at, byte)| (at == low) == (*byte != 0)))
    };
    head.starts_with(b"\xff\xfe\0\0") || head.starts_with(b"\0\0\xfe\xff") || plain(0) || plain(3)
}

fn foreign() -> Refusal {
    let detail =
        "Send CSV, lines of JSON or a workbook (.xlsx, .ods, .xls), or gzip of one; other formats can't be read.";
    Refusal::invalid(vec![Fault::at_pointer("#", "unreadable_format", detail)])
}
