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

#[test]
fn what_programs_write_for_nothing_is_nothing() {
    for nothing in ["NULL", "null", "None", "none", "NaN", "nan", "<NA>", "\\N"] {
        let parsed = lenient(
            json!({ "Name": "Jane Doe", "Company": nothing, "Title": nothing, "City": nothing, "Notes": nothing }),
        );
        let profile = parsed.profile;
        assert_eq!(
            (parsed.warnings, profile.company_name, profile.job_title, profile.city, profile.notes),
            (vec![], None, None, None, None),
            "{nothing}"
        );
        let parsed = lenient(json!({ "First Name": nothing, "Last Name": nothing }));
        assert_eq!((parsed.profile.first_name, parsed.profile.contact_name), (None, None), "{nothing}");
    }
    let name =
        |first: &str, last: &str| lenient(json!({ "First Name": first, "Last Name": last })).profile.contact_name;
    assert_eq!(name("Jane", "NULL").as_deref(), Some("Jane"));
    assert_eq!(name("Jane", "Null").as_deref(), Some("Jane Null"));
    assert_eq!(name("JANE", "NULL").as_deref(), Some("Jane Null"));
    assert_eq!((name("太郎", "NULL").as_deref(), name("J", "NULL").as_deref()), (Some("太郎"), Some("J")));
    assert_eq!(name("Nan", "Goldin").as_deref(), Some("Nan Goldin"));
    assert_eq!(lenient(json!({ "City": "Nan", "Company": "Nil" })).profile.city.as_deref(), Some("Nan"), "a city");
}

#[test]
fn what_stands_behind_a_number_is_no_part_of_it() {
    let phone = |written: &str| lenient(json!({ "Phone": written })).profile.phone;
    for (written, number) in [
        ("4155552671.0", Some("+14155552671")),
        ("+14155552671.0", Some("+14155552671")),
        ("(415) 555-2671 (mobile)", Some("+14155552671")),
        ("415-555-2671 Home", Some("+14155552671")),
        ("+49 30 901820 (dienstlich)", Some("+4930901820")),
        ("+49 30 901820 Work", Some("+4930901820")),
        ("415-555-2671 x12", Some("+14155552671")),
        ("1-800-FLOWERS", Some("+18003569377")),
        ("+1 415 555 2671 (mobile); +1 415 555 0140 (work)", Some("+14155552671")),
        ("415-555-2671 cell / 415-555-0142 office", Some("+14155552671")),
        ("Cell: 415-555-2671 | Office: 415-555-0142", Some("+14155552671")),
        ("415-555-2671 home, 415-555-0142 work", Some("+14155552671")),
        ("415-555-26 Home", None),
        ("415-555-2671 Jane", None),
        ("415-555-2671 (fax)", None),
    ] {
        assert_eq!(phone(written).as_deref(), number, "{written}");
    }
    let given = lenient(json!({ "Phone": "4155552671.0" })).profile.phone_given;
    assert_eq!(given.as_deref(), Some("4155552671.0"));
}

#[test]
fn entities_of_web_pages_are_read() {
    let parsed =
        lenient(json!({ "Name": "Ren&eacute;e D&#39;Arc", "Company": "Smith &amp; Co", "Notes": "a &amp; b" }));
    let profile = &parsed.profile;
    assert_eq!(profile.contact_name.as_deref(), Some("Renée D'Arc"));
    assert_eq!((profile.company_name.as_deref(), profile.notes.as_deref()), (Some("Smith & Co"), Some("a &amp; b")));
    let told: Vec<_> = parsed.mended.iter().map(|one| (&*one.field, one.from.clone(), one.rule.as_str())).collect();
    assert!(told.contains(&("company_name", json!("Smith &amp; Co"), "spaces")), "{told:?}");
    let strict = read(Mode::Strict, json!({ "company_name": "Smith &amp; Co" }));
    assert_eq!(strict.profile.company_name.as_deref(), Some("Smith &amp; Co"));
}

#[test]
fn a_mailbox_is_not_made_another_one() {
    for (written, address) in [
        (".fo@gmail.com", None),
        ("ed.@gmail.com", None),
        ("fo@gmail.com.", Some("fo@gmail.com")),
        (": fo@gmail.com", Some("fo@gmail.com")),
    ] {
        let parsed = read(Mode::Lenient, json!({ "Name": "Fo", "Email": written, "Phone": "+14155552671" }));
        assert_eq!(parsed.profile.email.as_deref(), address, "{written}");
        assert_eq!(parsed.unknown.get("Email"), address.is_none().then(|| json!(written)).as_ref());
    }
}

#[test]
fn no_day_is_no_fault() {
    for nothing in ["0/0/00", "00.00.0000", "0000-00-00", "0000-00-00 00:00:00"] {
        let parsed = lenient(json!({ "Birthday": nothing }));
        assert_eq!((parsed.warnings, parsed.profile.birth_date, parsed.unknown.len()), (vec![], None, 0), "{nothing}");
    }
    let parsed = lenient(json!({ "Birthday": "6-May-64", "Tags": "\"Spring, 2024\",\"VIP\"" }));
    assert_eq!(parsed.profile.birth_date.map(|day| day.to_string()).as_deref(), Some("1964-05-06"));
    assert_eq!(parsed.profile.tags, ["Spring, 2024", "VIP"]);
}

#[test]
fn a_list_of_objects_is_set_aside() {
    let parsed = lenient(json!({ "Phone": [{ "number": "+14155552671" }] }));
    assert_eq!(
        (parsed.profile.phone_given, parsed.unknown["Phone"].clone()),
        (None, json!([{ "number": "+14155552671" }]))
    );
    assert_eq!(codes(&parsed.warnings), [("#/Phone".to_owned(), "wrong_type".to_owned())]);
}

#[test]
fn a_middle_name_in_brackets_is_joined() {
    let raw = json!({ "Name (Prefix)": "Ms.", "Name (First)": "Ann", "Name (Middle)": "Q.", "Name (Last)": "Lee" });
    let profile = lenient(raw).profile;
    assert_eq!(profile.contact_name.as_deref(), Some("Ann Q. Lee"));
    assert_eq!((profile.first_name.as_deref(), profile.last_name.as_deref()), (Some("Ann"), Some("Lee")));
}

#[test]
fn an_address_is_no_name_beside_an_address() {
    let named = |raw: Value| read(Mode::Lenient, raw).profile.contact_name;
    assert_eq!(named(json!({ "Name": "ann@x.example", "Email": "ann@x.example" })), None);
    assert_eq!(named(json!({ "Name": "Ann @ Acme", "Email": "ann@x.example" })).as_deref(), Some("Ann @ Acme"));
    assert!(named(json!({ "Name": "ann@x.example", "Phone": "+14155552671" })).is_some());
}

#[test]
fn a_page_on_a_network_is_no_website_and_a_role_in_a_program_no_job() {
    let page = "https://www.linkedin.com/sales/company/123";
    let parsed =
        read(Mode::Lenient, json!({ "Name": "Zoe", "Email": "z@example.com", "companyUrl": page, "Role": "end-user" }));
    assert_eq!((parsed.profile.website, parsed.profile.job_title), (None, None));
    assert_eq!(Value::Object(parsed.unknown), json!({ "companyUrl": page, "Role": "end-user" }));
    let raw = json!({ "Name": "Zoe", "Email": "z@example.com", "Website": "https://linkedin.com", "Role": "CEO" });
    let profile = read(Mode::Lenient, raw).profile;
    assert_eq!((profile.website.as_deref(), profile.job_title.as_deref()), (Some("https://linkedin.com"), Some("CEO")));
    let both = json!({ "Email": "z@example.com", "Company Website": "falk.example", "url": page });
    assert_eq!(read(Mode::Lenient, both).profile.website.as_deref(), Some("https://falk.example"));
}

#[test]
fn a_second_value_for_what_is_no_field_is_set_aside() {
    let set_aside = |raw: Value| Value::Object(lenient(raw).unknown);
    for (first, second) in [
        (("Source", "Organic"), ("Channel", "Messenger")),
        (("Owner", "Jo Fox"), ("Sales Rep", "Kim Poe")),
        (("Status", "New"), ("Lead Status", "Contacted")),
        (("Stage", "SQL"), ("Lead Stage", "MQL")),
        (("Team", "North"), ("Sales Team", "South")),
        (("Created", "2024-02-13"), ("Created At", "2023-01-05")),
        (("Campaign", "spring"), ("utm_campaign", "fall")),
    ] {
        // Members come in the order of their names.
        let (first, second) = if first.0 < second.0 { (first, second) } else { (second, first) };
        assert_eq!(set_aside(json!({ (first.0): first.1, (second.0): second.1 })), json!({ (second.0): second.1 }));
        assert_eq!(set_aside(json!({ (first.0): first.1, (second.0): first.1 })), json!({}), "said twice: {first:?}");
        assert_eq!(set_aside(json!({ (first.0): first.1, (second.0): "" })), json!({}), "{first:?}");
    }
    let parsed = lenient(json!({ "SEATS": 3, "seats": 4 }));
    assert_eq!((&parsed.profile.custom["seats"], &parsed.unknown["seats"]), (&json!(3), &json!(4)));
}

#[test]
fn what_is_no_object_of_custom_fields_is_set_aside() {
    let parsed = lenient(json!({ "Custom": "blue", "Custom 1": "red", "custom_fields": ["a"], "Custom2": 42 }));
    assert!(parsed.profile.custom.is_empty() && parsed.warnings.is_empty());
    let expected = json!({ "Custom": "blue", "Custom 1": "red", "custom_fields": ["a"], "Custom2": 42 });
    assert_eq!(Value::Object(parsed.unknown), expected);
    assert_eq!(["Custom 1", "Custom2", "custom3"].map(|heading| target_for(heading, &[])), [None, None, None]);
}
