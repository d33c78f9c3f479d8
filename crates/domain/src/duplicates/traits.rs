//! What of a lead tells who it is, made comparable once.

use super::{IdentityKeys, nicknames::full_name};
use crate::{
    leads::Profile,
    text::{company_key, domain_of, is_free_mail, name_key, registrable_domain, url_domain},
};

/// What of a lead tells who it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// The exact keys.
    pub keys: IdentityKeys,
    /// The words of the name, folded, first name first.
    pub(super) name: Vec<String>,
    /// The first name without its short form, where that is wanted.
    pub(super) called: Option<String>,
    /// The company.
    pub(super) company: Option<String>,
    /// What stands before the `@`, without dots and what follows a `+`.
    pub(super) mailbox: Option<String>,
    /// What stands behind the `@`.
    pub(super) mail_domain: Option<String>,
    /// The registered domain of the company: of a website, or of an address that not everybody can have.
    pub(super) domain: Option<String>,
    /// The digits of the phone number.
    pub(super) digits: Option<String>,
}

impl Traits {
    /// The traits of a profile; with `nicknames`, Bob and Robert are one name.
    pub fn of(profile: &Profile, nicknames: bool) -> Self {
        let name: Vec<String> = profile
            .contact_name
            .as_deref()
            .map(name_key)
            .unwrap_or_default()
            .split_whitespace()
            .map(Into::into)
            .collect();
        let called = name.first().filter(|_| nicknames).map(|first| full_name(first).to_owned());
        let keys = IdentityKeys::of(profile);
        let mail_domain = keys.email_key.as_deref().and_then(domain_of).map(ToOwned::to_owned);
        let of_company = mail_domain.as_deref().filter(|domain| !is_free_mail(domain)).and_then(registrable_domain);
        let of_website = || profile.website.as_deref().and_then(url_domain);
        let digits = profile.phone.as_deref().or(profile.phone_given.as_deref()).map(digits_of);
        Self {
            mailbox: keys.email_key.as_deref().map(mailbox).filter(|mailbox| !mailbox.is_empty()),
            domain: of_company.map(ToOwned::to_owned).or_else(of_website),
            mail_domain,
            called: called.or_else(|| name.first().cloned()),
            company: profile.company_name.as_deref().map(company_key).filter(|key| !key.is_empty()),
            digits: digits.filter(|digits| digits.len() >= TAIL),
            name,
            keys,
        }
    }

    /// Whether anything of it says who somebody is, and not only where they work.
    pub fn tells_who(&self) -> bool {
        self.keys != IdentityKeys::default() || !self.name.is_empty()
    }

    /// The family name, where there are at least two words.
    pub(super) fn family(&self) -> Option<&str> {
        self.name.last().filter(|_| self.name.len() > 1).map(String::as_str)
    }

    /// The last digits of the phone number: those that are the same however the number was written.
    pub(super) fn tail(&self) -> Option<&str> {
        self.digits.as_deref().and_then(|digits| digits.get(digits.len() - TAIL..))
    }
}

/// How many of the last digits of a phone number have to be the same.
const TAIL: usize = 7;

fn digits_of(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// `jane.doe+news` is the box of `janedoe`.
fn mailbox(address: &str) -> String {
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
    let plain = local.split_once('+').map_or(local, |(plain, _)| plain);
    plain.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}
