//! What is somebody else's, and what says nothing.

use serde_json::json;

use super::*;
use crate::capture::adapters::sent_by;

#[test]
fn what_says_nothing_is_no_id() {
    let mapping = GenericMapping { delivery_id: Some("/id".into()), ..GenericMapping::default() };
    let id = |id: Value| {
        read(Adapter::Generic, &json!({"id": id, "e": "a@b.example"}), &mapping).unwrap()[0].delivery_id.clone()
    };
    for nothing in
        ["undefined", "null", "None", "NaN", "0", "00000000-0000-0000-0000-000000000000", "false", "N/A", "-", "{{id}}"]
    {
        assert_eq!(id(json!(nothing)), None, "{nothing}");
    }
    assert_eq!((id(json!(0)), id(json!(false))), (None, None));
    for said in ["1", "10", "NA-7", "{4f1c0a52-0000-4000-8000-000000000001}", "l:104", "nonesuch"] {
        assert_eq!(id(json!(said)).as_deref(), Some(said));
    }
}

/// The channels for which somebody consents who says yes or no to these texts.
fn told(process: bool, texts: &[(&str, bool)]) -> String {
    let communications: Vec<Value> = texts.iter().map(|(text, value)| json!({"value": value, "text": text})).collect();
    let body = json!({"fields": [{"name": "email", "value": "a@b.example"}], "legalConsentOptions":
        {"consent": {"consentToProcess": process, "text": "x", "communications": communications}}});
    let consent = lead_of(&one(Adapter::HubspotForms, &body)).profile.consent;
    consent.keys().map(|channel| channel.as_str().to_owned()).collect::<Vec<_>>().join(" ")
}

#[test]
fn hubspot_consents_are_for_the_channels_that_they_name() {
    for (texts, expected) in [
        (&[("Marketing emails", false), ("Text messages (SMS)", true)][..], "sms"),
        (&[("Phone calls", true)], "phone"),
        (&[("I agree to receive other communications from us.", true)], "email"),
        (&[("E-mails and text messages", true)], "email sms"),
        (&[("Newsletter", true), ("WhatsApp", true)], "email sms"),
        (&[("Acepto el Aviso legal y la Política de privacidad.", true)], ""),
        (&[("I accept the privacy policy and want to get the newsletter", true)], "email"),
        (&[("Marketing emails", false)], ""),
        (&[("I agree to receive marketing emails from Acme. To opt out call us, phone 555-0100.", true)], "email"),
        (&[("We will never call you; send me the newsletter", true)], "email"),
        (&[("I agree to marketing emails. Questions? Call our office by phone.", true)], "email"),
        (&[("I want to get emails and can unsubscribe by phone at any time", true)], "email"),
        (&[("I agree to get e-mails about your phone systems and prices", true)], "email"),
        (&[("Kontakt per E-Mail, Telefon und SMS", true)], "email sms phone"),
        (&[("Contact me by email, text message or promotional phone call", true)], "email sms phone"),
        (&[("I agree to text messages (SMS). Consent is not a condition. Reply STOP to opt out.", true)], "sms"),
        (&[("I agree to be contacted by phone", true)], "phone"),
        (&[("Emails, but no calls", true)], "email"),
        (&[("You may keep my e-mail and phone number", true)], "email"),
        (&[("Reach me at this phone number", true)], "phone"),
        (&[("Do not call me", true)], ""),
        (&[("Bitte keine Werbung per E-Mail", true)], ""),
        (&[("You may unsubscribe from these communications at any time.", true)], "email"),
        (&[("I agree to the updates, and may opt out by SMS; see the privacy policy", true)], "email"),
    ] {
        assert_eq!(told(true, texts), expected, "{texts:?}");
    }
    assert_eq!(told(false, &[("Marketing emails", true)]), "");
}

#[test]
fn who_opts_out_agrees_to_nothing() {
    for refusal in [
        "Please stop all marketing emails",
        "Opt out of marketing emails",
        "Opt-out",
        "Opt me out of marketing emails",
        "Please opt all of us out of these updates",
        "I have opted out of emails",
        "I want to unsubscribe from e-mails",
        "Unsubscribe me!",
        "Can you unsubscribe me from the newsletter?",
        "To opt out of marketing emails, tick this box",
        "Hello. Please stop all marketing emails",
        "Remove me from the newsletter",
        "I decline marketing communications",
        "Email opt-out",
        "Ich widerspreche Werbung per E-Mail",
        "Werbung per E-Mail widerspreche ich hiermit",
        "Widerspruch gegen Werbung",
        "Ich widerrufe meine Einwilligung in den Newsletter",
        "Ich möchte mich vom Newsletter abmelden",
        "Newsletter abbestellen",
        "Stop my free newsletter right now, until June",
    ] {
        assert_eq!(told(true, &[(refusal, true)]), "", "{refusal}");
    }
    for agreed in [
        "You can unsubscribe from these emails at any time",
        "Yes, keep me posted until I opt out",
        "I agree to hear from Acme. Reply STOP to opt out.",
        "I agree to marketing emails, reply STOP to opt out",
        "Send me emails until I unsubscribe",
        "Opt in to marketing emails",
        "Opt in to emails and find out more",
        "Ja. Die Einwilligung kann jederzeit widerrufen werden.",
        "Ja, Werbung per E-Mail bis auf Widerruf",
        "I know that I have the right to withdraw this consent",
        "Je peux me désinscrire à tout moment",
    ] {
        assert_eq!(told(true, &[(agreed, true)]), "email", "{agreed}");
    }
}

#[test]
fn a_refusal_may_stand_behind_what_it_refuses() {
    for refusal in [
        "E-Mail-Werbung möchte ich nicht erhalten",
        "Newsletter nicht abonnieren",
        "Den Newsletter möchte ich nicht",
        "Newsletter und Werbung möchte ich nicht erhalten",
        "Newsletter nicht gewünscht, kein Spam bitte",
        "Werbung bitte nicht per E-Mail",
        "Newsletter möchte ich nicht per E-Mail erhalten",
        "Marketing emails: no",
        "Marketing emails I do not want",
        "La newsletter ne m'intéresse pas",
        "Nieuwsbrief per e-mail wil ik niet ontvangen",
        "Send me offers, but not by email",
        "Offers but not by e-mail",
        "SMS möchte ich nicht erhalten",
        "Newsletter und Angebote möchte ich nicht erhalten",
        "Newsletter oder ähnliche Infos bitte nicht",
        "Emails and other messages I do not want",
        "Newsletter: nein",
        "Newsletter, nein danke",
        "Newsletter, bitte nicht",
        "Newsletter, no thanks",
        "Newsletter - nein",
        "Newsletter (nein)",
        "Newsletter (no spam), no thanks",
        "Newsletter möchte ich nicht mehr erhalten",
        "Newsletter will ich nicht weil meine Daten verkauft werden",
        "Newsletter unter keiner Bedingung",
        "Nieuwsbrief per e-mail: nee",
        "Nieuwsbrief, nee bedankt",
        "Emails and offers, not interested",
        "Newsletter und Werbung, kein Interesse",
        "Newsletter e offerte, no grazie",
        "Please do not contact me",
        "I do not want to receive emails in which you share offers",
    ] {
        assert_eq!(told(true, &[(refusal, true)]), "", "{refusal}");
    }
}

#[test]
fn a_remark_refuses_nothing() {
    for (text, expected) in [
        ("We will never call you; send me the newsletter", "email"),
        ("Send me the newsletter, I do not want to be called", "email"),
        ("Send me emails but no calls", "email"),
        ("E-Mails ja, aber keine Anrufe", "email"),
        ("Email updates, no spam", "email"),
        ("Send me the newsletter (no spam)", "email"),
        ("Send me the newsletter so that I do not miss a thing", "email"),
        ("Ich möchte den Newsletter nicht verpassen", "email"),
        ("I agree to marketing emails and understand that this is not a condition of purchase", "email"),
        ("Marketing emails not more than once a month", "email"),
        ("E-Mail-Werbung möchte ich nicht erhalten. SMS gern", "sms"),
        ("I agree to receive marketing emails from Acme (consent is not a condition of purchase)", "email"),
        ("I agree to receive text messages from Acme, consent is not a condition of purchase.", "sms"),
        ("I agree to receive marketing emails (consent not required to buy)", "email"),
        ("I agree to receive text messages. Consent is not required to make any purchase.", "sms"),
        ("Newsletter abonnieren - keine Weitergabe an Dritte", "email"),
        ("Send me the newsletter - we never share your address", "email"),
        ("Newsletter (nicht mehr als 1x pro Monat)", "email"),
        ("Ja, ich möchte E-Mails erhalten – meine Daten werden nicht weitergegeben", "email"),
        ("Ja, ich möchte den Newsletter erhalten. Das kann ich jederzeit widerrufen", "email"),
        ("Email me news that are not public", "email"),
        ("Send me emails and offers, I am not yet a customer", "email"),
        ("Send me emails, do not share my phone number", "email"),
    ] {
        assert_eq!(told(true, &[(text, true)]), expected, "{text}");
    }
}

#[test]
fn a_comma_joins_only_what_is_a_list() {
    for (text, expected) in [
        ("I agree to receive marketing emails, phone support is available on weekdays", "email"),
        ("I agree to receive marketing emails, phone calls are recorded", "email"),
        ("Marketing emails and phone support", "email"),
        ("Marketing emails, our phone lines are open", "email"),
        ("Send me emails, SMS costs are those of your provider", "email"),
        ("Phone systems, email updates", "email"),
        ("By email, phone and SMS", "email sms phone"),
        ("By email, by phone, or by SMS", "email sms phone"),
        ("E-mail, Telefon, SMS", "email sms phone"),
        ("Email/SMS/phone", "email sms phone"),
        ("SMS, phone calls, emails", "email sms phone"),
    ] {
        assert_eq!(told(true, &[(text, true)]), expected, "{text}");
    }
}

/// What comes of answers to Jotform.
fn jotform(raw: &Value) -> Parsed {
    lead_of(&one(Adapter::Jotform, &json!({"formID": "1", "submissionID": "5", "rawRequest": raw.to_string()})))
}

#[test]
fn names_in_parts_are_the_leads_own() {
    let own = json!({"first": "Own", "last": "Self"});
    for others in [
        "emergencyContact",
        "childsName",
        "friendsName",
        "petsName",
        "referenceName",
        "parentName",
        "propertyManagerName",
    ] {
        let name = format!("q2_{others}");
        let lead =
            jotform(&json!({name: {"first": "Mom", "last": "Mother"}, "q3_name": own, "q5_email": "a@b.example"}));
        assert_eq!(person(&lead)[0], "Own Self", "{others}");
        assert_eq!(lead.unknown[&format!("q2_{others} first")], "Mom", "{others}");
    }
    let alone = |name: &str| {
        jotform(&json!({name: {"first": "Jo", "last": "Bo"}, "q5_email": "a@b.example"})).profile.first_name
    };
    for name in ["q2_name", "q2_fullName", "q2_input2", "q2_parentName", "q2_rider"] {
        assert_eq!(alone(name).as_deref(), Some("Jo"), "{name}");
    }
    for others in [
        "q2_emergencyContact",
        "q2_petsName",
        "q2_accountOwner",
        "q2_previousOwner",
        "q2_petOwnersVet",
        "q2_manager",
        "q2_landlordOwner",
        "q2_employerOwnerName",
        "q2_childsHost",
        "q2_recipientOwner",
    ] {
        assert_ne!(alone(others).as_deref(), Some("Jo"), "{others}");
    }
    for holder in [
        "q2_petOwnersName",
        "q2_ownerName",
        "q2_eventHost",
        "q2_organizer",
        "q2_petOwner",
        "q2_dogsOwner",
        "q2_storeOwner",
    ] {
        assert_eq!(alone(holder).as_deref(), Some("Jo"), "{holder}");
        for own in [own.clone(), json!("Own Self")] {
            let lead =
                jotform(&json!({holder: {"first": "Jo", "last": "Bo"}, "q3_name": own, "q5_email": "a@b.example"}));
            assert_eq!((person(&lead)[0], lead.profile.first_name.as_deref()), ("Own Self", Some("Own")), "{holder}");
        }
    }
}

#[test]
fn places_in_parts_are_the_leads_own() {
    let own = json!({"first": "Own", "last": "Self"});
    let place = |city: &str, code: &str| json!({"addr_line1": "1 Main", "city": city, "state": "TX", "postal": code});
    let lead =
        jotform(&json!({"q3_name": own, "q4_email": "a@b.example", "q5_employerAddress": place("Dallas", "75001")}));
    assert_eq!((lead.profile.city, lead.profile.region, lead.profile.postal_code), (None, None, None));
    let both = json!({"q3_name": own, "q4_email": "a@b.example", "q7_propertyAddress": place("Austin", "73301"), "q8_address": place("Dallas", "")});
    let lead = jotform(&both);
    assert_eq!((lead.profile.city.as_deref(), lead.profile.postal_code), (Some("Dallas"), None));
    let settings = FormSettings {
        field_mapping: [("q7_propertyAddress.city".into(), "city".into())].into(),
        ..FormSettings::default()
    };
    let delivery = one(Adapter::Jotform, &json!({"formID": "1", "rawRequest": both.to_string()}));
    assert_eq!(lead_by(&delivery, &settings, &[]).profile.city.as_deref(), Some("Austin"));
}

#[test]
fn addresses_and_numbers_of_others_are_told_by_names_without_spaces() {
    let own = json!({"first": "Own", "last": "Self"});
    for (name, value) in [
        ("q25_emergencyContactPhone", json!({"full": "(415) 555-2699"})),
        ("q25_emergencyPhone", json!({"area": "415", "phone": "5552699"})),
        ("q25_friendsEmail", json!("friend@jf.example")),
    ] {
        let lead = jotform(&json!({"q3_name": own, name: value}));
        assert_eq!(person(&lead), ["Own Self", "", "", ""], "{name}");
    }
    let told = |pretty: &str| {
        let raw = json!({"q3_name": own, "q25_phone25": {"full": "(415) 555-2699"}}).to_string();
        person(&lead_of(&one(Adapter::Jotform, &json!({"formID": "1", "rawRequest": raw, "pretty": pretty}))))[2]
            .to_owned()
    };
    assert_eq!(told("Name:Own Self, Emergency contact phone:(415) 555-2699"), "");
    assert_eq!(told("Name:Own Self, Parent phone:(415) 555-2699"), "+14155552699");
    let parents = jotform(&json!({"q3_name": own, "q4_parentEmail": "mum@jf.example"}));
    assert_eq!(person(&parents)[1], "mum@jf.example");
    for (name, expected) in
        [("friendEmail", ""), ("managerEmail", ""), ("workEmail", "a@b.example"), ("yourEmail2", "a@b.example")]
    {
        let body = json!({"triggerType": "form_submission", "payload": {"name": "F", "data": {"name": "Own Self", name: "a@b.example"},
            "schema": [{"fieldName": name, "fieldType": "FormEmailInput"}]}});
        assert_eq!(person(&lead_of(&one(Adapter::Webflow, &body)))[1], expected, "{name}");
    }
}

#[test]
fn gravity_labels_say_whose_name_it_is() {
    let body = json!({
        "entry": {"id": "7", "form_id": "7", "1.3": "Em", "1.6": "Ergency", "2.3": "Real", "2.6": "Person", "3": "a@b.example"},
        "form": {"id": 7, "fields": [{"id": 1, "type": "name", "label": "Emergency contact"},
            {"id": 2, "type": "name", "label": "Name"}, {"id": 3, "type": "email", "label": "Email"}]},
    });
    let lead = lead_of(&one(Adapter::GravityForms, &body));
    assert_eq!(person(&lead), ["Real Person", "a@b.example", "", ""]);
    assert_eq!(lead.unknown["Emergency contact"], "Em");
    for (label, more, expected) in [
        ("Pet Owner's Name", "Pet", "Em Ergency"),
        ("Owner name", "Notes", "Em Ergency"),
        ("School/Store owner", "Notes", "Em Ergency"),
        ("Landlord/Owner", "Notes", ""),
        ("Employer / owner name", "Notes", ""),
        ("Child's host", "Notes", ""),
        ("Event host", "Your name", "Real Person"),
    ] {
        let body = json!({"entry": {"id": "7", "form_id": "7", "1.3": "Em", "1.6": "Ergency", "2": "Real Person", "3": "a@b.example"},
            "form": {"id": 7, "fields": [{"id": 1, "type": "name", "label": label},
                {"id": 2, "type": "text", "label": more}, {"id": 3, "type": "email", "label": "Email"}]}});
        assert_eq!(person(&lead_of(&one(Adapter::GravityForms, &body)))[0], expected, "{label}");
    }
}

#[test]
fn what_was_typed_counts_before_what_the_link_says() {
    let lead = |hidden: Value| {
        let fields = json!([{"id": "a", "ref": "r", "title": "Full name", "type": "short_text"},
            {"id": "b", "ref": "s", "title": "Email", "type": "email"}]);
        let answers = json!([{"type": "text", "text": "Ma Tr", "field": {"id": "a"}},
            {"type": "email", "email": "a@b.example", "field": {"id": "b"}}]);
        lead_of(&one(
            Adapter::Typeform,
            &json!({"event_type": "form_response", "form_response":
            {"token": "t", "definition": {"fields": fields}, "answers": answers, "hidden": hidden}}),
        ))
    };
    let names = |lead: &Parsed| {
        let profile = &lead.profile;
        [&profile.contact_name, &profile.first_name, &profile.last_name].map(|name| name.clone().unwrap_or_default())
    };
    let other = lead(json!({"first_name": "Hid", "plan": "gold"}));
    assert_eq!(names(&other), ["Ma Tr", "Ma", "Tr"]);
    assert_eq!(other.unknown.values().collect::<Vec<_>>().len(), 2, "{:?}", other.unknown);
    assert_eq!(names(&lead(json!({"first_name": "ma", "last_name": "Tr"})))[0], "Ma Tr");
    let blank = lead(json!({"utm_source": "xxxxx", "company": "xxxxx", "utm_medium": "mail"}));
    assert_eq!((person(&blank)[3], blank.profile.last_touch.clone().unwrap().utm_source), ("", None));
}

#[test]
fn what_systems_call_in_their_own_way_is_understood() {
    let question = "Please share anything that will help prepare for our meeting.";
    let booked = json!({"event": "invitee.created", "payload": {"uri": "https://api.calendly.com/i/1", "name": "Cal Endly",
        "email": "a@b.example", "questions_and_answers": [{"question": question, "answer": "40 seats", "position": 0}]}});
    assert_eq!(lead_of(&one(Adapter::Calendly, &booked)).profile.notes.as_deref(), Some("40 seats"));
    let contact = json!({"vid": 5, "properties": {"email": {"value": "a@b.example"}, "hs_google_click_id": {"value": "GC"}},
        "associated-company": {"properties": {"name": {"value": "Assoc Co"}}}});
    let lead = lead_of(&one(Adapter::HubspotForms, &contact));
    assert_eq!(person(&lead)[3], "Assoc Co");
    assert_eq!(lead.profile.last_touch.unwrap().click_ids["gclid"], "GC");
}

#[test]
fn a_body_is_known_by_what_only_one_system_sends() {
    let by = |body: Value| sent_by(body.as_object().unwrap());
    assert_eq!(by(json!({"lead_id": "x", "user_column_data": [], "google_key": "k"})), Some(Adapter::GoogleAds));
    assert_eq!(by(json!({"eventType": "FORM_RESPONSE", "data": {}})), Some(Adapter::Tally));
    for plain in
        [json!({"entry": "x", "email": "a@b.example"}), json!({"event": "lead.created"}), json!({"fields": []})]
    {
        assert_eq!(by(plain), None);
    }
}
