use serde_json::{Value, json};

use super::{Captcha, CaptchaProvider, CaptureForm, FormDefaults, FormSettings, Protection};
use crate::{
    leads::{
        InputRules, Mode, Occasion, Priority, Profile, RawLead, Target, parse,
        parts::{Channel, ConsentState},
    },
    sample::id,
};

const RULES: InputRules<'_> = InputRules {
    mode: Mode::Lenient,
    occasion: Occasion::Create,
    default_region: "US",
    country: None,
    base_currency: "USD",
    custom: &[],
};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn posted(members: Value) -> RawLead {
    members.as_object().cloned().unwrap()
}

fn form(origins: &[&str]) -> CaptureForm {
    let settings = FormSettings { allowed_origins: texts(origins), ..FormSettings::default() };
    CaptureForm {
        id: id(1),
        version: 1,
        name: "Contact".into(),
        public_key: "f_x".into(),
        source_id: id(2),
        settings: settings.checked(&[]).unwrap(),
        active: true,
    }
}

/// Pointer and suggestion of every fault.
fn faults(settings: FormSettings) -> Vec<(Value, Value)> {
    let faults = settings.checked(&[]).unwrap_err();
    faults.iter().map(|fault| (json!(fault)["pointer"].clone(), json!(fault.suggestion))).collect()
}

#[test]
fn a_day_is_no_box_that_was_ticked() {
    let consent = |name: &str, value: Value, mapping: &[(&str, &str)]| {
        let field_mapping = mapping.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
        let settings = FormSettings { field_mapping, ..FormSettings::default() };
        let (inputs, _) = settings.inputs(posted(json!({ name: value })), &[]);
        let raw: RawLead = inputs
            .iter()
            .filter_map(|one| one.target.as_ref().map(|_| (one.name.clone(), one.value.clone())))
            .collect();
        parse(&raw, &RULES).profile.consent.get(&Channel::Email).map(|one| one.state)
    };
    let (granted, withdrawn) = (Some(ConsentState::Granted), Some(ConsentState::Withdrawn));
    for name in ["subscribed", "opt_in", "newsletter", "accepts_marketing", "email_consent"] {
        for day in [json!("2025-11-01T05:54:53-05:00"), json!("01.11.2025"), json!("1762000000"), json!(1_762_000_000)]
        {
            assert_eq!(consent(name, day.clone(), &[]), None, "{name}: {day}");
        }
        for tick in [json!("on"), json!(true), json!(1), json!("subscribed")] {
            assert_eq!(consent(name, tick.clone(), &[]), granted, "{name}: {tick}");
        }
    }
    assert_eq!(consent("unsubscribed_at", json!("2025-11-01"), &[]), withdrawn);
    // Whoever maps it knows what it says.
    assert_eq!(consent("since", json!("2025-11-01"), &[("since", "email_consent")]), granted);
}

#[test]
fn what_is_called_by_the_name_that_everybody_means_says_where_somebody_came_from() {
    let touch = |members: Value| {
        let (inputs, _) = FormSettings::default().inputs(posted(members), &[]);
        let mut touch = RawLead::new();
        for input in inputs {
            if let Some(Target::Touch(name)) = input.target {
                touch.entry(name).or_insert(input.value);
            }
        }
        Value::Object(touch)
    };
    let campaign = json!({"utm_campaign": "Summer"});
    assert_eq!(touch(json!({"Campaign Name": "Own", "utm_campaign": "Summer"})), campaign);
    assert_eq!(touch(json!({"campaign": "Own", "details": {"UTM_Campaign": "Summer"}})), campaign);
    assert_eq!(touch(json!({"campaign": "Own", "utm": {"campaign": "Summer"}})), campaign);
    assert_eq!(touch(json!({"campaign": "Summer"})), campaign);
    let by_segment = json!({
        "traits": {"name": "Jane Doe", "title": "CTO", "type": "x"}, "campaign": {"source": "own"},
        "context": {"campaign": {"name": "c", "source": "s", "medium": "m", "term": "t", "content": "o"}},
    });
    let all = json!({"utm_campaign": "c", "utm_source": "s", "utm_medium": "m", "utm_term": "t", "utm_content": "o"});
    assert_eq!(touch(by_segment.clone()), all);
    let (inputs, _) = FormSettings::default().inputs(posted(by_segment), &[]);
    let titles: Vec<&Value> =
        inputs.iter().filter(|one| one.target == Some(Target::Field("job_title"))).map(|one| &one.value).collect();
    assert_eq!(titles, [&json!("CTO")]);
}

#[test]
fn pages_of_allowed_origins_may_post() {
    let form_of_one = form(&["HTTPS://Example.com:443", "http://localhost:3000"]);
    assert!(form_of_one.allows("https://example.com") && form_of_one.allows("http://localhost:3000"));
    for other in ["http://example.com", "https://example.com:8443", "https://evil.example.com", "null", ""] {
        assert!(!form_of_one.allows(other), "{other}");
    }
    let below = form(&["https://*.Example.com", "http://*.local.test:8080"]);
    for inside in ["https://www.example.com", "https://a.b.example.com", "HTTPS://www.EXAMPLE.com"] {
        assert!(below.allows(inside), "{inside}");
    }
    assert!(below.allows("http://x.local.test:8080"));
    for outside in [
        "https://example.com",
        "http://www.example.com",
        "https://evilexample.com",
        "https://evil.test/.example.com",
        "https://evil.test#.example.com",
        "https://.example.com",
        "http://x.local.test",
    ] {
        assert!(!below.allows(outside), "{outside}");
    }
    assert!(form(&["*"]).allows("https://anything.example"));
    assert!(!form(&[]).allows("https://example.com"));
}

#[test]
fn what_is_no_origin_is_refused_with_the_origin_that_was_meant() {
    let written = [
        "https://example.com/contact",
        "example.com",
        "ftp://example.com",
        "https://",
        "https://a:b@c.de",
        "https://*.com",
        "https://*.co.uk",
        "https://www.*.com",
        "https://*.127.0.0.1",
        "https://*.",
        "*.example.com",
    ];
    let settings = FormSettings { allowed_origins: texts(&written), ..FormSettings::default() };
    let found = faults(settings);
    assert_eq!(found.len(), written.len());
    assert_eq!(found[0], (json!("#/allowed_origins/0"), json!("https://example.com")));
}

#[test]
fn names_of_fields_are_checked_and_repaired() {
    let settings = FormSettings {
        field_mapping: [("a", "emial"), ("b/c", "owner_id"), ("d", "custom.size"), ("e", "utm_source")]
            .map(|(from, to)| (from.into(), to.into()))
            .into(),
        required_fields: texts(&["company_name", "utm_source", "purchases"]),
        redirect_url: Some("javascript:alert(1)".into()),
        defaults: FormDefaults { tags: texts(&["x", " "]), ..FormDefaults::default() },
        ..FormSettings::default()
    };
    let found = faults(settings);
    let pointers: Vec<&str> = found.iter().filter_map(|(at, _)| at.as_str()).collect();
    let expected = [
        "#/field_mapping/a",
        "#/field_mapping/b~1c",
        "#/field_mapping/d",
        "#/required_fields/1",
        "#/required_fields/2",
        "#/defaults/tags/1",
        "#/redirect_url",
    ];
    assert_eq!(pointers, expected);
    assert_eq!(found[0].1, "email");
}

#[test]
fn no_page_but_a_whole_web_address_is_redirected_to() {
    for url in [
        "//evil.test",
        "/thanks",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a:b@example.com",
        "https://",
        "ftp://x.de",
        "https://user@example.com/",
    ] {
        let settings = FormSettings { redirect_url: Some(url.into()), ..FormSettings::default() };
        assert!(settings.checked(&[]).is_err(), "{url}");
    }
    let settings =
        FormSettings { redirect_url: Some("https://example.com/a\r\nSet-Cookie: x".into()), ..FormSettings::default() };
    let kept = settings.checked(&[]).map(|kept| kept.redirect_url.unwrap_or_default());
    assert!(kept.is_err() || kept.is_ok_and(|url| !url.contains(['\r', '\n'])));
}

#[test]
fn protection_is_checked() {
    let protection = Protection {
        honeypot_field: Some("q1".into()),
        min_fill_seconds: 3_601,
        max_per_minute: Some(0),
        captcha: Some(Captcha {
            provider: CaptchaProvider::Turnstile,
            sealed_secret: String::new(),
            min_score: Some(50),
            action: None,
            hostnames: texts(&["WWW.Example.com", "www.example.com", "no host"]),
        }),
        ..Protection::default()
    };
    let settings = FormSettings {
        field_mapping: [("q1".to_owned(), "email".to_owned())].into(),
        duplicate_window_seconds: 86_401,
        protection: protection.clone(),
        ..FormSettings::default()
    };
    let pointers: Vec<Value> = faults(settings).into_iter().map(|(at, _)| at).collect();
    let expected = [
        "#/honeypot_field",
        "#/min_fill_seconds",
        "#/max_per_minute",
        "#/captcha/hostnames/2",
        "#/duplicate_window_seconds",
    ];
    assert_eq!(pointers, expected);
}

#[test]
fn a_required_field_that_is_blank_is_told_once() {
    let settings = FormSettings { required_fields: texts(&["email", "city"]), ..FormSettings::default() };
    let blank = parse(&posted(json!({"name": "Ann", "email": " "})), &RULES);
    let pointers: Vec<Value> = settings.missing(&blank).iter().map(|fault| json!(fault)["pointer"].clone()).collect();
    assert_eq!(pointers, ["#/email", "#/city"]);
    let given = parse(&posted(json!({"name": "Ann", "email": "a@example.com", "city": "Denver"})), &RULES);
    assert!(settings.missing(&given).is_empty());
    let faulty = parse(&posted(json!({"name": "Ann", "email": "nonsense", "city": "Denver"})), &RULES);
    assert!(!faulty.faults.is_empty() && settings.missing(&faulty).is_empty());
}

#[test]
fn defaults_fill_blanks_and_add_tags() {
    let defaults = FormDefaults {
        priority: Some(Priority::Low),
        company_name: Some("Unknown".into()),
        product_interests: texts(&["crm"]),
        tags: texts(&["web", "new"]),
    };
    let mut profile = Profile { company_name: Some("Acme".into()), tags: texts(&["WEB"]), ..Profile::default() };
    defaults.fill(&mut profile);
    assert_eq!(profile.company_name.as_deref(), Some("Acme"));
    assert_eq!((profile.priority, profile.product_interests), (Some(Priority::Low), texts(&["crm"])));
    assert_eq!(profile.tags, texts(&["WEB", "new"]));
}
