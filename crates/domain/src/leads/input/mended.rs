//! What is told of values that are not kept as they came.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};

use super::{Mode, tests::read};

/// Field, what came and rule, as far as something was mended.
fn mended(raw: Value) -> Vec<(String, Value, &'static str)> {
    let told = read(Mode::Lenient, raw).mended;
    let mut told: Vec<_> = told.into_iter().map(|one| (one.field.into_owned(), one.from, one.rule.as_str())).collect();
    told.sort_by(|one, other| one.0.cmp(&other.0));
    told
}

#[test]
fn what_was_mended_is_told_with_what_came() {
    let told = mended(json!({
        "Name": " JANE  DOE", "E-mail": "Jane <JANE@Example.com>", "Phone": "(415) 555-2671", "Company": "Acme ",
        "Website": "acme.com", "Title": "head of it", "Country": "Germany", "Language": "Deutsch", "Employees": "50 to 100",
        "Revenue": "$5M", "DOB": "1/31/1990", "Priority": "High", "Tags": "a; b; A", "seats": "1,000", "plan": "basic",
        "City": "New\u{a0} York", "Zip": "1".repeat(30), "Notes": "one\r\ntwo",
    }));
    let rules: Vec<(&str, &str)> = told.iter().map(|(field, _, rule)| (field.as_str(), *rule)).collect();
    assert_eq!(
        rules,
        [
            ("annual_revenue", "amount"),
            ("birth_date", "date"),
            ("city", "spaces"),
            ("company_name", "trimmed"),
            ("company_size", "number"),
            ("contact_name", "case"),
            ("country", "country_code"),
            ("custom.plan", "word"),
            ("custom.seats", "number"),
            ("email", "email_extracted"),
            ("job_title", "case"),
            ("language", "language_tag"),
            ("notes", "spaces"),
            ("phone", "phone_e164"),
            ("postal_code", "cut"),
            ("priority", "word"),
            ("tags", "list"),
            ("website", "scheme_added"),
        ]
    );
    assert_eq!(told[5].1, " JANE  DOE", "what came, and not what was made of it on the way");
    assert_eq!(told[9].1, "Jane <JANE@Example.com>");
}

#[test]
fn what_is_kept_as_it_came_is_not_told() {
    let told = mended(json!({
        "Name": "Jan van der Berg", "E-mail": "jan@example.com", "Phone": "+14155552671", "Website": "https://acme.com",
        "Title": "VP Sales", "Country": "DE", "Language": "de", "Employees": "50-100", "DOB": "1990-01-31", "Tags": "a; b",
        "Priority": "high", "seats": "1000", "plan": "Basic", "trial": "true", "Zip": 10115, "modules": "CRM, ERP",
    }));
    assert_eq!(told, []);
    let first = mended(json!({ "Email 1": "nope", "Email 2": "Jane@Example.com" }));
    assert_eq!(first, [("email".to_owned(), json!("Jane@Example.com"), "email_lowered")]);
}
