//! The containers in which old workbooks come: streams in chains of sectors.

use std::collections::HashSet;

/// Sectors from here on are none.
const NO_SECTOR: u32 = 0xffff_fffa;

/// A container.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    /// The size of a sector as a power of two.
    shift: u32,
    /// The sector after each.
    next: Vec<u32>,
    entries: Vec<Entry>,
    /// The sectors of small streams.
    small: Vec<u8>,
    small_next: Vec<u32>,
    /// From which size on a stream is not small.
    large: usize,
}

struct Entry {
    name: String,
    first: u32,
    size: usize,
}

impl<'a> Compound<'a> {
    /// Reads what is in it; nothing where that can't be made out.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 0x1e)?);
        if !(9..=12).contains(&shift) {
            return None;
        }
        let mut file = Self {
            bytes,
            shift,
            next: Vec::new(),
            entries: Vec::new(),
            small: Vec::new(),
            small_next: Vec::new(),
            large: usize::try_from(u32_at(bytes, 0x38)?).ok()?,
        };
        let mut tables: Vec<u32> = (0..109).filter_map(|place| u32_at(bytes, 0x4c + 4 * place)).collect();
        let (mut more, mut seen) = (u32_at(bytes, 0x44)?, HashSet::new());
        while more < NO_SECTOR && seen.insert(more) {
            let mut listed = numbers(file.sector(more)?);
            more = listed.pop()?;
            tables.extend(listed);
        }
        let most = bytes.len() >> shift;
        for table in tables.into_iter().filter(|table| *table < NO_SECTOR).take(most) {
            file.next.extend(numbers(file.sector(table)?));
        }
        let folder = file.chain(u32_at(bytes, 0x30)?, usize::MAX)?;
        for entry in folder.chunks_exact(128) {
            let length = usize::from(u16_at(entry, 64)?.saturating_sub(2)).min(62);
            let name: Vec<u16> = (0..length / 2).filter_map(|place| u16_at(entry, 2 * place)).collect();
            let (first, size) = (u32_at(entry, 116)?, usize::try_from(u32_at(entry, 120)?).ok()?);
            if entry.get(66) == Some(&5) {
                file.small = file.chain(first, size)?;
            }
            file.entries.push(Entry { name: String::from_utf16_lossy(&name), first, size });
        }
        let small_next = u32_at(bytes, 0x3c)?;
        if small_next < NO_SECTOR {
            file.small_next = numbers(&file.chain(small_next, usize::MAX)?);
        }
        Some(file)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// A stream by its name.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.size >= self.large {
            return self.chain(entry.first, entry.size);
        }
        let (mut whole, mut sector, mut seen) = (Vec::new(), entry.first, HashSet::new());
        while sector < NO_SECTOR && whole.len() < entry.size && seen.insert(sector) {
            let begin = usize::try_from(sector).ok()?.checked_mul(64)?;
            whole.extend_from_slice(self.small.get(begin..self.small.len().min(begin.checked_add(64)?))?);
            sector = *self.small_next.get(usize::try_from(sector).ok()?)?;
        }
        whole.truncate(entry.size);
        Some(whole)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let begin = (usize::try_from(number).ok()?.checked_add(1)?).checked_mul(1 << self.shift)?;
        // The last one may be cut short.
        self.bytes.get(begin..self.bytes.len().min(begin.checked_add(1 << self.shift)?))
    }

    /// The sectors that follow each other from this one on.
    fn chain(&self, first: u32, size: usize) -> Option<Vec<u8>> {
        let (mut whole, mut sector, mut seen) = (Vec::new(), first, HashSet::new());
        while sector < NO_SECTOR && whole.len() < size && seen.insert(sector) {
            whole.extend_from_slice(self.sector(sector)?);
            sector = *self.next.get(usize::try_from(sector).ok()?)?;
        }
        whole.truncate(size);
        Some(whole)
    }
}

fn numbers(sector: &[u8]) -> Vec<u32> {
    (0..sector.len() / 4).filter_map(|place| u32_at(sector, 4 * place)).collect()
}

pub(super) fn u16_at(bytes: &[u8], place: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(place..place.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], place: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(place..place.checked_add(4)?)?.try_into().ok()?))
}
