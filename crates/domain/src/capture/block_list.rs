//! Whose posts an organization does not want: addresses, domains, networks, words (spec CAP-3).

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::collections::HashMap;

use serde_json::{Value, json};

use super::Suspicion;
use crate::{
    choices,
    ids::BlockEntryId,
    leads::RawLead,
    text::{Complaint, clean_line, domain_key, email_key, fold},
    time::Instant,
};

choices! {
    /// What an entry of the block list names.
    BlockKind {
        /// An e-mail address.
        Email = "email",
        /// The domain of e-mail addresses, with those below it.
        Domain = "domain",
        /// An internet address or a network in CIDR notation.
        Network = "network",
        /// A word or a phrase, anywhere in what is posted.
        Word = "word",
    }
}

/// An entry of the block list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockEntry {
    /// Which.
    pub id: BlockEntryId,
    /// What it names.
    pub kind: BlockKind,
    /// The name, normalized.
    pub value: String,
    /// Why, for people.
    pub note: Option<String>,
    /// Since when.
    pub created_at: Instant,
}

impl BlockKind {
    /// The name as it is compared.
    ///
    /// # Errors
    /// It is no such name.
    pub fn normalized(self, written: &str) -> Result<String, Complaint> {
        let text = clean_line(written);
        match self {
            Self::Email => match text.split_once('@') {
                Some((name, domain)) if !name.is_empty() && is_domain(domain) => Ok(text.to_lowercase()),
                _ => Err(Complaint::new("invalid_email", "Give an e-mail address, such as spam@example.com")),
            },
            Self::Domain => {
                let domain = text.trim_start_matches('@').to_lowercase();
                let detail = "Give a domain, such as example.com; those below it are meant, too";
                let below = domain.strip_prefix("*.").filter(|domain| is_domain(domain));
                let wrong = || Complaint::new("invalid_domain", detail).suggesting(below);
                if is_domain(&domain) { Ok(domain) } else { Err(wrong()) }
            }
            Self::Network => match network(&text) {
                Some((base, length)) if length == width(base) => Ok(base.to_string()),
                Some((base, length)) => Ok(format!("{base}/{length}")),
                None => Err(Complaint::new(
                    "invalid_network",
                    "Give an address or a network, such as 203.0.113.7 or 2001:db8::/32",
                )),
            },
            Self::Word => match fold(&text) {
                word if word.chars().count() < 3 => {
                    Err(Complaint::new("too_short", "Give a word or phrase of at least 3 characters"))
                }
                word => Ok(word),
            },
        }
    }
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| !label.is_empty() && !label.chars().any(|c| c.is_whitespace() || "/@:?#*".contains(c));
    domain.contains('.') && domain.len() <= 253 && domain.split('.').all(label)
}

const fn width(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// Reads an address or a network; what lies below its length is cut off.
fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length.parse::<u8>().ok()?)),
        None => (text, None),
    };
    let address: IpAddr = address.trim().parse().ok()?;
    let length = length.unwrap_or(width(address));
    (length <= width(address)).then(|| (cut(address, length), length))
}

/// The network of this length that an address is in.
fn cut(address: IpAddr, length: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0);
            Ipv4Addr::from_bits(address.to_bits() & mask).into()
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(length)).unwrap_or(0);
            Ipv6Addr::from_bits(address.to_bits() & mask).into()
        }
    }
}

/// The block list, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct BlockList {
    emails: HashMap<String, BlockEntryId>,
    domains: HashMap<String, BlockEntryId>,
    networks: Vec<(IpAddr, u8, BlockEntryId)>,
    words: Vec<(String, BlockEntryId)>,
}

impl FromIterator<BlockEntry> for BlockList {
    fn from_iter<I: IntoIterator<Item = BlockEntry>>(entries: I) -> Self {
        let mut list = Self::default();
        for entry in entries {
            match entry.kind {
                BlockKind::Email => drop(list.emails.insert(email_key(&entry.value), entry.id)),
                BlockKind::Domain => drop(list.domains.insert(domain_key(&entry.value).into_owned(), entry.id)),
                BlockKind::Network => {
                    list.networks.extend(network(&entry.value).map(|(base, length)| (base, length, entry.id)));
                }
                BlockKind::Word => list.words.push((entry.value, entry.id)),
            }
        }
        list
    }
}

impl BlockList {
    /// What of a post is on the list; of each kind the first.
    pub fn finds(&self, posted: &RawLead, address: Option<IpAddr>) -> Vec<Suspicion> {
        let mut found: Vec<Suspicion> = address.and_then(|address| self.network_of(address)).into_iter().collect();
        if self.emails.is_empty() && self.domains.is_empty() && self.words.is_empty() {
            return found;
        }
        let mut texts = Vec::new();
        posted.values().for_each(|value| texts_of(value, &mut texts));
        found.extend(texts.iter().find_map(|text| self.email_of(text)));
        if !self.words.is_empty() {
            let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
            let said = |word: &str| folded.iter().any(|text| contains_word(text, word));
            let word = self.words.iter().find(|(word, _)| said(word));
            found.extend(word.map(|(word, id)| blocked("blocked_word", id, word)));
        }
        found
    }

    fn network_of(&self, address: IpAddr) -> Option<Suspicion> {
        let address = address.to_canonical();
        let inside = |(base, length, _): &&(IpAddr, u8, BlockEntryId)| {
            base.is_ipv4() == address.is_ipv4() && cut(address, *length) == *base
        };
        let (base, length, id) = self.networks.iter().find(inside)?;
        Some(blocked("blocked_address", id, &format!("{base}/{length}")))
    }

    fn email_of(&self, text: &str) -> Option<Suspicion> {
        let email = email_key(&text.trim().to_lowercase());
        let (_, domain) = email.rsplit_once('@').filter(|_| !email.contains(char::is_whitespace))?;
        if let Some(id) = self.emails.get(&email) {
            return Some(blocked("blocked_email", id, &email));
        }
        let mut domain = domain.trim_end_matches('.');
        loop {
            if let Some(id) = self.domains.get(domain) {
                return Some(blocked("blocked_domain", id, domain));
            }
            domain = domain.split_once('.')?.1;
        }
    }
}

fn blocked(code: &'static str, id: &BlockEntryId, value: &str) -> Suspicion {
    Suspicion::new(code, json!({"entry_id": id, "value": value}))
}

fn texts_of<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(values) => values.iter().for_each(|value| texts_of(value, texts)),
        Value::Object(members) => members.values().for_each(|value| texts_of(value, texts)),
        _ => {}
    }
}

/// Whether a word stands in a text, not as a part of another word.
fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
