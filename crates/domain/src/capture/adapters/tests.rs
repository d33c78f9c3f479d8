mod ads;
mod builders;
mod nasty;
mod questions;
mod real;
mod sites;
mod whose;

use serde_json::Value;

use super::{Adapter, Delivery, GenericMapping, json_body, read};
use crate::{
    capture::FormSettings,
    leads::{CustomFieldDef, InputRules, Mode, Occasion, Parsed, parse_as_said},
};

/// The deliveries of a body.
fn deliveries(adapter: Adapter, body: &Value) -> Vec<Delivery> {
    // As they travel: written, then read.
    read(adapter, &json_body(&body.to_string()).unwrap(), &GenericMapping::default()).unwrap()
}

/// The only delivery of a body.
fn one(adapter: Adapter, body: &Value) -> Delivery {
    let mut found = deliveries(adapter, body);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// The lead that a delivery would be, by a form without settings.
fn lead_of(delivery: &Delivery) -> Parsed {
    lead_by(delivery, &FormSettings::default(), &[])
}

fn lead_by(delivery: &Delivery, settings: &FormSettings, custom: &[CustomFieldDef]) -> Parsed {
    let rules = InputRules {
        mode: Mode::Lenient,
        occasion: Occasion::Create,
        default_region: "US",
        country: None,
        base_currency: "USD",
        custom,
    };
    let (inputs, warnings) = settings.inputs(delivery.fields(settings, custom), custom);
    let inputs = inputs.iter().map(|input| ((input.name.as_str(), input.target.as_ref(), &input.value), input.said));
    let mut parsed = parse_as_said(inputs, &rules);
    parsed.warnings.extend(warnings);
    parsed
}

/// Name, address, number, company.
fn person(parsed: &Parsed) -> [&str; 4] {
    let profile = &parsed.profile;
    [&profile.contact_name, &profile.email, &profile.phone, &profile.company_name]
        .map(|part| part.as_deref().unwrap_or_default())
}
