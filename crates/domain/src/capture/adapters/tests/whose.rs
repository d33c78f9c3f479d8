//! What is somebody else's, and what says nothing.

use serde_json::json;

use super::*;

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

#[test]
fn hubspot_consents_are_for_the_channels_that_they_name() {
    let told = |process: bool, texts: &[(&str, bool)]| {
        let communications: Vec<Value> =
            texts.iter().map(|(text, value)| json!({"value": value, "text": text})).collect();
        let body = json!({"fields": [{"name": "email", "value": "a@b.example"}], "legalConsentOptions":
            {"consent": {"consentToProcess": process, "text": "x", "communications": communications}}});
        let consent = lead_of(&one(Adapter::HubspotForms, &body)).profile.consent;
        consent.keys().map(|channel| channel.as_str().to_owned()).collect::<Vec<_>>().join(" ")
    };
    for (texts, expected) in [
        (&[("Marketing emails", false), ("Text messages (SMS)", true)][..], "sms"),
        (&[("Phone calls", true)], "phone"),
        (&[("I agree to receive other communications from us.", true)], "email"),
        (&[("E-mails and text messages", true)], "email sms"),
        (&[("Newsletter", true), ("WhatsApp", true)], "email sms"),
        (&[("Acepto el Aviso legal y la Política de privacidad.", true)], ""),
        (&[("I accept the privacy policy and want to get the newsletter", true)], "email"),
        (&[("Marketing emails", false)], ""),
    ] {
        assert_eq!(told(true, texts), expected, "{texts:?}");
    }
    assert_eq!(told(false, &[("Marketing emails", true)]), "");
}
