//! By what a person is recognized, and what is done then.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::nicknames::is_short_form;
use crate::{
    choices,
    leads::Profile,
    text::{company_key, email_key, is_east_asian, name_key},
};

choices! {
    /// What is done with a lead that is already known.
    Policy {
        /// Refused; the answer names the known ones.
        Reject = "reject",
        /// The known one takes over what is new.
        Update = "update",
        /// The known one takes over what it lacks.
        FillBlanks = "fill_blanks",
        /// Created, and marked as a suspected duplicate.
        Flag = "flag",
        /// Created.
        Create = "create",
        /// Left out.
        Skip = "skip",
        /// The row fails.
        Fail = "fail",
    }
}

choices! {
    /// By what a known lead was recognized, the strongest first.
    MatchKind {
        /// The same id in another system.
        ExternalId = "external_id",
        /// The same e-mail address.
        Email = "email",
        /// The same phone number.
        Phone = "phone",
        /// The same company and name.
        Person = "person",
    }
}

/// The indexed keys by which a lead is recognized.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdentityKeys {
    /// The e-mail address, its domain in ASCII.
    pub email_key: Option<String>,
    /// The phone number in E.164.
    pub phone_key: Option<String>,
    /// Company and name, folded, without legal forms and titles; only where both are known.
    pub person_key: Option<String>,
    /// The name, folded, without titles. Nobody is found by it: it tells apart those who share something else.
    #[serde(default)]
    pub name_key: Option<String>,
}

impl IdentityKeys {
    /// The keys that are kept with a lead, with the name that it has.
    pub fn kept(
        email_key: Option<String>,
        phone_key: Option<String>,
        person_key: Option<String>,
        name: Option<&str>,
    ) -> Self {
        Self { email_key, phone_key, person_key, name_key: key_of_name(name) }
    }

    /// The company, as it is compared; only where the name is known, too, and not the word that stands for none.
    pub fn company(&self) -> Option<&str> {
        Some(self.person_key.as_ref()?.rsplit_once('|')?.0).filter(|company| *company != "unknown")
    }

    /// Whether both have a name, and the names have no word in common.
    pub(super) fn is_called_otherwise(&self, other: &Self) -> bool {
        let names = self.name_key.as_deref().zip(other.name_key.as_deref());
        names.is_some_and(|(one, other)| words(one).is_disjoint(&words(other)) && !is_the_same_in_one(one, other))
    }

    /// Whether both have names with a word in common, and given names that can't be one person's: a family, or two who
    /// happen to be called alike. Short forms, initials and names of which only a part is written may be anybody's.
    /// So are given names that differ by a slip of the pen.
    pub(super) fn is_namesake_of(&self, other: &Self) -> bool {
        let Some((one, other)) = self.name_key.as_deref().zip(other.name_key.as_deref()) else { return false };
        let Some((mine, theirs)) = given(one).zip(given(other)) else { return false };
        let (one, other) = (words(one), words(other));
        let (my_own, their_own) = (one.difference(&other), other.difference(&one));
        !one.is_disjoint(&other)
            && !one.contains(theirs)
            && !other.contains(mine)
            && !may_be_one_of(mine, their_own.copied())
            && !may_be_one_of(theirs, my_own.copied())
            && !is_a_slip(mine, theirs)
    }

    /// Whether both have a company, and it is the same.
    pub(super) fn has_the_company_of(&self, other: &Self) -> bool {
        self.company().is_some_and(|company| other.company() == Some(company))
    }

    /// The keys of a profile.
    pub fn of(profile: &Profile) -> Self {
        let company = profile.company_name.as_deref().map(company_key).filter(|key| !key.is_empty());
        let name = key_of_name(profile.contact_name.as_deref());
        Self {
            email_key: profile.email.as_deref().map(email_key),
            phone_key: profile.phone.clone(),
            person_key: company.zip(name.as_ref()).map(|(company, name)| format!("{company}|{name}")),
            name_key: name,
        }
    }
}

fn key_of_name(name: Option<&str>) -> Option<String> {
    name.map(name_key).filter(|key| !key.is_empty())
}

fn words(name: &str) -> BTreeSet<&str> {
    name.split_whitespace().collect()
}

/// The first given name; it stands behind the family name in East Asia.
fn given(name: &str) -> Option<&str> {
    if is_east_asian(name) { name.split_whitespace().next_back() } else { name.split_whitespace().next() }
}

/// Whether two names of East Asia differ only in the space between family and given name.
fn is_the_same_in_one(one: &str, other: &str) -> bool {
    let joined = |name: &str| name.split_whitespace().collect::<String>();
    is_east_asian(one) && joined(one) == joined(other)
}

/// Whether two names differ by one letter that was left out, mistaken or swapped with the next.
fn is_a_slip(one: &str, other: &str) -> bool {
    let (mine, theirs) = (one.chars().count(), other.chars().count());
    // Of three letters another one makes another name: Wei and Mei.
    mine.min(theirs) > if mine == theirs { 3 } else { 2 } && strsim::osa_distance(one, other) == 1
}

/// Whether a given name may be short for one of these, or one of these for it: `Bob` and `Robert`, `J` and `Jane`, `Max` and
/// `Maximilian`, `JR` and `John Robert`.
fn may_be_one_of<'a>(name: &str, mut others: impl Iterator<Item = &'a str> + Clone) -> bool {
    let begins = |short: &str, long: &str| match short.chars().count() {
        1 => long.starts_with(short),
        2 => false,
        // `Ann` and `Anna` are two names, `Hanna` and `Hannah` may be one.
        3 => long.starts_with(short) && long.chars().count() >= 6,
        _ => long.starts_with(short),
    };
    let sorted = |letters: &mut dyn Iterator<Item = char>| {
        let mut letters: Vec<char> = letters.collect();
        letters.sort_unstable();
        letters
    };
    let firsts = sorted(&mut others.clone().filter_map(|other| other.chars().next()));
    let initials = name.chars().count() == 2 && sorted(&mut name.chars()) == firsts;
    initials || others.any(|other| begins(name, other) || begins(other, name) || is_short_form(name, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(name: &str, company: &str, email: &str) -> IdentityKeys {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        IdentityKeys::of(&Profile {
            contact_name: text(name),
            company_name: text(company),
            email: text(email),
            ..Profile::default()
        })
    }

    #[test]
    fn a_person_is_recognized_through_marks_and_legal_forms() {
        assert_eq!(keys("Jane O'Neil", "Acme, Inc.", ""), keys("ONEIL, JANE", "ACME LLC", ""));
        assert_eq!(keys("Jane", "", "").person_key, None);
        assert_eq!(keys("Jane", "!!!", "").person_key, None);
        assert_eq!(keys("", "", "a@bücher.de").email_key.as_deref(), Some("a@xn--bcher-kva.de"));
    }
}
