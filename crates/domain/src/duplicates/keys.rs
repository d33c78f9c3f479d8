//! By what a person is recognized, and what is done then.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    choices,
    leads::Profile,
    text::{company_key, email_key, name_key},
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
        let words = |name: &'_ str| name.split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>();
        let names = self.name_key.as_deref().zip(other.name_key.as_deref());
        names.is_some_and(|(one, other)| words(one).is_disjoint(&words(other)))
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
