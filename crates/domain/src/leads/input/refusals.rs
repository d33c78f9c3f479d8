//! What columns of refusals say in the words of other languages and systems.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::json;

use super::{Mode, tests::read};
use crate::leads::parts::{Channel, ConsentState};

#[test]
fn a_refusal_is_one_in_the_words_of_its_language() {
    for (heading, word, state) in [
        ("Ne pas appeler", "oui", Some(ConsentState::Withdrawn)),
        ("Não ligar", "Sim", Some(ConsentState::Withdrawn)),
        ("DND", "true", Some(ConsentState::Withdrawn)),
        ("Nie dzwonić", "nie", None),
    ] {
        let parsed = read(Mode::Lenient, json!({ "Name": "Jane", "Email": "j@example.com", (heading): word }));
        assert_eq!(parsed.profile.consent.get(&Channel::Phone).map(|consent| consent.state), state, "{heading}");
    }
}

#[test]
fn whether_mail_arrives_is_neither_refused_nor_wanted() {
    let parsed = read(Mode::Lenient, json!({ "Name": "Jane", "Email": "j@example.com", "Email Status": "Verified" }));
    assert_eq!((parsed.warnings.len(), parsed.unknown["Email Status"].as_str()), (0, Some("Verified")));
    assert!(parsed.profile.consent.is_empty());
    let parsed =
        read(Mode::Lenient, json!({ "Name": "Jane", "Email": "j@example.com", "Email Status": "Unsubscribed" }));
    let state = parsed.profile.consent.get(&Channel::Email).map(|consent| consent.state);
    assert_eq!(state, Some(ConsentState::Withdrawn));
}
