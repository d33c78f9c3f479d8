//! Which part of a name inputs ask for, by what stands beside them.
#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::tests::{field, fields, read};
use crate::leads::{InputRules, Mode, Occasion, parse_as_said};

const NAMES: [&str; 3] = ["contact_name", "first_name", "last_name"];

#[test]
fn a_name_beside_a_part_of_it_is_the_other_part() {
    for (posted, expected) in [
        (json!({"name": "Jane", "last_name": "Doe"}), json!([null, "Jane", "Doe"])),
        (json!({"naam": "Doe", "voornaam": "Jane"}), json!([null, "Jane", "Doe"])),
        (json!({"nom": "Dupont", "prenom": "Jean"}), json!([null, "Jean", "Dupont"])),
        (json!({"nom": "Jean Dupont"}), json!(["Jean Dupont", null, null])),
        (json!({"contact": {"name": "Jane", "last_name": "Doe"}}), json!([null, "Jane", "Doe"])),
        // What wraps the form is no person of its own.
        (json!({"name": "Jane", "data": {"fields": {"last_name": "Doe"}}}), json!([null, "Jane", "Doe"])),
        (
            json!({"fields": {"name": {"title": "Name", "value": "Jane"}, "f2": {"title": "Last name", "value": "Doe"}}}),
            json!([null, "Jane", "Doe"]),
        ),
    ] {
        assert_eq!(json!(fields(posted.clone(), &NAMES)), expected, "{posted}");
    }
    let mapped = read(&[("q1", "last_name")], json!({"q1": "Doe", "name": "Jane"}));
    assert_eq!(field(&mapped, "first_name"), Some(json!("Jane")));
}

#[test]
fn an_input_that_is_mapped_to_the_name_is_the_persons() {
    let rules = InputRules {
        mode: Mode::Lenient,
        occasion: Occasion::Create,
        default_region: "US",
        country: None,
        base_currency: "USD",
        custom: &[],
    };
    let parsed = |posted: serde_json::Value| {
        let mapping = [("customer_name", "contact_name"), ("another_name", "contact_name")];
        let inputs = read(&mapping, posted);
        let inputs =
            inputs.iter().map(|input| ((input.name.as_str(), input.target.as_ref(), &input.value), input.said));
        parse_as_said(inputs, &rules).profile
    };
    for another in
        [json!(null), json!(""), json!("undefined"), json!("N/A"), json!("-"), json!("None"), json!("Kim Park")]
    {
        let profile = parsed(json!({
            "another_name": another,
            "customer_name": "Kim Park",
            "first_name": "Ada",
            "last_name": "Moss",
        }));
        assert_eq!((profile.contact_name.as_deref(), profile.company_name), (Some("Kim Park"), None), "{another}");
    }
}

#[test]
fn a_part_that_says_nothing_leaves_the_whole_name_whole() {
    for nothing in ["undefined", "[not provided]", "{{last_name}}", "${last}", "", " "] {
        let found = fields(json!({"name": "Jane Doe", "last_name": nothing}), &NAMES[..2]);
        assert_eq!(json!(found), json!(["Jane Doe", null]), "{nothing}");
        let found = fields(json!({"naam": "Jane Doe", "voornaam": nothing}), &["contact_name", "last_name"]);
        assert_eq!(json!(found), json!(["Jane Doe", null]), "{nothing}");
    }
}

#[test]
fn a_form_that_asks_for_two_names_has_no_whole_one() {
    for (posted, expected) in [
        (json!({"nom": "Dupont", "prenom": ""}), json!("Dupont")),
        (json!({"nom": "Dupont", "prenom": null}), json!("Dupont")),
        (json!({"nom": "Dupont", "prenom": "undefined"}), json!("Dupont")),
        (json!({"nom": "Dupont", "identite": {"prenom": "Jean"}}), json!("Dupont")),
    ] {
        let found = fields(posted.clone(), &["contact_name", "last_name"]);
        assert_eq!(json!(found), json!([null, expected]), "{posted}");
    }
}

#[test]
fn names_of_others_tell_nothing_of_the_leads() {
    for others in [
        json!({"passengers": [{"last_name": "Kim"}]}),
        json!({"child": {"last_name": "Kim"}}),
        json!({"guests[0][last_name]": "Kim"}),
        json!({"billing": {"last_name": "Kim"}}),
    ] {
        let mut posted = json!({"name": "Ann Lee", "email": "ann@b.example"});
        posted.as_object_mut().unwrap().extend(others.as_object().cloned().unwrap());
        assert_eq!(json!(fields(posted.clone(), &NAMES[..2])), json!(["Ann Lee", null]), "{posted}");
    }
}

#[test]
fn the_parts_of_a_vendors_name_are_put_together_like_everybodys() {
    for whose in ["vendor", "customer", "inquiry", "vendor_details"] {
        for (posted, expected) in [
            (json!({"name": "Anna", "last_name": "Smith", "email": "a@x.example"}), json!([null, "Anna", "Smith"])),
            (json!({"name": "Anna Smith", "last_name": "undefined", "phone": "+1"}), json!(["Anna Smith", null, null])),
        ] {
            assert_eq!(json!(fields(json!({whose: posted}), &NAMES)), expected, "{whose}");
        }
    }
    // The name of the company, and a last name that is another's.
    for (posted, expected) in [
        (
            json!({"vendor": {"name": "Acme", "first_name": "Jo", "last_name": "Bo", "email": "a@x.example"}}),
            json!([null, "Jo", "Bo"]),
        ),
        (
            json!({"inquiry": {"name": "Acme", "email": "a@x.example"}, "person": {"last_name": "Bo"}}),
            json!([null, null, "Bo"]),
        ),
    ] {
        assert_eq!(json!(fields(posted.clone(), &NAMES)), expected, "{posted}");
    }
}
