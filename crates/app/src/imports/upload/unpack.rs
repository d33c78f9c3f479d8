//! Files that come compressed.

use std::io::Write;

use flate2::write::MultiGzDecoder;
use leadwright_domain::fault::{Fault, Refusal};

/// From how many bytes on it is looked at how tightly a file is packed.
const HARMLESS: u64 = 64 * 1024 * 1024;
/// How many times its size a packed file may come to. Lists of people come to ten or twenty.
const TIGHTEST: u64 = 200;

/// Unpacks gzip piece by piece.
pub(super) struct Unpack {
    decoder: MultiGzDecoder<Vec<u8>>,
    packed: u64,
    plain: u64,
}

impl Unpack {
    /// Whether a file that begins so is gzip.
    pub(super) fn is_packed(beginning: &[u8]) -> bool {
        beginning.starts_with(b"\x1f\x8b")
    }

    pub(super) fn new() -> Self {
        Self { decoder: MultiGzDecoder::new(Vec::new()), packed: 0, plain: 0 }
    }

    /// What a piece holds.
    ///
    /// # Errors
    /// It is damaged, or packed so tightly that it is no list of people.
    pub(super) fn push(&mut self, piece: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.packed += piece.len() as u64;
        let mut plain = Vec::new();
        // Little by little: a small piece may hold a lot.
        for little in piece.chunks(4_096) {
            self.decoder.write_all(little).map_err(|_| damaged())?;
            self.plain += self.decoder.get_ref().len() as u64;
            plain.append(self.decoder.get_mut());
            if self.plain > HARMLESS && self.plain / TIGHTEST > self.packed {
                return Err(too_tight());
            }
        }
        Ok(plain)
    }

    /// What is left when the file is whole.
    ///
    /// # Errors
    /// It ends early.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        self.decoder.try_finish().map_err(|_| damaged())?;
        Ok(std::mem::take(self.decoder.get_mut()))
    }
}

fn damaged() -> Refusal {
    let detail = "The compressed file is damaged or ends early; pack it and send it again.";
    Refusal::invalid(vec![Fault::at_pointer("#", "damaged_file", detail)])
}

/// Why a file that is all repetition is not unpacked.
pub(super) fn too_tight() -> Refusal {
    let detail = "The file unpacks to more than 200 times its size; send it unpacked.";
    Refusal::invalid(vec![Fault::at_pointer("#", "packed_too_tightly", detail)])
}

#[cfg(test)]
mod tests {
    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn pieces_are_unpacked() {
        let file = [packed(b"Name,Email\n"), packed(b"Jane,jane@example.com\n")].concat();
        let mut unpack = Unpack::new();
        let mut plain: Vec<u8> = file.chunks(7).flat_map(|piece| unpack.push(piece).unwrap()).collect();
        plain.extend(unpack.finish().unwrap());
        assert_eq!(plain, b"Name,Email\nJane,jane@example.com\n");
    }

    #[test]
    fn damaged_and_hostile_files_are_refused() {
        let file = packed(&vec![b'x'; 100_000]);
        let mut unpack = Unpack::new();
        unpack.push(&file[..file.len() - 4]).unwrap();
        assert!(unpack.finish().is_err());
        assert!(Unpack::new().push(b"\x1f\x8bnonsense and more").is_err());
        let bomb = packed(&vec![0; 65 * 1024 * 1024]);
        assert!(Unpack::new().push(&bomb).is_err());
    }
}
