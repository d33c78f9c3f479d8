//! What comes of raw input.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{
    fault::At,
    ids::Id,
    leads::{
        CustomFieldKind, Demand, Priority, Seniority, Status, missing,
        parts::{Channel, ConsentState},
    },
};

fn def(key: &str, kind: CustomFieldKind, options: &[&str]) -> CustomFieldDef {
    CustomFieldDef {
        id: Id::from_uuid(Uuid::nil()),
        version: 1,
        key: key.into(),
        label: key.to_uppercase(),
        kind,
        required: false,
        default: None,
        options: options.iter().map(|option| (*option).to_owned()).collect(),
        indexed: false,
        active: true,
    }
}

pub(super) fn defs() -> Vec<CustomFieldDef> {
    vec![
        def("plan", CustomFieldKind::SingleSelect, &["Basic", "Pro Plus"]),
        def("seats", CustomFieldKind::Number, &[]),
        def("trial", CustomFieldKind::Boolean, &[]),
        def("modules", CustomFieldKind::MultiSelect, &["CRM", "ERP", "A, B"]),
        def("renewal", CustomFieldKind::Date, &[]),
    ]
}

pub(in crate::leads) fn read(mode: Mode, raw: Value) -> Parsed {
    let Value::Object(raw) = raw else { panic!("an object") };
    parse(&raw, &rules(mode, &defs()))
}

pub(in crate::leads) fn rules(mode: Mode, custom: &[CustomFieldDef]) -> InputRules<'_> {
    InputRules { mode, occasion: Occasion::Create, default_region: "US", country: None, base_currency: "USD", custom }
}

pub(super) fn codes(faults: &[Fault]) -> Vec<(String, String)> {
    let mut codes: Vec<_> = faults
        .iter()
        .map(|fault| match &fault.at {
            At::Pointer(pointer) => (pointer.clone(), fault.code.clone()),
            other => panic!("{other:?}"),
        })
        .collect();
    codes.sort();
    codes
}

#[test]
fn a_program_creates_a_full_lead() {
    let parsed = read(
        Mode::Strict,
        json!({
            "contact_name": "Jane  Doe", "email": "Jane@Example.com", "phone": "(415) 555-2671 x12", "company_name": "Acme",
            "website": "acme.com", "job_title": "VP Sales", "company_size": "50-100",
            "annual_revenue": { "amount": 125_000, "currency": "usd" }, "country": "Germany", "language": "en_us",
            "timezone": "europe/berlin", "birth_date": "1990-01-31", "latitude": 52.5, "growth_rate": 20,
            "relationship": "prospect", "purchases": [{ "product": "X", "date": "2024-01-01", "price": { "amount": 1, "currency": "EUR" } }],
            "product_interests": ["A", "a ", "B"], "tags": ["hot"], "notes": "one\r\ntwo\u{0}", "source": "website",
            "priority": "high", "status": "new", "bant": { "budget": { "state": "met", "level": 4 } },
            "custom": { "plan": "pro_plus", "seats": 5, "trial": true, "modules": ["ERP", "crm"], "renewal": "2026-01-01" },
            "consent": { "email": { "state": "granted", "at": "2024-01-01T00:00:00Z", "how": "form" } },
            "external_ids": { "crm": 17 }, "next_action": { "text": "Call" }, "last_touch": { "utm_source": "x" },
        }),
    );
    assert_eq!(codes(&parsed.faults), []);
    assert_eq!(missing(&parsed, Demand::Api, &defs()), []);
    let profile = &parsed.profile;
    assert_eq!(profile.email.as_deref(), Some("jane@example.com"));
    assert_eq!(profile.email_given.as_deref(), Some("Jane@Example.com"));
    assert_eq!(profile.phone.as_deref(), Some("+14155552671"));
    assert_eq!(profile.phone_given.as_deref(), Some("(415) 555-2671 x12"));
    assert_eq!((profile.first_name.as_deref(), profile.last_name.as_deref()), (Some("Jane"), Some("Doe")));
    assert_eq!((profile.seniority, profile.seniority_given), (Some(Seniority::Vp), false));
    assert_eq!(profile.country.as_deref(), Some("DE"));
    assert_eq!(profile.timezone.as_deref(), Some("Europe/Berlin"));
    assert_eq!(profile.website.as_deref(), Some("https://acme.com"));
    assert_eq!(profile.product_interests, ["A", "B"]);
    assert_eq!(profile.notes.as_deref(), Some("one\ntwo"));
    assert_eq!(profile.external_ids.get("crm").map(String::as_str), Some("17"));
    assert_eq!(
        Value::Object(profile.custom.clone()),
        json!({
        "plan": "Pro Plus", "seats": 5, "trial": true, "modules": ["CRM", "ERP"], "renewal": "2026-01-01" })
    );
    assert_eq!(parsed.command.source.as_deref(), Some("website"));
    assert_eq!(parsed.command.status, Some(Status::New));
    assert!(parsed.command.bant.is_some());
}

#[test]
fn a_program_is_told_every_fault_at_once_with_its_repair() {
    let parsed = read(
        Mode::Strict,
        json!({
            "contact_name": 7, "email": "jane@example,com", "phone": "12", "birth_date": "31.01.1990", "priority": "hgh",
            "country": "Germny", "company_size": "100-50", "annual_revenue": "$5M", "latitude": 91, "score": 5,
            "company": "Acme", "tags": "a,b", "consent": { "email": { "state": "granted", "when": 1 }, "fax": {} },
            "custom": { "plan": "prp plus", "nope": 1, "seats": "5" }, "owner_id": "me", "next_action": {}, "bant": { "need": { "clear": 1 } },
        }),
    );
    assert_eq!(
        codes(&parsed.faults),
        [
            ("#/annual_revenue", "wrong_type"),
            ("#/bant/need/clear", "wrong_type"),
            ("#/birth_date", "invalid_date"),
            ("#/company", "unknown_field"),
            ("#/company_size", "invalid_range"),
            ("#/consent/email/when", "unknown_field"),
            ("#/consent/fax", "unknown_field"),
            ("#/contact_name", "wrong_type"),
            ("#/country", "invalid_country"),
            ("#/custom/nope", "unknown_field"),
            ("#/custom/plan", "invalid_choice"),
            ("#/custom/seats", "wrong_type"),
            ("#/email", "invalid_email"),
            ("#/latitude", "out_of_range"),
            ("#/next_action/text", "required"),
            ("#/owner_id", "invalid_id"),
            ("#/phone", "invalid_phone"),
            ("#/priority", "invalid_choice"),
            ("#/score", "read_only"),
            ("#/tags", "wrong_type"),
        ]
        .map(|(at, code)| (at.to_owned(), code.to_owned()))
    );
    let repair = |name: &str| {
        parsed
            .faults
            .iter()
            .find(|fault| fault.at == At::Pointer(format!("#/{name}")))
            .unwrap()
            .suggestion
            .clone()
            .unwrap()
    };
    assert_eq!(repair("email"), "jane@example.com");
    assert_eq!(repair("birth_date"), "1990-01-31");
    assert_eq!(repair("priority"), "high");
    assert_eq!(repair("country"), "DE");
    assert_eq!(repair("company"), "company_name");
    assert_eq!(repair("custom/plan"), "Pro Plus");
    assert_eq!(repair("annual_revenue"), json!({ "amount": 500_000_000, "currency": "USD" }));
}

#[test]
fn what_is_missing_is_told_once() {
    let parsed = read(Mode::Strict, json!({ "email": "nope", "contact_name": "" }));
    let all: Vec<Fault> = [parsed.faults.clone(), missing(&parsed, Demand::Api, &[])].concat();
    assert_eq!(
        codes(&all),
        [
            ("#/company_name", "required"),
            ("#/contact_name", "required"),
            ("#/email", "invalid_email"),
            ("#/priority", "required"),
            ("#/source", "required"),
        ]
        .map(|(at, code)| (at.to_owned(), code.to_owned()))
    );
    let bare = read(Mode::Lenient, json!({ "Name": "Jane" }));
    assert_eq!(codes(&missing(&bare, Demand::Capture, &[])), [("#/email".to_owned(), "required".to_owned())]);
}

#[test]
fn status_and_owner_have_ways_of_their_own_once_a_lead_exists() {
    let raw = json!({ "status": "contacted", "owner_id": Uuid::nil(), "city": "Berlin" });
    let rules = InputRules { occasion: Occasion::Change, ..rules(Mode::Strict, &[]) };
    let parsed = parse(raw.as_object().unwrap(), &rules);
    assert_eq!(
        codes(&parsed.faults),
        [("#/owner_id", "read_only"), ("#/status", "read_only")].map(|(at, code)| (at.to_owned(), code.to_owned()))
    );
}

#[test]
fn a_form_is_understood() {
    let parsed = read(
        Mode::Lenient,
        json!({
            "your-name": "JANE DOE", "your-email": " JANE@EXAMPLE.COM ", "Phone Number": 14_155_552_671_u64, "Company*": "Acme",
            "employees": "50 to 100", "Revenue": "$1.2M", "interested in": "A; B;a", "Lead Source": "Web", "Lead Status": "Working",
            "utm_source": "google", "gclid": "g1", "Do Not Call": "yes", "urgency": "Urgent", "PLAN": "basic", "seats": "1,000",
            "honeypot\u{0}": "x\u{0}", "DOB": "1/31/1990", "Email 2": "other@example.com",
        }),
    );
    assert_eq!((codes(&parsed.faults), codes(&parsed.warnings)), (vec![], vec![]));
    let profile = &parsed.profile;
    assert_eq!(profile.contact_name.as_deref(), Some("Jane Doe"));
    assert_eq!(profile.email.as_deref(), Some("jane@example.com"));
    assert_eq!(profile.phone.as_deref(), Some("+14155552671"));
    assert_eq!(profile.company_size.unwrap().to_string(), "50-100");
    assert_eq!(profile.annual_revenue.as_ref().unwrap().amount, 120_000_000);
    assert_eq!(profile.product_interests, ["A", "B"]);
    assert_eq!(profile.priority, Some(Priority::Critical));
    assert_eq!(profile.first_touch, profile.last_touch);
    assert_eq!(profile.last_touch.as_ref().unwrap().utm_source.as_deref(), Some("google"));
    assert_eq!(profile.consent[&Channel::Phone].state, ConsentState::Withdrawn);
    assert_eq!(Value::Object(profile.custom.clone()), json!({ "plan": "Basic", "seats": 1000 }));
    assert_eq!(parsed.command.source.as_deref(), Some("Web"));
    assert_eq!(parsed.command.status, Some(Status::Contacted));
    assert_eq!(Value::Object(parsed.unknown), json!({ "honeypot": "x", "Email 2": "other@example.com" }));
}

#[test]
fn what_does_not_fit_is_set_aside_and_the_lead_is_kept() {
    let parsed = read(
        Mode::Lenient,
        json!({
            "name": "Jane", "email": "jane@example.com", "phone": "call me", "country": "Atlantis", "website": "not a site",
            "company": "x".repeat(300), "birthday": "soon",
        }),
    );
    assert_eq!(codes(&parsed.faults), []);
    assert_eq!(
        codes(&parsed.warnings).into_iter().map(|(_, code)| code).collect::<Vec<_>>(),
        ["invalid_date", "too_long", "invalid_country", "invalid_phone", "invalid_url"]
    );
    assert_eq!((parsed.profile.phone, parsed.profile.phone_given.as_deref()), (None, Some("call me")));
    assert_eq!(parsed.profile.company_name.map(|name| name.len()), Some(200));
    assert_eq!(parsed.unknown["country"], "Atlantis");
}

#[test]
fn somebody_must_stay_reachable() {
    let parsed = read(Mode::Lenient, json!({ "name": "Jane", "email": "nope", "phone": "12" }));
    assert_eq!(
        codes(&parsed.faults),
        [("#/email", "invalid_email"), ("#/phone", "invalid_phone")].map(|(at, code)| (at.to_owned(), code.to_owned()))
    );
    let parsed = read(Mode::Lenient, json!({ "name": "Jane", "email": "nope", "phone": "+14155552671" }));
    assert_eq!((codes(&parsed.faults), parsed.unknown["email"].clone()), (vec![], json!("nope")));
}

#[test]
fn what_nobody_chose_is_nothing() {
    let parsed = read(
        Mode::Lenient,
        json!({
            "name": "Null", "company": "Select", "email": "a@example.com", "industry": "Select", "city": "N/A", "phone": "-",
        }),
    );
    assert_eq!((parsed.faults, parsed.warnings), (vec![], vec![]));
    let profile = parsed.profile;
    assert_eq!((profile.contact_name.as_deref(), profile.company_name.as_deref()), (Some("Null"), Some("Select")));
    assert_eq!((profile.industry, profile.city, profile.phone_given), (None, None, None));
}

#[test]
fn a_second_address_stands_in_for_a_bad_first_one() {
    let parsed = read(Mode::Lenient, json!({ "name": "Jane", "Email 1": "nope", "Email 2": "jane@example.com" }));
    assert_eq!(codes(&parsed.warnings), [("#/Email 1".to_owned(), "invalid_email".to_owned())]);
    assert_eq!(parsed.profile.email.as_deref(), Some("jane@example.com"));
    assert_eq!(parsed.unknown["Email 1"], "nope");
}

#[test]
fn an_explicit_mapping_wins_over_the_heading() {
    let (value, other) = (json!("Jane Doe"), json!("jane@example.com"));
    let (name, email) = (Target::Field("contact_name"), Target::Field("email"));
    let inputs = [("Email", Some(&name), &value), ("Whatever", Some(&email), &other), ("Phone", None, &value)];
    let parsed = parse_mapped(inputs, &rules(Mode::Lenient, &[]));
    assert_eq!(parsed.profile.contact_name.as_deref(), Some("Jane Doe"));
    assert_eq!(parsed.profile.email.as_deref(), Some("jane@example.com"));
    assert_eq!(parsed.unknown["Phone"], "Jane Doe");
}

#[test]
fn blank_parts_say_nothing_beside_a_whole_name() {
    for mode in [Mode::Strict, Mode::Lenient] {
        for blank in [json!(null), json!(" ")] {
            let parsed = read(
                mode,
                json!({ "contact_name": "Jane Doe", "first_name": blank, "last_name": blank, "email": "j@example.com" }),
            );
            assert_eq!(parsed.profile.first_name.as_deref(), Some("Jane"), "{mode:?}");
            assert_eq!(parsed.profile.last_name.as_deref(), Some("Doe"), "{mode:?}");
        }
    }
}

#[test]
fn a_number_that_is_none_of_the_region_is_of_the_country_that_the_input_names() {
    for mode in [Mode::Strict, Mode::Lenient] {
        let of = |phone: &str, country: &str| {
            let parsed = read(mode, json!({ "contact_name": "Hans Meier", "phone": phone, "country": country }));
            parsed.profile.phone
        };
        assert_eq!(of("030 901820", "Germany").as_deref(), Some("+4930901820"));
        assert_eq!(of("020 7946 0018", "GB").as_deref(), Some("+442079460018"));
        assert_eq!(
            of("(415) 555-2671", "DE").as_deref(),
            Some("+14155552671"),
            "the organization's region comes first"
        );
    }
}

#[test]
fn of_several_addresses_in_one_cell_the_first_counts() {
    for cell in [
        "a@example.com; b@example.com",
        "a@example.com,b@example.com",
        "a@example.com ::: b@example.com",
        "a@example.com.",
    ] {
        assert_eq!(
            read(Mode::Lenient, json!({ "email": cell })).profile.email.as_deref(),
            Some("a@example.com"),
            "{cell}"
        );
    }
    let strict = read(Mode::Strict, json!({ "email": "a@example.com; b@example.com" }));
    assert!(strict.faults.iter().any(|fault| fault.code == "invalid_email"));
}

#[test]
fn what_is_cut_ends_as_cleanly_as_what_is_not() {
    let long = format!("{}\u{feff}x", "1".repeat(19));
    let parsed = read(Mode::Lenient, json!({ "email": "a@example.com", "postal_code": long }));
    assert_eq!(parsed.profile.postal_code, Some("1".repeat(19)));
}

#[test]
fn a_comma_is_no_last_name() {
    let parsed = read(Mode::Strict, json!({ "contact_name": "Jane,", "first_name": "Jane", "email": "j@example.com" }));
    assert_eq!((parsed.profile.first_name.as_deref(), parsed.profile.last_name), (Some("Jane"), None));
}

#[test]
fn of_several_numbers_in_one_cell_none_is_made_of_a_tail() {
    let of = |region: &'static str, cell: &str| {
        let raw = json!({ "name": "Jane Doe", "email": "j@example.com", "phone": cell });
        let Value::Object(raw) = raw else { panic!("an object") };
        let rules = InputRules { default_region: region, ..rules(Mode::Lenient, &[]) };
        parse(&raw, &rules).profile
    };
    for (region, cell, number) in [
        ("DE", "0711/234567 / 0171/2345678", "+49711234567"),
        ("DE", "0711/234567-0, 0711/234567-10", "+497112345670"),
        ("DE", "Tel. 0711/234567, Fax 0711/234568", "+49711234567"),
        ("DE", "0711/234567; 0171/2345678", "+49711234567"),
        ("DE", "n/a; +49 171 2345678", "+491712345678"),
        ("US", "+14155552671/+14155552672", "+14155552671"),
        ("US", "(415) 555-2671 | (415) 555-2672", "+14155552671"),
        ("US", "415-555-2671,415-555-2672", "+14155552671"),
    ] {
        assert_eq!(of(region, cell).phone.as_deref(), Some(number), "{cell}");
    }
    for cell in ["0711/234567/0171/2345678", "12 / 234567"] {
        let profile = of("DE", cell);
        assert_eq!((profile.phone, profile.phone_given.as_deref()), (None, Some(cell)));
    }
}

#[test]
fn what_stands_in_front_of_a_name_is_no_job() {
    let parsed =
        read(Mode::Lenient, json!({ "Titel": "Dr.", "Name": "Jane Doe", "Position": "CEO", "Email": "j@example.com" }));
    assert_eq!((parsed.profile.job_title.as_deref(), parsed.unknown["Titel"].clone()), (Some("CEO"), json!("Dr.")));
    let parsed = read(Mode::Lenient, json!({ "Name": "Jane Doe", "Titel": "Professor", "Email": "j@example.com" }));
    assert_eq!(parsed.profile.job_title.as_deref(), Some("Professor"));
}

#[test]
fn a_refusal_that_may_be_one_is_asked_about() {
    for (word, state) in
        [("Yes", Some(ConsentState::Withdrawn)), ("Confirmed", None), ("Active", None), ("Allow", None)]
    {
        let parsed = read(Mode::Lenient, json!({ "Name": "Jane", "Email": "j@example.com", "Email opt out": word }));
        assert_eq!(parsed.profile.consent.get(&Channel::Email).map(|consent| consent.state), state, "{word}");
        assert_eq!(parsed.warnings.len(), usize::from(matches!(word, "Confirmed" | "Active")), "{word}");
    }
}
