//! Which of several inputs for one field is the lead's.
#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};

use super::tests::{field, fields, read};
use crate::leads::Target;

const ANN: [&str; 6] = ["contact_name", "first_name", "last_name", "email", "phone", "company_name"];

/// What others are called in a post.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "location", "branch", "office", "recipient", "to", "lender", "account_executive", "consultant", "adviser",
    "counselor", "coordinator", "operator", "staff", "employee", "submitted_by", "affiliate", "publisher", "pro",
    "professional", "contractor", "unit", "team", "site", "website", "clinic", "doctor", "practitioner", "teacher",
    "tutor", "school", "course", "event", "meeting", "child", "driver", "beneficiary", "next_of_kin",
    "co_applicant", "landlord", "realtor", "loan_officer", "loanOfficer", "originator", "attorney", "receiver",
    "reply_to", "cc", "bot", "page", "integration", "service", "retailer", "outlet", "center", "hotel",
    "restaurant", "resource", "agent", "host", "store", "offices",
];

#[test]
fn whoever_comes_before_the_lead_is_not_the_lead() {
    let other = json!({"name": "Denver branch", "email": "denver@own.example", "phone": "+13035550199", "website": "own.example",
        "city": "Denver"});
    let ann = json!({"first_name": "Ann", "last_name": "Lee", "email": "ann@lee.example", "phone": "+14155550198"});
    let names = [&ANN[..], &["website", "city"]].concat();
    let expected = json!([null, "Ann", "Lee", "ann@lee.example", "+14155550198", null, null, null]);
    for whose in OTHERS {
        for posted in [
            json!({*whose: other, "customer": ann}),
            json!({"data": {*whose: [other], "visitor_details": ann}}),
            json!({*whose: other, "first_name": "Ann", "last_name": "Lee", "email": "ann@lee.example", "phone": "+14155550198"}),
            json!({*whose: {"contact": other}, "leads": [ann]}),
        ] {
            assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
        }
        let behind = json!({"first_name": "Ann", "last_name": "Lee", "email": "ann@lee.example", *whose: other});
        let expected = json!([null, "Ann", "Lee", "ann@lee.example", null, null, null, null]);
        assert_eq!(json!(fields(behind.clone(), &names)), expected, "{behind}");
    }
    // Whoever stands alone is the lead, and what somebody maps is theirs to say.
    let alone = fields(json!({"school": {"name": "S", "email": "s@school.example"}}), &["email"]);
    assert_eq!(alone, ["s@school.example"]);
    let mapped =
        read(&[("office.email", "email")], json!({"office": {"email": "o@b.example", "phone": "+1"}, "name": "Jo"}));
    assert_eq!((field(&mapped, "email"), field(&mapped, "phone")), (Some(json!("o@b.example")), Some(json!("+1"))));
}

#[test]
fn what_nobody_else_says_is_the_leads() {
    let names = ["contact_name", "first_name", "email", "phone", "job_title"];
    for (posted, expected) in [
        (
            json!({"name": "Ann Lee", "company": {"name": "Acme", "email": "ann@acme.example", "phone": "+14155550198"}}),
            json!(["Ann Lee", null, "ann@acme.example", "+14155550198", null]),
        ),
        (
            json!({"profile": {"first_name": "Ann"}, "account": {"email": "a@b.example"}}),
            json!([null, "Ann", "a@b.example", null, null]),
        ),
        (
            json!({"name": "Ann", "email": "a@b.example", "company": {"name": "Acme", "job_title": "CTO"}}),
            json!(["Ann", null, "a@b.example", null, "CTO"]),
        ),
        (
            json!({"first_name": "Ann", "email": "a@b.example", "profile": {"name": "Ann Lee"}}),
            json!(["Ann Lee", "Ann", "a@b.example", null, null]),
        ),
    ] {
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
}

#[test]
fn nobody_elses_address_is_the_leads() {
    let bob = json!({"name": "Bob Sales", "email": "bob@own.example", "phone": "+13035550199"});
    let reached = |posted: &Value| fields(posted.clone(), &["email", "phone"]);
    for whose in OTHERS {
        for others in [
            json!({*whose: bob}),
            json!({*whose: [bob]}),
            json!({*whose: {"contact": bob}}),
            json!({*whose: {"name": "Bob Sales", "company": bob}}),
        ] {
            let mut posted = json!({"name": "Ann Hill", "message": "hi"});
            posted.as_object_mut().unwrap().extend(others.as_object().cloned().unwrap());
            assert_eq!(reached(&posted), [Value::Null, Value::Null], "{posted}");
        }
    }
    for others in [
        json!({"recipient": {"channels": {"email": "bob@own.example"}}}),
        json!({"operator": {"work": {"phone": "+13035550199"}}}),
        json!({"account": {"id": 7, "name": "Own", "email": "bob@own.example"}}),
        json!({"account": {"uuid": "x", "name": "Own", "email": "bob@own.example"}}),
        json!({"account": {"name": "Own", "email": "bob@own.example"}, "account_id": 7}),
        json!({"business": {"businessID": "46", "name": "Own", "phone": "+13035550199"}}),
        json!({"company": {"name": "Acme", "contact": {"name": "Bob Sales", "email": "bob@own.example"}}}),
        json!({"company": {"name": "Acme", "employees": [bob]}}),
    ] {
        let mut posted = json!({"name": "Ann Hill", "message": "hi"});
        posted.as_object_mut().unwrap().extend(others.as_object().cloned().unwrap());
        assert_eq!(reached(&posted), [Value::Null, Value::Null], "{posted}");
    }
    // An input that is mapped and blank reaches nobody.
    let posted = |own: &str| json!({"mein_feld": own, "name": "Ann Lee", "company": {"name": "Acme", "email": "ann@acme.example"}});
    for (own, expected) in [("", "ann@acme.example"), ("ann@lee.example", "ann@lee.example")] {
        let inputs = read(&[("mein_feld", "email")], posted(own));
        let said = |input: &&super::Input| input.target == Some(Target::Field("email")) && input.value != "";
        assert_eq!(inputs.iter().find(said).map(|input| &input.value), Some(&json!(expected)), "{own}");
    }
}

#[test]
fn a_long_first_name_is_not_looked_for_in_front_of_others() {
    // A post may have many whole names, each of which would be compared with it.
    for (length, expected) in [(200, true), (201, false)] {
        let first = "a".repeat(length);
        let whole = format!("{first} Lee");
        let found = fields(json!({"first_name": first, "profile": {"full_name": whole}}), &["contact_name"]);
        assert_eq!(found == [whole], expected, "{length}");
    }
}

#[test]
fn what_is_asked_of_the_lead_stays_theirs() {
    let names = ["email", "phone", "company_name", "city", "job_title", "website", "industry"];
    for (own, expected) in [
        (json!({"location": {"city": "Bath"}}), json!(["a@b.example", null, null, "Bath", null, null, null])),
        (
            json!({"customer": {"location": {"city": "Bath", "phone": "+1"}}}),
            json!(["a@b.example", "+1", null, "Bath", null, null, null]),
        ),
        (
            json!({"professional": {"job_title": "CTO", "company": "C"}}),
            json!(["a@b.example", null, "C", null, "CTO", null, null]),
        ),
        (json!({"business": {"name": "C", "industry": "I"}}), json!(["a@b.example", null, "C", null, null, null, "I"])),
        (
            json!({"company": {"id": 5, "name": "C", "phone": "+1"}}),
            json!(["a@b.example", null, "C", null, null, null, null]),
        ),
        (
            json!({"website": {"url": "https://c.example"}}),
            json!(["a@b.example", null, null, null, null, "https://c.example", null]),
        ),
        (
            json!({"event": {"attendee": {"phone": "+1"}, "name": "E"}}),
            json!(["a@b.example", "+1", null, null, null, null, null]),
        ),
    ] {
        let mut posted = json!({"email": "a@b.example"});
        posted.as_object_mut().unwrap().extend(own.as_object().cloned().unwrap());
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
}

#[test]
fn the_form_comes_first_then_the_lead_then_anybody() {
    let names = ["contact_name", "first_name", "email", "phone"];
    for (posted, expected) in [
        (
            json!({"office[name]": "Berlin", "office[email]": "b@own.example", "name": "Ann Lee", "email": "a@b.example"}),
            json!(["Ann Lee", null, "a@b.example", null]),
        ),
        (json!({"office_email": "b@own.example", "email": "a@b.example"}), json!([null, null, "a@b.example", null])),
        (
            json!({"zz": {"email": "z@own.example", "phone": "+2"}, "contact": {"first_name": "Ann", "email": "a@b.example"}}),
            json!([null, "Ann", "a@b.example", "+2"]),
        ),
        (
            json!({"zz": {"email": "z@own.example"}, "email": "", "customer": {"email": "a@b.example"}}),
            json!([null, null, "a@b.example", null]),
        ),
        (
            json!({"_replyto": "z@own.example", "customer": {"email": "a@b.example"}}),
            json!([null, null, "a@b.example", null]),
        ),
        // Of one object rather than of two.
        (
            json!({"email": "in@own.example", "customer": {"first_name": "Ann", "email": "a@b.example"}}),
            json!([null, "Ann", "a@b.example", null]),
        ),
        (
            json!({"recipient": {"name": {"firstName": "Lee"}, "email": "l@own.example"},
                "sender": {"name": {"firstName": "Bo"}, "email": "b@b.example", "phoneNumber": "+1"}}),
            json!([null, "Bo", "b@b.example", "+1"]),
        ),
        (
            json!({"operator": {"name": "Op", "email": "o@own.example"}, "visitor": {"name": "Ti", "email": "t@b.example"}}),
            json!(["Ti", null, "t@b.example", null]),
        ),
    ] {
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
}

#[test]
fn the_name_of_a_country_does_not_make_a_place_somebody() {
    let located = json!({"sender": {"email": "a@b.example"}, "location": {"city": "Bath", "country": {"name": "United Kingdom"}}});
    assert_eq!(fields(located, &["city"]), ["Bath"]);
}

#[test]
fn a_post_may_have_a_name_that_is_nobodys() {
    let names = ["contact_name", "first_name", "email"];
    for (posted, expected) in [
        (
            json!({"name": "Demo call", "customer": {"first_name": "Ann", "email": "a@b.example"}}),
            json!([null, "Ann", "a@b.example"]),
        ),
        (
            json!({"customer": {"name": "Ann Lee", "email": "a@b.example"}, "name": "Demo call"}),
            json!(["Ann Lee", null, "a@b.example"]),
        ),
        (json!({"name": "Ann Lee", "contact": {"email": "a@b.example"}}), json!(["Ann Lee", null, "a@b.example"])),
    ] {
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
}

#[test]
fn the_campaign_that_is_called_like_one_counts() {
    let posted = json!({"Campaign Name": "Whatsapp", "utm_source": "GoogleAds", "utm_campaign": "SummerLaunch"});
    let inputs = read(&[], posted);
    let found = inputs.iter().find(|input| input.target == Some(Target::Touch("utm_campaign"))).unwrap();
    assert_eq!(found.value, "SummerLaunch");
}

#[test]
fn two_people_are_not_one_lead() {
    let call = json!({"dateTime": "2026-12-01T10:00:00Z", "user": {"name": "Host", "email": "h@own.example"}});
    for (named, expected) in [
        (json!({"firstName": "Ic", "lastName": "Losed"}), json!([null, "Ic", "Losed", "a@b.example"])),
        (json!({}), json!([null, null, null, "a@b.example"])),
    ] {
        let mut posted = json!({"email": "a@b.example", "latestCall": call});
        posted.as_object_mut().unwrap().extend(named.as_object().cloned().unwrap());
        assert_eq!(json!(fields(posted.clone(), &ANN[..4])), expected, "{posted}");
    }
    let same = json!({"email": "a@b.example", "zz": {"full_name": "Ann Lee", "email": "a@b.example"}});
    assert_eq!(fields(same, &["contact_name"]), ["Ann Lee"]);
    let paid = json!({"email": "a@b.example", "billing": {"first_name": "Ann", "last_name": "Lee", "email": "ann@work.example"}});
    assert_eq!(fields(paid, &["email", "last_name"]), ["a@b.example", "Lee"]);
}

#[test]
fn the_receivers_own_account_is_not_the_leads_company() {
    let names = ["company_name", "website", "industry"];
    for (posted, expected) in [
        (
            json!({"customer": {"displayName": "O Y", "phone": "+1"}, "business": {"businessID": "46", "name": "Robert's"}}),
            json!([null, null, null]),
        ),
        (
            json!({"visitor": {"name": "V", "phone": "+1"}, "website": {"url": "https://x.example", "name": "Dealer", "industry": "cars"}}),
            json!([null, null, null]),
        ),
        (
            json!({"email": "a@b.example", "account": {"id": 5, "name": "X", "domain_name": "x.example"}}),
            json!([null, null, null]),
        ),
        (
            json!({"account": "My Account", "contact_name": "J H", "contact_company_name": "Own", "lead_url": "https://x.example/form"}),
            json!(["Own", null, null]),
        ),
        (
            json!({"email": "a@b.example", "account": {"name": "Acc", "company": "Mine"}, "company": {"name": "Own"}}),
            json!(["Own", null, null]),
        ),
        (json!({"email": "a@b.example", "organization": {"id": 5, "name": "Own"}}), json!(["Own", null, null])),
    ] {
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
    assert_eq!(fields(json!({"contact_company_name": "Own"}), &["company_name"]), [Value::from("Own")]);
}
