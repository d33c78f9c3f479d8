//! What follows from other fields: the name from its parts and back, seniority from the title.

use std::collections::BTreeSet;

use super::Profile;
use crate::text::{join_name, seniority, split_name};

impl Profile {
    /// Brings the name and its parts, and the seniority, in line after the fields in `touched` were written.
    pub fn derive(&mut self, touched: &BTreeSet<&'static str>) {
        let whole = touched.contains("contact_name");
        let (first, last) = (touched.contains("first_name"), touched.contains("last_name"));
        if whole && self.contact_name.is_some() {
            let parts = self.contact_name.as_deref().map(split_name).unwrap_or_default();
            if !first && !last {
                (self.first_name, self.last_name) = (parts.first, parts.last);
            } else if !first {
                self.first_name = self.first_name.take().or(parts.first);
            } else if !last {
                self.last_name = self.last_name.take().or(parts.last);
            }
        } else if first || last {
            self.contact_name = join_name(self.first_name.as_deref(), self.last_name.as_deref());
        }
        self.derive_seniority();
    }

    /// The seniority of the title, unless one was given.
    pub fn derive_seniority(&mut self) {
        if !self.seniority_given {
            self.seniority = Some(seniority(self.job_title.as_deref().unwrap_or_default()));
        }
    }
}
