//! Salesforce web-to-lead: the generated HTML form, posted here instead. Where it wants the browser to go is not followed:
//! anybody can write that; the form's own `redirect_url` counts.

use serde_json::Value;

use super::{
    Adapter, Delivery, flat,
    look::{alike, is_yes, member, origin, text},
    unknown_shape,
};
use crate::{fault::Fault, text::currency};

/// What tells Salesforce how to take the form in, and nothing about the person.
const NOT_ANSWERS: &[&str] = &[
    "oid",
    "retURL",
    "debug",
    "debugEmail",
    "encoding",
    "captcha_settings",
    "g-recaptcha-response",
    "submit",
    "external",
    "Campaign_ID",
    "member_status",
    "recordType",
    "orgid",
    "emailOptOut",
    "doNotCall",
];

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    let Value::Object(members) = body else {
        return Err(unknown_shape(Adapter::SalesforceWebToLead, "the fields of an HTML form"));
    };
    let mut delivery = flat::delivery(members, NOT_ANSWERS);
    name_the_currency(&mut delivery);
    delivery.origin = origin(
        body,
        &[
            ("organization", &["oid", "orgid"]),
            ("campaign_id", &["Campaign_ID"]),
            ("member_status", &["member_status"]),
            ("record_type", &["recordType"]),
            ("return_url", &["retURL"]),
        ],
    );
    for (box_, field) in [("emailOptOut", "email_opt_out"), ("doNotCall", "do_not_call")] {
        if is_yes(member(body, &[box_])) {
            delivery.answer([field], None, &"yes".into());
        }
    }
    Ok(vec![delivery])
}

/// Organizations with several currencies ask for that of the revenue in an input of its own.
fn name_the_currency(delivery: &mut Delivery) {
    let place = |name: &str| delivery.answers.iter().position(|one| one.names.iter().any(|known| alike(known, name)));
    let (Some(asked), Some(revenue)) = (place("currency"), place("revenue")) else { return };
    let said = |at: usize| text(&delivery.answers[at].value).unwrap_or_default();
    let (Some(code), amount) = (currency(said(asked).trim()), said(revenue)) else { return };
    if amount.bytes().all(|byte| byte.is_ascii_digit() || b"., ".contains(&byte)) {
        delivery.answers[revenue].value = format!("{amount} {code}").into();
        delivery.answers.remove(asked);
    }
}
