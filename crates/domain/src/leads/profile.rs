//! What is known of a person and their company, and how two such records become one.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use super::fields::Profile;

/// Whether a value says nothing.
pub(crate) trait Blank {
    fn is_blank(&self) -> bool;
}
impl<T> Blank for Option<T> {
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}
impl<T> Blank for Vec<T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}
impl<K, V> Blank for BTreeMap<K, V> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}
impl Blank for Map<String, Value> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl Profile {
    /// The forms as given follow the fields they belong to.
    pub(crate) fn copy_given(&mut self, name: &str, from: &Self) {
        match name {
            "email" => self.email_given.clone_from(&from.email_given),
            "phone" => self.phone_given.clone_from(&from.phone_given),
            "seniority" => self.seniority_given = from.seniority_given,
            _ => {}
        }
    }
}
