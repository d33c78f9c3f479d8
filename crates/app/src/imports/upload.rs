//! Taking a file in while it arrives: hashed, compressed and kept part by part, so that memory does not grow with it.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use leadwright_domain::{
    ids::{Id, ImportId},
    imports::{Encoding, FileShape, detect_delimiter, detect_encoding},
};
use leadwright_persistence::{Call, Command, CommandError, DbError, Tx};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{heading, records::Records};
use crate::App;

/// How large a part is before it is compressed.
const PART: usize = 256 * 1024;

/// A file that is arriving.
pub struct Upload {
    app: App,
    call: Call,
    id: ImportId,
    part: Vec<u8>,
    /// The first part, for guessing how the file is written.
    beginning: Vec<u8>,
    parts: u64,
    bytes: u64,
    digest: Sha256,
    utf8: Utf8Check,
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
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
}

impl Upload {
    /// Begins to take a file in.
    pub fn begin(app: &App, call: Call) -> Self {
        Self {
            app: app.clone(),
            call,
            id: Id::from_uuid(Uuid::now_v7()),
            part: Vec::with_capacity(PART),
            beginning: Vec::new(),
            parts: 0,
            bytes: 0,
            digest: Sha256::new(),
            utf8: Utf8Check::default(),
        }
    }

    /// Takes what has arrived.
    ///
    /// # Errors
    /// The database failed.
    pub async fn push(&mut self, mut piece: &[u8]) -> Result<(), CommandError> {
        self.digest.update(piece);
        self.bytes += piece.len() as u64;
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

    /// The id that its import gets.
    pub const fn id(&self) -> ImportId {
        self.id
    }

    /// How many bytes have arrived.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The first bytes that arrived.
    pub fn beginning(&self) -> &[u8] {
        if self.parts == 0 { &self.part } else { &self.beginning }
    }

    /// The file is whole. What the caller knows of it wins over what it looks like.
    ///
    /// # Errors
    /// The database failed.
    pub async fn finish(
        mut self,
        encoding: Option<Encoding>,
        delimiter: Option<char>,
    ) -> Result<Spooled, CommandError> {
        if !self.part.is_empty() || self.parts == 0 {
            self.keep().await?;
        }
        let encoding = encoding.unwrap_or_else(|| detect_encoding(&self.beginning, self.utf8.is_whole()));
        let text = text_of(&self.beginning, encoding);
        let delimiter =
            delimiter.or_else(|| heading::named_delimiter(&text)).unwrap_or_else(|| detect_delimiter(&text));
        let mut records = Records::new(encoding, delimiter);
        let header = heading::find(&records.push(&self.beginning, self.parts == 1));
        let digest: [u8; 32] = self.digest.finalize().into();
        let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let file = FileShape { bytes: self.bytes, sha256, chunks: self.parts, encoding, delimiter };
        Ok(Spooled { id: self.id, file, header, digest })
    }

    /// Throws away what was kept.
    ///
    /// # Errors
    /// The database failed.
    pub async fn discard(app: &App, call: Call, id: ImportId) -> Result<(), CommandError> {
        app.db.write(call, Forget(id)).await
    }

    async fn keep(&mut self) -> Result<(), CommandError> {
        let part = std::mem::replace(&mut self.part, Vec::with_capacity(PART));
        if self.parts == 0 {
            self.beginning.clone_from(&part);
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

fn text_of(beginning: &[u8], encoding: Encoding) -> String {
    let encoding = encoding_rs::Encoding::for_label(encoding.as_str().as_bytes()).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(beginning).0.into_owned()
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
struct Forget(ImportId);

#[async_trait::async_trait]
impl Command for Forget {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        Ok(tx.imports().forget_file(self.0).await?)
    }
}

/// Whether all of a file is UTF-8, told piece by piece.
#[derive(Default)]
struct Utf8Check {
    /// The beginning of a character that a piece ended in.
    open: Vec<u8>,
    broken: bool,
}

impl Utf8Check {
    fn push(&mut self, piece: &[u8]) {
        if self.broken {
            return;
        }
        let mut bytes = std::mem::take(&mut self.open);
        bytes.extend_from_slice(piece);
        if let Err(error) = std::str::from_utf8(&bytes) {
            self.broken = error.error_len().is_some();
            self.open = bytes.split_off(error.valid_up_to());
        }
    }

    fn is_whole(&self) -> bool {
        !self.broken && self.open.is_empty()
    }
}
