//! What follows from other fields: the name from its parts and back, seniority from the title.

use std::collections::BTreeSet;

use super::Profile;
use crate::text::{is_east_asian, join_name, seniority, split_name};

/// The most characters of a part of a name.
const LONGEST_PART: usize = 100;

impl Profile {
    /// Brings the name and its parts, and the seniority, in line after the fields in `touched` were written.
    pub fn derive(&mut self, touched: &BTreeSet<&'static str>) {
        let whole = touched.contains("contact_name");
        let (first, last) = (touched.contains("first_name"), touched.contains("last_name"));
        if let Some(name) = self.contact_name.as_deref().filter(|_| whole) {
            let (parts, family_first) = (split_name(name), is_east_asian(name));
            match (first, last) {
                (true, true) => {}
                (true, false) => self.last_name = rest_of(name, self.first_name.as_deref(), parts.last, !family_first),
                (false, true) => self.first_name = rest_of(name, self.last_name.as_deref(), parts.first, family_first),
                (false, false) => (self.first_name, self.last_name) = (parts.first, parts.last),
            }
            // What is made of a name fits its field, or the lead could not be written as it is read.
            for (part, given) in [(&mut self.first_name, first), (&mut self.last_name, last)] {
                part.take_if(|part| !given && part.chars().count() > LONGEST_PART);
            }
        } else if first || last {
            self.contact_name = join_name(self.first_name.as_deref(), self.last_name.as_deref());
        }
        self.derive_seniority();
    }

    /// A whole name where the first one is asked for ends with the last name that is given beside it.
    pub(super) fn split_off_last_name(&mut self) {
        let (Some(first), Some(last)) = (&self.first_name, &self.last_name) else { return };
        let rest = first.strip_suffix(last.as_str()).and_then(|rest| rest.strip_suffix(' '));
        if let Some(rest) = rest.map(str::trim).filter(|rest| !rest.is_empty()) {
            self.first_name = Some(rest.to_owned());
        }
    }

    /// The seniority of the title, unless one was given.
    pub fn derive_seniority(&mut self) {
        if !self.seniority_given {
            self.seniority = Some(seniority(self.job_title.as_deref().unwrap_or_default()));
        }
    }
}

/// The whole name without the part that is known, at its front or its end; where that is not there, what the split says.
fn rest_of(whole: &str, part: Option<&str>, split: Option<String>, in_front: bool) -> Option<String> {
    match part.and_then(|part| if in_front { whole.strip_prefix(part) } else { whole.strip_suffix(part) }) {
        Some(rest) => {
            let rest = rest.trim_matches(|c: char| c.is_whitespace() || c == ',');
            Some(rest.to_owned()).filter(|rest| !rest.is_empty())
        }
        None => split,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_is_derived_fits_its_field() {
        let named = |name: String| {
            let mut profile = Profile { contact_name: Some(name), ..Profile::default() };
            profile.derive(&BTreeSet::from(["contact_name"]));
            (profile.first_name, profile.last_name)
        };
        let (long, some) = ("x".repeat(101), |name: &str| Some(name.to_owned()));
        assert_eq!(named(format!("Ann {long}")), (some("Ann"), None));
        assert_eq!(named(format!("{long} Lee")), (None, some("Lee")));
        assert_eq!(named("Ann Lee".to_owned()), (some("Ann"), some("Lee")));
    }
}
