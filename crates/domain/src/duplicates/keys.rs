//! By what a person is recognized, and what is done then.

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
}

impl IdentityKeys {
    /// The name, as it is compared; only where the company is known, too.
    pub fn name(&self) -> Option<&str> {
        Some(self.person_key.as_ref()?.rsplit_once('|')?.1)
    }

    /// The keys of a profile.
    pub fn of(profile: &Profile) -> Self {
        let company = profile.company_name.as_deref().map(company_key).filter(|key| !key.is_empty());
        let name = profile.contact_name.as_deref().map(name_key).filter(|key| !key.is_empty());
        Self {
            email_key: profile.email.as_deref().map(email_key),
            phone_key: profile.phone.clone(),
            person_key: company.zip(name).map(|(company, name)| format!("{company}|{name}")),
        }
    }
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
