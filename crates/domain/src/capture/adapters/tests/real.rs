//! Bodies as real systems send them, where a value could easily come into the wrong field.

use serde_json::{Value, json};

use super::{Adapter, lead_of, one, person};
use crate::capture::adapters::Meant;

fn entry(more: Value) -> Value {
    let mut body = json!({"id": "5", "form_id": "1", "source_url": "https://a.example/contact", "1.3": "Bob", "1.6": "Stone",
        "2": "bob@stone.example"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn an_entry_of_another_site_or_form_is_another() {
    let known = |more: Value| {
        let delivery = one(Adapter::GravityForms, &entry(more));
        (delivery.known_within, delivery.delivery_id)
    };
    let first = known(json!({}));
    assert_eq!(first, known(json!({"source_url": "https://a.example/quote?x=1"})));
    for other in [json!({"source_url": "https://b.example/contact"}), json!({"form_id": "2"}), json!({"id": "6"})] {
        assert_ne!(first, known(other.clone()), "{other}");
    }
}

#[test]
fn an_entry_that_is_spam_makes_no_lead_and_does_not_stand_in_its_way() {
    for status in ["spam", "trash"] {
        let delivery = one(Adapter::GravityForms, &entry(json!({"status": status})));
        assert_eq!((delivery.meant, delivery.delivery_id), (Meant::Nothing(status), Some(format!("5 {status}"))));
    }
    assert_eq!(one(Adapter::GravityForms, &entry(json!({"status": "active"}))).meant, Meant::Lead);
}

#[test]
fn parts_of_an_entry_are_no_address_and_no_name_where_they_may_be_boxes() {
    for parts in [
        json!({"5.1": "Email", "5.3": "Newsletter", "5.4": "SMS"}),
        json!({"6.1": "1", "6.2": "I agree to receive marketing emails.", "6.3": "4"}),
        json!({"8.1": "Gold plan", "8.2": "$100.00", "8.3": "2", "11.1": "XXXXXXXXXXXX1111", "11.4": "Visa"}),
        json!({"7.1": "Germany", "7.3": "Italy", "7.6": "Spain"}),
        json!({"7.3": "Italy", "7.4": "France", "7.6": "Spain"}),
        json!({"0.1": "Red", "0.3": "Green", "0.6": "Blue"}),
    ] {
        let profile = lead_of(&one(Adapter::GravityForms, &entry(parts.clone()))).profile;
        assert_eq!((&profile.city, &profile.region, &profile.country), (&None, &None, &None), "{parts}");
        assert_eq!(profile.contact_name.as_deref(), Some("Bob Stone"), "{parts}");
    }
    for parts in [
        json!({"4.1": "1 Main St", "4.3": "Springfield", "4.4": "IL", "4.5": "62701", "4.6": ""}),
        json!({"input_4_3": "Springfield", "input_4_4": "Illinois", "input_4_6": "United States"}),
    ] {
        let profile = lead_of(&one(Adapter::GravityForms, &entry(parts.clone()))).profile;
        assert_eq!(profile.city.as_deref(), Some("Springfield"), "{parts}");
        assert!(profile.region.is_some(), "{parts}");
    }
    let person = person(&lead_of(&one(Adapter::GravityForms, &entry(json!({}))))).map(str::to_owned);
    assert_eq!(person[..2], ["Bob Stone", "bob@stone.example"]);
}
