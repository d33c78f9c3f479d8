//! Values as other programs write them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};

use super::{tests::*, *};

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
