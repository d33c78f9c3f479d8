//! What is lacking or doubtful in the data of leads: questions, each of which is a condition.

use serde_json::{Value, json};

/// Something that may be wrong with leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// A stable word.
    pub code: &'static str,
    /// The field that it is about.
    pub field: &'static str,
    /// What it means, for people.
    pub meaning: &'static str,
    /// The condition that such leads fulfil.
    pub condition: Value,
}

/// The fields whose blanks are counted, in the order in which they are shown.
pub const COUNTED: &[&str] = &[
    "contact_name",
    "email",
    "phone",
    "company_name",
    "job_title",
    "industry",
    "company_size",
    "website",
    "country",
    "city",
    "language",
];

/// The leads in which a field holds nothing.
pub fn blank(field: &str) -> Value {
    json!({"field": field, "op": "exists", "value": false})
}

/// What addresses begin with that somebody made up.
const MADE_UP: &[&str] =
    &["test@", "none@", "na@", "noemail@", "no-email@", "nomail@", "asdf", "noreply@", "no-reply@", "x@"];

/// What addresses begin with that are a company's.
const SHARED: &[&str] =
    &["info@", "office@", "sales@", "contact@", "kontakt@", "admin@", "support@", "hello@", "mail@"];

/// What is written where a name is demanded.
const NO_NAME: &[&str] =
    &["test", "test test", "unknown", "none", "n/a", "na", "-", "x", "xx", "xxx", "asdf", "anonymous"];

/// What is written where a company is demanded.
const NO_COMPANY: &[&str] = &["test", "unknown", "none", "n/a", "na", "-", "x", "xx", "xxx", "asdf", "private", "self"];

/// What is asked of leads besides.
pub fn doubts() -> Vec<Doubt> {
    let is = |field: &str, words: &[&str]| json!({"field": field, "op": "in", "value": words});
    let starts = |words: &[&str]| {
        let starts = |word: &&str| json!({"field": "email", "op": "starts_with", "value": word});
        json!({"any": words.iter().map(starts).collect::<Vec<_>>()})
    };
    let doubt = |code, field, meaning, condition| Doubt { code, field, meaning, condition };
    vec![
        doubt(
            "no_way_to_reach",
            "email",
            "Neither an e-mail address nor a phone number that can be called.",
            json!({"all": [blank("email"), blank("phone")]}),
        ),
        doubt("placeholder_email", "email", "An address that somebody made up to get through a form.", starts(MADE_UP)),
        doubt("shared_mailbox", "email", "An address of a company, and not of a person.", starts(SHARED)),
        doubt("placeholder_name", "contact_name", "A name that is none.", is("contact_name", NO_NAME)),
        doubt(
            "name_is_an_address",
            "contact_name",
            "An e-mail address where the name should be.",
            json!({"field": "contact_name", "op": "contains", "value": "@"}),
        ),
        doubt("placeholder_company", "company_name", "A company that is none.", is("company_name", NO_COMPANY)),
    ]
}

#[cfg(test)]
mod tests {
    use super::{COUNTED, blank, doubts};
    use crate::condition::{Catalogue, Condition};

    #[test]
    fn every_question_is_a_condition() {
        let catalogue = Catalogue::new(&[]);
        for condition in COUNTED.iter().map(|field| blank(field)).chain(doubts().into_iter().map(|one| one.condition)) {
            assert_eq!(Condition::parse(&condition, &catalogue).map(drop), Ok(()), "{condition}");
        }
    }
}
