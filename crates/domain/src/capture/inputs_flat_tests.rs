//! Posts that hold texts of their own: JSON in a text, XML that a program turned into JSON, boxes that post their label.
#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};

use super::tests::{field, fields, read};
use crate::{
    capture::{FormSettings, are_inputs},
    leads::{Target, parts::Channel},
};

#[test]
fn a_text_that_is_an_object_is_read() {
    let names = ["contact_name", "email", "phone"];
    let flow = json!({"flow_token": "t", "response_json": "{\"full_name\": \"Wa Flow\", \"email\": \"a@b.example\", \"phone\": \"+1\"}"});
    assert_eq!(fields(flow.clone(), &names), ["Wa Flow", "a@b.example", "+1"]);
    let mapped = read(&[("response_json", "notes")], flow);
    assert_eq!((field(&mapped, "email"), field(&mapped, "notes").is_some()), (None, true));
    for (posted, notes) in [
        (json!({"message": "{\"email\": \"a@b.example\"}"}), json!("{\"email\": \"a@b.example\"}")),
        (json!({"extra": "{\"x\": \"{\\\"email\\\": \\\"a@b.example\\\"}\"}"}), Value::Null),
        (json!({"extra": "{email: a@b.example}"}), Value::Null),
    ] {
        assert_eq!(fields(posted.clone(), &["email", "notes"]), [Value::Null, notes], "{posted}");
    }
}

#[test]
fn elements_of_xml_are_their_texts() {
    let names = ["first_name", "last_name", "email", "phone", "city", "region", "product_interests"];
    let expected = json!(["Johnny", "Customer", "a@b.example", "+18574857485", "Boston", "MA", null]);
    let person = |first: Value, last: Value, phone: Value| {
        json!({"adf": {"prospect": {"vehicle": {"@interest": "buy", "make": "BUICK"}, "customer": {"contact": {"name": [first, last],
            "email": "a@b.example", "phone": phone, "address": {"city": "Boston", "regioncode": "MA"}}},
            "vendor": {"contact": {"name": {"@part": "full", "#text": "Dealer"}, "phone": {"#text": "+2"}}}}}})
    };
    for posted in [
        person(
            json!({"@part": "first", "#text": "Johnny"}),
            json!({"@part": "last", "#text": "Customer"}),
            json!([{"@type": "home", "#text": "+18574857485"}, {"@type": "work", "#text": "+2"}]),
        ),
        person(
            json!({"#text": "Johnny", "@_part": "first"}),
            json!({"#text": "Customer", "@_part": "last"}),
            json!({"@_type": "home", "#text": "+18574857485"}),
        ),
        person(
            json!({"_": "Johnny", "$": {"part": "first"}}),
            json!({"_": "Customer", "$": {"part": "last"}}),
            json!([{"_": "+18574857485", "$": {"type": "home"}}]),
        ),
    ] {
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
    let whole =
        json!({"customer": {"contact": {"name": {"@part": "full", "#text": "Jo Doe"}, "email": "a@b.example"}}});
    assert_eq!(fields(whole, &["contact_name"]), ["Jo Doe"]);
}

/// What is read where a box for consent to e-mails posts this.
fn told(said: Value) -> Value {
    let settings = FormSettings {
        consent_text: Some("Write to me, please.".into()),
        field_mapping: [("agree".to_owned(), "email_consent".to_owned())].into(),
        ..FormSettings::default()
    };
    let (inputs, _) = settings.inputs(json!({"agree": said}).as_object().cloned().unwrap(), &[]);
    assert_eq!(inputs[0].target, Some(Target::Consent(Channel::Email, true)));
    inputs[0].value.clone()
}

#[test]
fn a_box_may_post_its_label() {
    for agreed in [
        "Write to me, please.",
        "write to me,\nplease",
        "Yes, write to me.",
        "I agree",
        "Sí, quiero recibir el boletín",
        "Ja, ich möchte den Newsletter erhalten. Das kann ich jederzeit widerrufen",
        "Ja, ich möchte den Newsletter, den ich jederzeit abbestellen kann",
        "Ja, ich willige ein. Ein Widerruf ist jederzeit möglich.",
        "Ja, ich möchte E-Mails erhalten (jederzeit widerrufbar)",
        "Ja, ab sofort bitte",
        "Yes, send me e-mails; I can cancel at any time",
        "Yes, I want e-mails and may opt out at any time",
        "I agree. I can withdraw my consent at any time.",
        "Yes, send me tips on retirement",
        "Yes, I want 10% off",
    ] {
        assert_eq!(told(json!(agreed)), json!(true), "{agreed}");
        assert_eq!(told(json!([agreed])), json!(true), "{agreed}");
    }
}

#[test]
fn a_label_may_refuse() {
    for other in [
        "Yes, but only by post",
        "I agree not to be mailed",
        "No, thanks",
        "Maybe",
        "Sin duda",
        "2025-11-01",
        "Ja, ich widerspreche der Werbung per E-Mail",
        "Ja, ich widerrufe meine Einwilligung",
        "Yes, remove me from the list",
        "Oui, je refuse",
        "Oui, je veux me désabonner",
        "Si desea dejar de recibir correos",
        "Si vous voulez des nouvelles",
        "Ja, ich lehne Werbung ab",
        "Ja, ich melde mich ab",
        "Ja, ich widerrufe",
        "Ja, tragt mich bitte aus",
        "Ja, ich widerspreche dem, dass ihr mir jederzeit schreiben könnt",
        "Yes, take me off the list",
        "Yes, unlist me",
        "Yes, unsubscribe me at any time",
        "Yes, opt me out",
        "Yes, I withdraw my consent",
        "Oui, supprimez-moi de la liste",
        "Oui, retirez-moi",
        "Sì, disiscrivimi",
        "Ja, uitschrijven",
        "Ja, bitte nichts mehr schicken",
        "Ja, nehmt mich raus",
        "Ja, ich verzichte",
        "Oui, enlevez-moi",
        "Sí, bórrame",
        "Ja, verwijder mij",
    ] {
        assert_eq!(told(json!(other)), json!(other));
    }
}

#[test]
fn a_list_of_inputs_is_no_list_of_people() {
    for inputs in [
        json!([{"id": "m9", "name": "Full Name", "value": "Elf", "type": "shortText"}, {"id": "62", "name": "E-mail", "value": "a@b.example", "type": "email"}]),
        json!([{"Attribute": "FirstName", "Value": "Jo"}, {"Attribute": "EmailAddress", "Value": "a@b.example"}]),
    ] {
        assert!(are_inputs(inputs.as_array().unwrap()), "{inputs}");
    }
    for others in [
        json!([{"name": "Jo", "email": "a@b.example"}, {"name": "Bo", "email": "b@b.example"}]),
        json!([{"name": "Widget", "value": 5}, {"name": "Gadget", "value": 6}]),
        json!([{"name": "Email", "value": "a@b.example"}]),
        json!(["Email", "Phone"]),
        json!([]),
    ] {
        assert!(!are_inputs(others.as_array().unwrap()), "{others}");
    }
}
