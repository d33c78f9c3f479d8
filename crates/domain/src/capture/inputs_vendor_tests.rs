//! What programs post to plain forms, as far as it says whose something is.
#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};

use super::tests::{field, fields, read};
use crate::leads::Target;

const PLACE: [&str; 7] = ["company_name", "website", "city", "region", "country", "language", "timezone"];

#[test]
fn companies_and_places_of_others_are_not_the_leads() {
    let party = json!({"name": "X", "company": "X Co", "website": "x.example", "city": "Bath", "state": "TX", "country": "FR",
        "language": "fr", "timezone": "Europe/Paris"});
    for whose in ["agent", "host", "organizer", "dealer", "store", "property", "vendor", "listing_details", "sales_rep"]
    {
        let found = fields(json!({"email": "a@b.example", whose: party}), &PLACE);
        assert!(found.iter().all(Value::is_null), "{whose}: {found:?}");
        let nested =
            fields(json!({"email": "a@b.example", "payload": {whose: {"address": {"city": "Bath"}}}}), &["city"]);
        assert_eq!(nested, [Value::Null], "{whose}");
    }
    for own in ["customer", "contact", "deal", "opportunity", "project", "address", "user_agent", "attendee"] {
        let found = fields(
            json!({"email": "a@b.example", own: {"city": "Bath", "timezone": "Europe/Paris"}}),
            &["city", "timezone"],
        );
        assert_eq!(found, ["Bath", "Europe/Paris"], "{own}");
    }
    let bracketed = json!({"store[city]": "Bath", "agent[company]": "X", "host[address][country]": "FR"});
    assert!(fields(bracketed, &PLACE).iter().all(Value::is_null));
    let store = json!({"customer": {"email": "a@b.example"}, "store": {"phone": "+441904123456"}});
    assert_eq!(fields(store, &["phone"]), [Value::Null]);
    let own = json!({"vendor": {"company_name": "V"}, "company": {"name": "Own"}});
    assert_eq!(fields(own, &["company_name"]), ["Own"]);
    let geoip =
        json!({"session": {"geoip": {"country": "US", "city": "NY", "organization": "Comcast"}}, "interest": 0});
    let found = fields(geoip, &["company_name", "city", "product_interests"]);
    assert_eq!(json!(found), json!([null, "NY", null]));
    let callrail = json!({"company_id": "C", "company_name": "Agency", "company_time_zone": "America/New_York",
        "form_data": {"email": "a@b.example", "company": "Own"}});
    assert_eq!(json!(fields(callrail, &["company_name", "timezone"])), json!(["Own", null]));
    let booking = json!({"payload": {"organizer": {"timeZone": "Asia/Kolkata", "language": {"locale": "en"}},
        "attendees": [{"email": "a@b.example", "timeZone": "America/New_York", "language": {"locale": "fr"}}]}});
    assert_eq!(fields(booking, &["timezone", "language"]), ["America/New_York", "fr"]);
}

#[test]
fn a_vendor_who_applies_is_the_lead() {
    let names = ["contact_name", "first_name", "email", "phone", "company_name", "city"];
    for (posted, expected) in [
        (
            json!({"vendor": {"name": "Jo", "email": "jo@acme.example", "company": "Acme", "address": {"city": "Bath"}}, "client_id": "GA1.2"}),
            json!(["Jo", null, "jo@acme.example", null, "Acme", "Bath"]),
        ),
        (
            json!({"provider[email]": "jo@acme.example", "provider[first_name]": "Jo", "email": ""}),
            json!([null, "Jo", "jo@acme.example", null, null, null]),
        ),
        (
            json!({"data": {"supplier_details": {"phone": "+14155552671", "manager": {"email": "m@acme.example"}}}}),
            json!([null, null, null, "+14155552671", null, null]),
        ),
        (json!({"vendor": {"email": true, "phone": "+1"}}), json!([null, null, null, "+1", null, null])),
        // Somebody else is in the post, or nobody can tell who it is.
        (
            json!({"vendor": {"name": "V", "email": "v@acme.example", "city": "Bath"}, "customer": {"name": "Jo", "id": 5}}),
            json!(["Jo", null, null, null, null, null]),
        ),
        (json!({"vendor[email]": "v@acme.example", "customer_id": 5}), json!([null, null, null, null, null, null])),
        (
            json!({"vendor": {"email": "v@acme.example"}, "supplier": {"email": "s@acme.example"}}),
            json!([null, null, null, null, null, null]),
        ),
        (
            json!({"vendor": {"email": "v@acme.example"}, "agent": {"phone": "+1"}}),
            json!([null, null, null, null, null, null]),
        ),
        (json!({"name": "Jo", "dealer": {"email": "v@acme.example"}}), json!(["Jo", null, null, null, null, null])),
        (
            json!({"email": "a@b.example", "merchant": {"phone": "+1", "first_name": "Jo"}}),
            json!([null, null, "a@b.example", null, null, null]),
        ),
        (json!({"store": {"email": "s@acme.example", "city": "Bath"}}), json!([null, null, null, null, null, null])),
    ] {
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
}

#[test]
fn whoever_is_named_beside_a_vendor_is_the_lead_if_anybody() {
    let email = |posted: &Value| fields(posted.clone(), &["email", "city"]);
    let doctor = json!({"name": "Dr X", "email": "x@clinic.example", "city": "Bath"});
    for other in [
        json!({"patient": {"name": "Jo"}}),
        json!({"patient": {"age": 40}}),
        json!({"patient[full_name]": "Jo"}),
        json!({"patient_name": "Jo"}),
        json!({"Patient Full Name": "Jo"}),
        json!({"shopper": {"name": "Jo"}}),
        json!({"payer": {"name": "Jo"}}),
        json!({"cardholder_name": "Jo"}),
        json!({"tenant": {"name": "Jo"}}),
        json!({"guests": [{"name": "Jo"}]}),
        json!({"agent": {"first_name": "Jo"}}),
        json!({"submission": {"name": "Jo"}}),
        json!({"shipping_address": {"name": "Jo"}}),
        json!({"somebody_unheard_of": {"name": "Jo"}}),
        json!({"supplier": {"name": "Other"}}),
    ] {
        let mut posted = json!({"provider": doctor, "message": "M"});
        posted.as_object_mut().unwrap().extend(other.as_object().cloned().unwrap());
        assert_eq!(email(&posted), [Value::Null, Value::Null], "{posted}");
    }
    for thing in [
        json!({"form": {"name": "Partners"}, "page": {"name": "Apply"}, "campaign": {"name": "C"}}),
        json!({"payload": {"name": "Partner form"}, "plan": {"name": "Gold"}}),
        json!({"products": [{"name": "Chairs"}], "categories": [{"name": "Seats"}]}),
        json!({"company": {"name": "Acme"}, "username": "acme", "tenant_id": 5}),
        json!({"provider_details": {"name": "Dr X"}}),
        json!({"patient": {"name": ""}}),
    ] {
        let mut posted = json!({"provider": doctor});
        posted.as_object_mut().unwrap().extend(thing.as_object().cloned().unwrap());
        assert_eq!(email(&posted), ["x@clinic.example", "Bath"], "{posted}");
    }
}

#[test]
fn how_a_record_stands_is_no_region() {
    for standing in ["active", "Disabled", "unsubscribed", "open", "draft"] {
        let posted =
            json!({"subscriber": {"email": "a@b.example", "state": standing, "default_address": {"province": "ON"}}});
        assert_eq!(fields(posted, &["region"]), ["ON"], "{standing}");
    }
    assert_eq!(fields(json!({"state": "NY"}), &["region"]), ["NY"]);
}

#[test]
fn placeholders_fill_nothing() {
    for nothing in [
        "undefined",
        "[not provided]",
        "[Not Provided]",
        "[object Object]",
        "{{contact.first_name}}",
        "*|FNAME|*",
        "${name}",
    ] {
        let posted = json!({"first_name": nothing, "company": nothing, "city": nothing, "email": "a@b.example"});
        let found = fields(posted, &["first_name", "company_name", "city"]);
        assert!(found.iter().all(Value::is_null), "{nothing}");
    }
    for said in ["Undefined Ltd", "Object", "[x]", "Not Provided Inc"] {
        assert_eq!(fields(json!({"company": said}), &["company_name"]), [said]);
    }
    assert_eq!(fields(json!({"message": "undefined"}), &["notes"]), ["undefined"]);
}

#[test]
fn inputs_are_pairs_whatever_else_describes_them() {
    let names = ["contact_name", "first_name", "last_name", "email", "phone"];
    for (posted, expected) in [
        (
            json!({"payload": {"responses": {"name": {"label": "your_name", "value": "Cal A", "isHidden": false},
                "email": {"label": "email_address", "value": "a@b.example", "isHidden": false},
                "attendeePhoneNumber": {"label": "phone_number", "value": "+17062745479", "isHidden": false}}}}),
            json!(["Cal A", null, null, "a@b.example", "+17062745479"]),
        ),
        (
            json!({"data": [{"title": "First name", "description": null, "type": "text", "key": "53ej5", "custom_key": "first_name", "value": "Pa"},
                {"title": "Email", "description": null, "type": "email", "key": "k2", "custom_key": null, "value": "a@b.example"}]}),
            json!([null, "Pa", null, "a@b.example", null]),
        ),
        (
            json!({"contact": {"email": "a@b.example", "fields": [{"field_name": "First name", "slug": "first_name", "value": "Sys"},
                {"field_name": "Surname", "slug": "surname", "value": "Teme"}, {"field_name": "Phone number", "slug": "phone_number", "value": "+1"}]}}),
            json!([null, "Sys", "Teme", "a@b.example", "+1"]),
        ),
        (
            json!({"answers": [{"id": "4d", "title": "What's your name?", "kind": "short_text", "value": "Hey Form"},
                {"id": "em", "title": "Email", "kind": "email", "value": "a@b.example"}]}),
            json!(["Hey Form", null, null, "a@b.example", null]),
        ),
        (
            json!({"fields": [{"type": "FIRST_NAME", "value": "Sna"}, {"type": "EMAIL", "value": "a@b.example"},
                {"type": "PHONE_NUMBER", "value": "+1"}]}),
            json!([null, "Sna", null, "a@b.example", "+1"]),
        ),
        (
            json!({"items": [{"title": "Email", "response": "a@b.example"}, {"title": "Your phone", "response": "+1"}]}),
            json!([null, null, null, "a@b.example", "+1"]),
        ),
        (
            json!({"items": [{"type": "email", "title": "Your friend's e-mail", "value": "f@b.example"}, {"type": "number", "value": 7}]}),
            json!([null, null, null, null, null]),
        ),
    ] {
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
}

#[test]
fn brackets_are_read_like_objects() {
    let names = ["contact_name", "first_name", "last_name", "email", "notes", "company_name", "city"];
    for (posted, expected) in [
        (
            json!({"names[first_name]": "Flu", "names[last_name]": "Ent", "email": "a@b.example"}),
            json!([null, "Flu", "Ent", "a@b.example", null, null, null]),
        ),
        (
            json!({"tx_form[contactform-123][name]": "Ty Po", "tx_form[contactform-123][email]": "a@b.example",
                "tx_form[contactform-123][message]": "M"}),
            json!(["Ty Po", null, null, "a@b.example", "M", null, null]),
        ),
        (
            json!({"inquiry[name]": "Ra Ils", "inquiry[email]": "a@b.example", "inquiry[friend][email]": "f@b.example", "org[name]": "O"}),
            json!(["Ra Ils", null, null, "a@b.example", null, "O", null]),
        ),
        (
            json!({"name-1-first-name": "Pre", "name-1-last-name": "Fix", "email-1": "a@b.example", "address-1-city": "Bath", "x-1-city": "Y"}),
            json!([null, "Pre", "Fix", "a@b.example", null, null, "Bath"]),
        ),
        (
            json!({"product[name]": "Engine", "store[email]": "s@b.example", "prefer[email]": "on", "prefer[phone]": "1"}),
            json!([null, null, null, null, null, null, null]),
        ),
    ] {
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
    let phone = read(&[], json!({"contact_preferences": {"phone": true, "email": true}, "email": "a@b.example"}));
    assert_eq!((field(&phone, "phone"), field(&phone, "email")), (None, Some(json!("a@b.example"))));
}

#[test]
fn a_name_beside_the_address_is_the_persons() {
    for (posted, expected) in [
        (
            json!({"data": {"item": {"type": "contact", "name": "Inter Com", "email": "a@b.example"}}}),
            json!("Inter Com"),
        ),
        (
            json!({"ticket": {"subject": "Help", "requester": {"name": "Zen Desk", "email": "a@b.example"}}}),
            json!("Zen Desk"),
        ),
        (json!({"ticket": {"assignee": {"name": "Rep", "email": "r@b.example"}, "requester": {"id": 1}}}), json!(null)),
        (json!({"customer": {"traits": {"name": "Inter Akt", "phone": "+1"}}}), json!("Inter Akt")),
        (json!({"CntctDtl": {"Name": "Ninety", "Email": "a@b.example"}, "first_name": "Jo"}), json!(null)),
        (json!({"store": {"name": "Shop", "email": "s@b.example"}}), json!(null)),
        (json!({"plan": {"name": "Gold"}, "buyer_details": {"email": "a@b.example"}}), json!(null)),
        (json!({"company": {"name": "Acme", "email": "a@b.example"}}), json!(null)),
    ] {
        let inputs = read(&[], posted.clone());
        let found = inputs.iter().find(|input| input.target == Some(Target::Field("contact_name")));
        assert_eq!(json!(found.map(|input| input.value.clone())), expected, "{posted}");
    }
}

#[test]
fn zoho_forms_calls_numbers_in_its_own_way() {
    let names = ["first_name", "phone", "notes"];
    let posted =
        json!({"Name_First": "Zo", "PhoneNumber_countrycode": "+14155552671", "MultiLine": "hello", "SingleLine": "x"});
    assert_eq!(fields(posted, &names), ["Zo", "+14155552671", "hello"]);
    assert_eq!(fields(json!({"PhoneNumber_countrycode": "+1"}), &["phone"]), [Value::Null]);
}

#[test]
fn market_places_name_the_sender() {
    let names = ["contact_name", "email", "phone", "company_name", "city", "notes"];
    let posted = json!({"CODE": 200, "STATUS": "SUCCESS", "RESPONSE": {"UNIQUE_QUERY_ID": "t", "SENDER_NAME": "Test User", "QUERY_TYPE": "B",
        "SENDER_MOBILE": "+91-9876543210", "SENDER_EMAIL": "a@b.example", "SENDER_COMPANY": "Arun", "SENDER_CITY": "Delhi", "QUERY_MESSAGE": "M"}});
    assert_eq!(fields(posted, &names), ["Test User", "a@b.example", "+91-9876543210", "Arun", "Delhi", "M"]);
    assert_eq!(fields(json!({"sender_email": "a@b.example"}), &["email"]), ["a@b.example"]);
}

#[test]
fn the_only_address_of_a_form_with_numbers_is_the_leads() {
    for (posted, expected) in [
        (json!({"Field1": "Wu", "Field3": "a@b.example", "EntryId": "4"}), json!("a@b.example")),
        (json!({"item_meta[14]": "a@b.example", "form_id": "3"}), json!("a@b.example")),
        (json!({"Field1": "a@b.example", "Field3": "c@b.example"}), json!(null)),
        (json!({"recipient": "shop@b.example", "Field3": "x"}), json!(null)),
        (json!({"Field3": "a@b.example", "email": "own@b.example"}), json!("own@b.example")),
        (json!({"field_4": "Jan", "field_5": "a@b.example", "phone": "+420601123457"}), json!("a@b.example")),
        (json!({"MERGE0": "a@b.example"}), json!("a@b.example")),
        (json!({"fld_123": "a@b.example"}), json!("a@b.example")),
        (json!({"wpforms[fields][1]": "a@b.example", "phone": "+1"}), json!("a@b.example")),
    ] {
        assert_eq!(json!(fields(posted.clone(), &["email"])[0]), expected, "{posted}");
    }
}

#[test]
fn the_only_address_is_the_leads_unless_its_name_says_whose_it_is() {
    for name in ["user_mail", "ninja_email_5", "C_EmailAddress", "E-Mail-Adresse für Rückfragen", "Váš e-mail"] {
        let posted = json!({"name": "A B", name: "a@b.example", "again": "a@b.example"});
        assert_eq!(json!(fields(posted, &["email"])[0]), json!("a@b.example"), "{name}");
    }
    for name in [
        "kontaktni_adresa",
        "wohin",
        "friendsEmail",
        "to",
        "cc",
        "from",
        "sent_from",
        "webmaster",
        "webmasterMail",
        "notify_mail",
        "referred_by",
        "Empfänger",
        "reply-to-address",
        "recipients[0]",
        "teacher's mail",
        "zz.some_mail",
        "vendor[mailto]",
        "customer.manager.some_mail",
        "created_by_mail",
        "loan_officer_mail",
    ] {
        let posted = json!({"name": "A B", name: "a@b.example"});
        assert_eq!(fields(posted, &["email"]), [Value::Null], "{name}");
    }
    let listed = json!({"manager": {"fields": [{"label": "Some mail", "value": "a@b.example"}]}});
    assert_eq!(fields(listed, &["email"]), [Value::Null]);
    let called = json!({"phone": "+14155552671", "some_mail": "a@b.example"});
    assert_eq!(fields(called, &["email"]), [Value::Null], "who can be called need not be guessed");
}

#[test]
fn systems_that_copy_the_address_to_the_top_leave_the_name_below() {
    let posted = json!({"email": "a@b.example", "payload_params": {"name": "Ba Sin", "email": "a@b.example"}, "form_name": "Own"});
    assert_eq!(fields(posted, &["contact_name"]), ["Ba Sin"]);
    let other = json!({"email": "a@b.example", "payload_params": {"name": "Ba Sin", "email": "c@b.example"}});
    assert_eq!(fields(other, &["contact_name"]), [Value::Null]);
}

#[test]
fn builders_of_forms_have_names_of_their_own() {
    let names = ["contact_name", "first_name", "last_name", "email", "notes", "company_name"];
    for (posted, expected) in [
        (
            json!({"et_pb_contact_name_0": "Di Vi", "et_pb_contact_email_0": "a@b.example", "et_pb_contact_message_0": "Hallo",
                "et_pb_contactform_submit_0": "et_contact_proccess"}),
            json!(["Di Vi", null, null, "a@b.example", "Hallo", null]),
        ),
        (
            json!({"LEAD_NAME": "Bi", "LEAD_LAST_NAME": "Trix", "LEAD_EMAIL": "a@b.example", "LEAD_COMPANY_TITLE": "Trix OOO"}),
            json!([null, "Bi", "Trix", "a@b.example", null, "Trix OOO"]),
        ),
        (json!({"CONTACT_NAME": "Bi", "CONTACT_LAST_NAME": "Trix"}), json!([null, "Bi", "Trix", null, null, null])),
        (json!({"contact_name": "Bi Trix", "CONTACT_LAST_NAME": ""}), json!(["Bi Trix", null, "", null, null, null])),
        (
            json!({"nickName": "Johnny", "realName": "John Smith", "email": "a@b.example"}),
            json!(["John Smith", null, null, "a@b.example", null, null]),
        ),
    ] {
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
}

#[test]
fn a_subject_is_worth_reading() {
    for (posted, expected) in [
        (json!({"name": "S M", "subject": "Quote", "message": "Need 5"}), json!("Quote\nNeed 5")),
        (json!({"jform[contact_subject]": "Quote", "jform[contact_message]": "Need 5"}), json!("Quote\nNeed 5")),
        (json!({"Betreff": "Angebot"}), json!("Angebot")),
        (json!({"ticket": {"subject": "Help"}}), json!("Help")),
        (
            json!({"_subject": "New message from the site", "email": {"subject": "News"}, "campaign": {"subject": "News"}}),
            json!(null),
        ),
    ] {
        assert_eq!(json!(fields(posted.clone(), &["notes"])[0]), expected, "{posted}");
    }
}
