//! What is known of a person and their company, and how two such records become one.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::parts::Touch;

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

/// The most touches that are kept, the first and the last included.
pub const MOST_TOUCHES: usize = 50;

impl Profile {
    /// Whether all that is known of the name is that of the company: mostly it was made from that.
    pub fn is_named_after_company(&self) -> bool {
        self.contact_name == self.company_name && self.first_name.is_none() && self.last_name.is_none()
    }

    /// Every touch that is kept, oldest first.
    pub fn touches(&self) -> Vec<&Touch> {
        let mut touches: Vec<&Touch> = Vec::new();
        for touch in self.first_touch.iter().chain(&self.touches_between).chain(&self.last_touch) {
            if !touches.contains(&touch) {
                touches.push(touch);
            }
        }
        // What a person or a program set as the first need not be older than the others.
        if touches.iter().all(|touch| touch.at.is_some()) {
            touches.sort_by_key(|touch| touch.at);
        }
        touches
    }

    /// Adds a touch: it is the last one from here on, unless it is known to be older; one that is older than the first is
    /// the first. One that is known already is not added again; where there are too many, the oldest after the first goes.
    pub(crate) fn touched(&mut self, touch: &Touch) {
        if self.touches().contains(&touch) {
            return;
        }
        let older = |known: &Option<Touch>| {
            known.as_ref().and_then(|known| known.at).zip(touch.at).is_some_and(|(known, at)| at < known)
        };
        let between = if older(&self.first_touch) {
            let known = self.first_touch.replace(touch.clone());
            let last = self.last_touch.take().or_else(|| known.clone());
            self.last_touch = last;
            known
        } else if older(&self.last_touch) {
            Some(touch.clone())
        } else {
            self.last_touch.replace(touch.clone())
        };
        let ends = [self.first_touch.as_ref(), self.last_touch.as_ref()];
        if let Some(between) = between.filter(|between| !ends.contains(&Some(between))) {
            let place = self.touches_between.partition_point(|known| known.at <= between.at);
            self.touches_between.insert(place, between);
        }
        let most = MOST_TOUCHES.saturating_sub(2);
        if self.touches_between.len() > most {
            self.touches_between.drain(..self.touches_between.len() - most);
        }
    }

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
