//! People and the teams they work in (spec PLA-3).

use super::Role;
use crate::{
    choices,
    fault::Fault,
    ids::{TeamId, UserId},
    text::{self, fold},
    time::Instant,
};

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Which.
    pub id: UserId,
    /// Counts changes.
    pub version: i64,
    /// The address they sign in with.
    pub email: String,
    /// What colleagues call them.
    pub name: String,
    /// What they are in the organization.
    pub role: Role,
    /// Whether they may sign in.
    pub active: bool,
    /// When they were added.
    pub created_at: Instant,
    /// When they were last changed.
    pub updated_at: Instant,
}

choices! {
    /// What a team is.
    TeamKind {
        /// Sells directly.
        Direct = "direct",
        /// Sells for us on its own account.
        Reseller = "reseller",
        /// An office of ours.
        Office = "office",
    }
}

/// Somebody's place in a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub user: UserId,
    /// Whether they lead the team.
    pub manages: bool,
}

/// A set of users who share leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Which.
    pub id: TeamId,
    /// Counts changes.
    pub version: i64,
    /// Its name; unique.
    pub name: String,
    /// What it is.
    pub kind: TeamKind,
    /// Who belongs to it, in the order in which they joined.
    pub members: Vec<Membership>,
}

/// An address as it is kept: without what surrounds it, in lower case.
pub fn address(email: &str) -> String {
    text::email(email).unwrap_or_else(|_| email.trim().to_lowercase())
}

/// The form in which two addresses are compared.
pub fn email_key(email: &str) -> String {
    text::email_key(&address(email))
}

/// The form in which two names are compared.
pub fn name_key(name: &str) -> String {
    fold(name)
}

/// What is wrong with an address to sign in with.
pub fn check_address(field: &str, email: &str) -> Option<Fault> {
    text::email(email).err().map(|complaint| complaint.at(format!("#/{field}")))
}

/// The fewest characters of a password.
const SHORTEST_PASSWORD: usize = 8;
/// The most characters of a password.
const LONGEST_PASSWORD: usize = 200;

/// Passwords that everybody tries first; compared in lower case.
const COMMON_PASSWORDS: &[&str] = &[
    "password",
    "password1",
    "password12",
    "password123",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "12345678",
    "123456789",
    "1234567890",
    "87654321",
    "11111111",
    "00000000",
    "88888888",
    "12341234",
    "qwertyui",
    "qwertyuiop",
    "qwerty123",
    "qwerty12",
    "1q2w3e4r",
    "1qaz2wsx",
    "abcd1234",
    "abc12345",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "trustno1",
    "welcome1",
    "letmein1",
    "changeme",
    "changeme1",
    "admin123",
    "admin1234",
    "administrator",
    "leadwright",
];

/// What is wrong with a password that somebody wants to use.
pub fn check_password(field: &str, password: &str, email: &str) -> Option<Fault> {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        let detail = format!("Choose a password of at least {SHORTEST_PASSWORD} characters.");
        return Some(Fault::in_field(field, "too_short", detail));
    }
    if length > LONGEST_PASSWORD {
        let detail = format!("Choose a password of at most {LONGEST_PASSWORD} characters.");
        return Some(Fault::in_field(field, "too_long", detail));
    }
    let (guess, address) = (password.trim().to_lowercase(), email_key(email));
    if guess == address || address.split('@').next() == Some(&guess) {
        return Some(Fault::in_field(field, "guessable", "Choose a password that is not the e-mail address."));
    }
    let mut letters = guess.chars();
    let first = letters.next();
    if COMMON_PASSWORDS.contains(&guess.as_str()) || letters.all(|letter| Some(letter) == first) {
        return Some(Fault::in_field(field, "guessable", "Everybody tries this password first; choose another."));
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn code(password: &str) -> Option<String> {
        check_password("password", password, "Ann.Smith@example.com").map(|fault| fault.code)
    }

    #[test]
    fn a_password_that_is_easily_guessed_is_refused() {
        assert_eq!(code("short12").unwrap(), "too_short");
        assert_eq!(code(&"x1".repeat(101)).unwrap(), "too_long");
        assert_eq!(code("Password1").unwrap(), "guessable");
        assert_eq!(code("ann.smith@example.com").unwrap(), "guessable");
        assert_eq!(code("Ann.Smith").unwrap(), "guessable");
        assert_eq!(code("zzzzzzzzzz").unwrap(), "guessable");
        assert_eq!(code("eight-ok"), None);
        assert_eq!(code("ünïcödé ok"), None);
    }

    #[test]
    fn an_address_is_one_that_mail_can_be_sent_to() {
        for good in ["ann@example.com", " ann@example.com ", "a+b@sub.example.co.uk"] {
            assert_eq!(check_address("email", good), None, "{good}");
        }
        for bad in ["", "ann", "ann@", "@example.com", "a b@example.com", &format!("{}@example.com", "x".repeat(250))] {
            assert_eq!(check_address("email", bad).unwrap().code, "invalid_email", "{bad}");
        }
    }
}
