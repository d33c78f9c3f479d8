//! A file that one writes and another reads while it grows.

use std::{
    fs::File,
    io::{self, Read, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::stream;
use tokio::sync::watch;

use super::Pieces;

/// How much is read at a time.
const PIECE: usize = 128 * 1024;

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// So many bytes are there, and more will come.
    Growing(u64),
    /// It is whole and has so many bytes.
    Whole(u64),
    /// It will never be whole.
    Broken,
}

/// For how long a reader may take nothing of what is there for it: whoever is away longer asks again.
const IDLE: Duration = Duration::from_secs(60);

/// How much was taken, and when something last was, in milliseconds since the beginning.
#[derive(Debug)]
struct Taken {
    began: Instant,
    bytes: AtomicU64,
    at: AtomicU64,
}

impl Taken {
    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn touch(&self) {
        self.at.store(self.now(), Ordering::Relaxed);
    }
}

/// The end that writes.
pub(super) struct Spool {
    file: Arc<File>,
    written: u64,
    progress: watch::Sender<Progress>,
    taken: Arc<Taken>,
    idle: Duration,
}

impl Spool {
    /// A new file, which goes away with its last reader, and what it holds as it grows.
    ///
    /// # Errors
    /// There is no room for it.
    pub(super) fn new() -> io::Result<(Self, Pieces)> {
        let named = tempfile::NamedTempFile::new()?;
        let reader = named.reopen()?;
        let (file, path) = named.into_parts();
        // Its name goes at once, so that nothing is left behind however the process ends.
        drop(path);
        let (progress, watched) = watch::channel(Progress::Growing(0));
        let taken = Arc::new(Taken { began: Instant::now(), bytes: AtomicU64::new(0), at: AtomicU64::new(0) });
        let pieces = pieces(reader, watched, Arc::clone(&taken));
        Ok((Self { file: Arc::new(file), written: 0, progress, taken, idle: IDLE }, pieces))
    }

    /// Whether nobody reads any more.
    pub(super) fn is_left(&self) -> bool {
        self.progress.is_closed() || self.is_idle()
    }

    /// Whether there is something, be it the end, that the reader has not come for in all this time.
    pub(super) fn is_idle(&self) -> bool {
        let waits = Duration::from_millis(self.taken.now().saturating_sub(self.taken.at.load(Ordering::Relaxed)));
        let is_whole = matches!(*self.progress.borrow(), Progress::Whole(_));
        (is_whole || !self.is_all_taken()) && waits >= self.idle
    }

    fn is_all_taken(&self) -> bool {
        self.taken.bytes.load(Ordering::Relaxed) >= self.written
    }

    /// Waits until nobody reads any more.
    pub(super) async fn left(&self) {
        while !self.is_left() {
            let _ = tokio::time::timeout(self.idle / 4, self.progress.closed()).await;
        }
    }

    /// Adds to the file.
    ///
    /// # Errors
    /// The disk is full, or broken.
    pub(super) async fn write(&mut self, piece: Vec<u8>) -> io::Result<()> {
        let (file, length) = (Arc::clone(&self.file), piece.len() as u64);
        tokio::task::spawn_blocking(move || (&*file).write_all(&piece)).await.map_err(io::Error::other)??;
        // Whoever had everything waited for this.
        if self.is_all_taken() {
            self.taken.touch();
        }
        self.written += length;
        self.progress.send_replace(Progress::Growing(self.written));
        Ok(())
    }

    /// The file itself, for whoever writes it as a whole.
    pub(super) fn file(&self) -> Arc<File> {
        Arc::clone(&self.file)
    }

    /// Takes the file as it is.
    ///
    /// # Errors
    /// The disk is broken.
    pub(super) fn measure(&mut self) -> io::Result<()> {
        self.written = self.file.metadata()?.len();
        self.taken.touch();
        Ok(())
    }

    /// Says that the file is whole.
    pub(super) fn finish(&self) {
        self.taken.touch();
        self.progress.send_replace(Progress::Whole(self.written));
    }

    /// Says that it never will be, and frees what it took.
    pub(super) fn give_up(&self) {
        self.progress.send_replace(Progress::Broken);
        // It goes away with its reader in any case; this only makes it sooner.
        let _ = self.file.set_len(0);
    }
}

/// What a file holds, as it grows.
fn pieces(reader: File, watched: watch::Receiver<Progress>, taken: Arc<Taken>) -> Pieces {
    let begin = Some((reader, watched, 0_u64, taken));
    Box::pin(stream::unfold(begin, |at| async move {
        let (reader, mut watched, read, taken) = at?;
        loop {
            let progress = *watched.borrow_and_update();
            let there = match progress {
                Progress::Growing(there) | Progress::Whole(there) => there,
                Progress::Broken => return Some((Err(broken()), None)),
            };
            if read < there {
                let (reader, piece) = match next(reader, there - read).await {
                    Ok(next) => next,
                    Err(error) => return Some((Err(error), None)),
                };
                let read = read + piece.len() as u64;
                taken.bytes.store(read, Ordering::Relaxed);
                taken.touch();
                return Some((Ok(piece), Some((reader, watched, read, taken))));
            }
            if matches!(progress, Progress::Whole(_)) {
                return None;
            }
            if watched.changed().await.is_err() {
                return Some((Err(broken()), None));
            }
        }
    }))
}

async fn next(mut reader: File, left: u64) -> io::Result<(File, Vec<u8>)> {
    let most = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
    let read = move || {
        let mut piece = vec![0; most];
        reader.read_exact(&mut piece)?;
        Ok((reader, piece))
    };
    tokio::task::spawn_blocking(read).await.map_err(io::Error::other)?
}

fn broken() -> io::Error {
    io::Error::other("the export was broken off")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use futures_util::StreamExt;

    use super::*;

    #[tokio::test]
    async fn what_is_written_is_read_and_nothing_half_looks_whole() {
        let (mut spool, mut pieces) = Spool::new().unwrap();
        spool.write(b"one".to_vec()).await.unwrap();
        assert_eq!(pieces.next().await.unwrap().unwrap(), b"one");
        spool.write(vec![7; PIECE + 1]).await.unwrap();
        assert_eq!(pieces.next().await.unwrap().unwrap().len(), PIECE);
        assert_eq!(pieces.next().await.unwrap().unwrap(), [7]);
        assert!(!spool.is_left());
        spool.finish();
        assert!(pieces.next().await.is_none() && spool.is_left());

        // Whoever has all that there is waits, and whoever does not come for the rest is away.
        let (mut spool, mut pieces) = Spool::new().unwrap();
        spool.idle = Duration::from_millis(40);
        spool.write(b"one".to_vec()).await.unwrap();
        assert!(pieces.next().await.unwrap().is_ok());
        tokio::time::sleep(spool.idle * 2).await;
        assert!(!spool.is_left());
        spool.write(b"two".to_vec()).await.unwrap();
        assert!(!spool.is_left());
        spool.left().await;
        assert!(spool.is_idle());
        spool.give_up();
        assert!(pieces.next().await.unwrap().is_err());

        for give_up in [true, false] {
            let (mut spool, mut pieces) = Spool::new().unwrap();
            spool.write(b"half".to_vec()).await.unwrap();
            assert!(pieces.next().await.unwrap().is_ok());
            if give_up {
                spool.give_up();
            }
            drop(spool);
            assert!(pieces.next().await.unwrap().is_err());
            assert!(pieces.next().await.is_none());
        }
    }
}
