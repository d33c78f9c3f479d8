//! Values as other programs write them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};

use super::{tests::*, *};
use crate::leads::{
    Status,
    parts::{Channel, ConsentState},
};

/// What a form or file says of somebody who has an address.
fn lenient(mut raw: Value) -> Parsed {
    raw.as_object_mut().unwrap().entry("E-Mail").or_insert(json!("jane@example.com"));
    read(Mode::Lenient, raw)
}

#[test]
fn an_amount_that_may_be_thousands_is_asked_about() {
    let revenue = |raw: Value| {
        let parsed = lenient(raw);
        (parsed.profile.annual_revenue.map(|money| money.amount), codes(&parsed.warnings).pop().map(|(_, code)| code))
    };
    let doubt = Some("ambiguous_number".to_owned());
    assert_eq!(revenue(json!({ "Revenue": "12.500" })), (Some(1_250), doubt));
    assert_eq!(revenue(json!({ "Revenue": "12.500 €" })), (Some(1_250_000), None));
    assert_eq!(revenue(json!({ "Revenue": "12.500", "Country": "Deutschland" })), (Some(1_250_000), None));
    assert_eq!(revenue(json!({ "Revenue": 12.125, "Country": "Deutschland" })), (Some(1_212), None), "a number is one");
    assert_eq!(revenue(json!({ "Revenue": "1.2E7" })), (Some(1_200_000_000), None));
}

#[test]
fn a_status_that_refuses_withdraws_consent() {
    let state = |raw: Value, channel: Channel| lenient(raw).profile.consent.get(&channel).map(|consent| consent.state);
    let (withdrawn, granted) = (Some(ConsentState::Withdrawn), Some(ConsentState::Granted));
    for raw in [
        json!({ "OPTIN_TIME": "2024-05-06 10:00:00", "Status": "unsubscribed" }),
        json!({ "Status": "Cleaned", "OPTIN_TIME": "2024-05-06 10:00:00" }),
    ] {
        assert_eq!((state(raw.clone(), Channel::Email), state(raw, Channel::Phone)), (withdrawn, None));
    }
    assert_eq!(state(json!({ "OPTIN_TIME": "2024-05-06 10:00:00", "Status": "subscribed" }), Channel::Email), granted);
    let parsed = lenient(json!({ "Status": "Do Not Contact" }));
    assert!(Channel::ALL.iter().all(|channel| parsed.profile.consent[channel].state == ConsentState::Withdrawn));
    assert_eq!((parsed.command.status, parsed.unknown["Status"].clone()), (None, json!("Do Not Contact")));
    assert_eq!(codes(&parsed.warnings), [("#/Status".to_owned(), "invalid_choice".to_owned())]);
    assert!(parsed.warnings[0].detail.contains("refusal"));
    let parsed = lenient(json!({ "Status": "Kontaktiert" }));
    assert_eq!((parsed.command.status, parsed.warnings), (Some(Status::Contacted), vec![]));
}
