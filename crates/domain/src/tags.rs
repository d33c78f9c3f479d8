//! The catalogue of tags: names and colours to choose from. Leads carry tags as plain words, listed here or not.

use crate::{ids::TagId, text::fold};

/// A tag that a person is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Which.
    pub id: TagId,
    /// Counts changes.
    pub version: i64,
    /// The word on the lead.
    pub name: String,
    /// Its colour, `#rrggbb`.
    pub color: Option<String>,
}

/// The form in which names are unique: case, accents and spaces don't tell tags apart.
pub fn key(name: &str) -> String {
    fold(name)
}
