//! What is exported, an import takes back.

use leadwright_tests::{Client, Reply, on_both_databases};
use serde_json::{Map, Value, json};

use super::{all_met, export::column, jane_with, nasty::NASTY};
use crate::imports::{counts, import};

/// What another organization gives anew.
const ITS_OWN: &[&str] = &["id", "updated_at", "version", "rating"];

/// The leads of an organization, without what is another in the next one.
async fn exported(client: &Client) -> Vec<Map<String, Value>> {
    let file = client.get("/leads/export?format=ndjson&sort=created_at&archived=any").await.expect(200);
    let lead = |line: &str| {
        let Value::Object(mut lead) = serde_json::from_str(line).unwrap() else { panic!("{line}") };
        lead.retain(|name, _| {
            !ITS_OWN.contains(&name.as_str()) && (name == "score_adjustments" || !name.starts_with("score"))
        });
        lead
    };
    file.text.lines().map(lead).collect()
}

/// Custom fields of each kind, with defaults that must not fill what was blank.
async fn fields(client: &Client) {
    let abc = json!(["A", "B, C", "A; B, C", "[D]"]);
    for (key, kind, options, default) in [
        ("text", "text", json!([]), json!("usual")),
        ("number", "number", json!([]), Value::Null),
        ("boolean", "boolean", json!([]), Value::Null),
        ("day", "date", json!([]), Value::Null),
        ("moment", "datetime", json!([]), Value::Null),
        ("page", "url", json!([]), Value::Null),
        ("one", "single_select", abc.clone(), json!("A")),
        ("many", "multi_select", abc, Value::Null),
    ] {
        let mut field = json!({"key": key, "label": format!("The {key}"), "kind": kind});
        if options != json!([]) {
            field["options"] = options;
        }
        if !default.is_null() {
            field["default"] = default;
        }
        client.post("/custom-fields", field).await.expect(201);
    }
}

/// A lead with something in every field.
fn full() -> Value {
    let mut full = json!({
        "contact_name": "JANE VON DOE", "first_name": "JANE", "last_name": "VON DOE", "email": "Jane.Doe@Example.com",
        "phone": "(415) 555-2671", "country": "US", "website": "https://example.com/a?b=c", "job_title": "Head of Sales",
        "seniority": "c_level", "industry": "public relations", "company_size": "50-100",
        "annual_revenue": {"amount": 120_050, "max_amount": 500_000, "currency": "EUR"}, "region": "US-CA", "city": "N/A",
        "postal_code": "01234", "latitude": -37.789_812, "longitude": 122.5, "language": "de-AT", "timezone": "Europe/Vienna",
        "birth_date": "1984-05-07", "customer_since": "2020-12-01", "relationship": "customer", "growth_rate": 12,
        "purchases": [{"product": "Kit; \"A\"", "date": "2024-03-04", "price": {"amount": 5, "currency": "JPY"}}, {"product": "-"}],
    });
    let more = json!({
        "product_interests": ["a, b", "c"], "technologies": ["-"], "tags": ["vip", "x;y", "[z]"], "notes": " one\n\n \ttwo; 'three'\r\n=4 ",
        "source_detail": "n/a", "priority": "critical", "external_ids": {"CRM x": "=7", "sap": "00012"},
        "consent": {"email": {"state": "granted", "at": "2026-01-02T03:04:05.123456Z", "how": "Form, \"ticked\""}, "sms": {"state": "withdrawn"}, "phone": {"state": "unknown", "how": "never asked"}},
        "first_touch": {"utm_source": "=x", "click_ids": {"gclid": "a'b"}, "at": "2026-01-01T00:00:00Z"},
        "last_touch": {"utm_campaign": "spring; \"26\"", "referrer": "https://a.example/?q=1", "at": "2026-01-05T00:00:00Z"},
        "next_action": {"text": "{\"call\": 1}", "due_at": "2031-01-01T09:00:00Z"},
        "custom": {"text": "[\"a\"]", "number": 0.123_456_789, "boolean": false, "day": "2026-03-04", "moment": "2026-03-04T05:06:07Z", "page": "https://x.example/", "one": "B, C", "many": ["A", "B, C", "[D]"]},
        "bant": {
            "budget": {"state": "met", "level": 4, "allocated": false, "range": {"amount": 100, "max_amount": 99_999, "currency": "KWD"}, "controller": "contact", "notes": "+ok"},
            "authority": {"state": "not_met", "decision_maker": true, "others_involved": "a; b"}, "need": {"clear": true, "urgency": "now"},
            "timeline": {"date": "2027-01-01", "deadlines": "-"},
        },
    });
    full.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    full
}

/// Leads with something in every field, and with what people write there.
async fn leads(admin: &Client) {
    admin.post("/leads", jane_with("full", full())).await.expect(201);
    let later = json!({"last_touch": {"utm_source": "later", "at": "2026-02-01T00:00:00Z"}, "email": "Jane.Doe@Example.com", "contact_name": "JANE VON DOE", "priority": "critical"});
    admin.post("/leads?duplicates=update", jane_with("full", later)).await.expect(200);
    let phone = json!({"email": null, "phone": "+493012345678", "custom": {"text": null}, "contact_name": "cher"});
    let moved = admin.post("/leads", jane_with("moved", phone)).await.expect(201);
    for to in ["contacted", "qualified"] {
        admin.patch(format!("/leads/{}/bant", moved.id()), all_met()).await.expect(200);
        admin.post(format!("/leads/{}/transitions", moved.id()), json!({"to": to})).await.expect(200);
    }
    let gone = admin.post("/leads", jane_with("gone", json!({"last_name": "Doe"}))).await.expect(201);
    admin.delete(format!("/leads/{}", gone.id())).await.expect(204);
    for (number, text) in NASTY.iter().enumerate() {
        let mut lead =
            jane_with(&format!("nasty{number}"), json!({"tags": [text, "b"], "last_touch": {"utm_term": text}}));
        for field in ["contact_name", "company_name", "job_title", "city", "notes", "source_detail", "industry"] {
            lead[field] = json!(text);
        }
        (lead["custom"], lead["next_action"]) = (json!({"text": text}), json!({"text": text}));
        lead["bant"] = json!({"need": {"notes": text}});
        let reply = admin.post("/leads", lead).await;
        assert!(matches!(reply.status, 201 | 422), "{}", reply.text);
    }
}

#[track_caller]
fn same(before: &[Map<String, Value>], after: &[Map<String, Value>], format: &str) {
    assert_eq!(before.len(), after.len(), "{format}");
    for (before, after) in before.iter().zip(after) {
        for (name, value) in before {
            assert_eq!(Some(value), after.get(name), "{name} in {format}: {before:?}");
        }
        assert_eq!(before.len(), after.len(), "{format}: {after:?}");
    }
}

on_both_databases!(async fn what_is_exported_comes_back_as_it_was(app) {
    let admin = app.admin().await;
    fields(&admin).await;
    leads(&admin).await;
    let before = exported(&admin).await;
    assert!(before.len() > 40);
    let without = |name: &str| before.iter().all(|lead| !lead.contains_key(name));
    let columns = admin.get("/leads/export?q=nobody").await.expect(200).text;
    let lacking: Vec<&str> = columns.trim_start_matches('\u{feff}').trim().split(',').map(|name| name.trim_matches('"')).filter(|name| without(name)).collect();
    let none_has = ["id", "updated_at", "version", "rating", "owner", "team", "grade", "score_adjustments", "first_responded_at", "converted_at", "last_interaction_at", "sla.met_at", "sla.breached_at", "status_reason"];
    for name in lacking {
        assert!(none_has.contains(&name) || name.starts_with("consent.") || name.contains("_touch.") || name.starts_with("bant.") || name.starts_with("score"), "{name} is tried with no value");
    }
    for format in ["csv", "xlsx", "ndjson"] {
        let file = admin.get(format!("/leads/export?format={format}&archived=any")).await.expect(200);
        let other = app.stranger().await;
        fields(&other).await;
        let job = import(&other, "mode=auto&duplicates=create&route=false", file.bytes).await;
        assert_eq!(counts(&job), [before.len() as u64, 0, 0, 0], "{format}: {}", job.text);
        assert_eq!((&job["unmapped_columns"], &job["warning_samples"]), (&json!([]), &json!([])), "{format}");
        same(&before, &exported(&other).await, format);
    }
});

async fn again(admin: &Client, file: impl Into<Vec<u8>>) -> [u64; 4] {
    let job = import(admin, "mode=auto&duplicates=update", file).await;
    assert_eq!(job["warning_samples"], json!([]), "{}", job.text);
    counts(&job)
}

async fn file(admin: &Client, query: &str) -> Reply {
    admin.get(format!("/leads/export?sort=created_at&{query}")).await.expect(200)
}

on_both_databases!(async fn the_same_organization_takes_its_own_file_without_a_change(app) {
    let admin = app.admin().await;
    fields(&admin).await;
    leads(&admin).await;
    // Two that share an address are told apart by their ids.
    for name in ["First Twin", "Second Twin"] {
        let twin = jane_with("twin", json!({"contact_name": name}));
        admin.post("/leads?duplicates=flag", twin).await.expect(201);
    }
    let before = file(&admin, "archived=any&format=ndjson").await.text;
    let count = before.lines().count() as u64;
    for format in ["csv", "xlsx", "ndjson"] {
        let whole = file(&admin, &format!("archived=any&format={format}")).await;
        assert_eq!(again(&admin, whole.bytes).await, [0, 0, count, 0], "{format}");
        assert_eq!(file(&admin, "archived=any&format=ndjson").await.text, before, "{format}");
    }
    let twins = file(&admin, "q=twin&columns=city").await.text;
    let edited = twins.trim_end().to_owned() + "Rome\r\n";
    assert_eq!(again(&admin, edited.clone()).await, [0, 1, 1, 0]);
    let twins = file(&admin, "q=twin&columns=city,contact_name").await;
    assert_eq!(column(&twins, "city"), ["", "Rome"]);
    assert_eq!(column(&twins, "contact_name"), ["First Twin", "Second Twin"]);
    // Elsewhere these ids are nobody's, and nobody is made of a city.
    let other = app.stranger().await;
    let job = import(&other, "mode=auto&duplicates=update", edited).await;
    assert_eq!(counts(&job), [0, 0, 0, 2], "{}", job.text);
});

on_both_databases!(async fn files_of_others_are_mended_although_their_rows_have_ids(app) {
    let admin = app.admin().await;
    let file = "id,name,email,phone,company,priority\n\
                5f0c7a52-8f3b-4f0e-9d4a-0b6f6c1e8a01,,bob.smith@others.example,(415) 555-0177,N/A,high\n\
                0199b2a4-5c00-7000-8000-0000000000aa,Eve,EVE@others.example,,-,low\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [2, 0, 0, 0], "{}", job.text);
    let found = admin.get("/leads?q=others&sort=created_at").await.expect(200);
    let said = |lead: &Value, name: &str| lead[name].as_str().unwrap_or_default().to_owned();
    for lead in found["data"].as_array().unwrap() {
        assert_eq!(said(lead, "company_name"), "Unknown", "{lead}");
    }
    let names: Vec<String> = found["data"].as_array().unwrap().iter().map(|lead| said(lead, "contact_name")).collect();
    assert!(names.contains(&"Bob Smith".to_owned()) && names.contains(&"Eve".to_owned()), "{names:?}");
    // What only an export has is what it could have, and nothing has happened in the future.
    let given = r#"[{"points":5,"reason":"other","note":null,"given_at":"2999-01-01T00:00:00Z","expires_at":null,"revoked_at":null}]"#;
    let file = format!(
        "id,contact_name,email,company_name,status,status_reason,score_adjustments\n\
         0199b2a4-5c00-7000-8000-0000000000ab,Ida Lane,ida@others.example,Acme,unqualified,was rude,\"{}\"\n",
        given.replace('"', "\"\"")
    );
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [1, 0, 0, 0], "{}", job.text);
    assert_eq!(job["warnings"]["invalid_choice status_reason"], 1, "{}", job.text);
    let ida = admin.get("/leads?q=ida@others.example").await.expect(200)["data"][0].clone();
    assert_eq!((&ida["status"], &ida["status_reason"]), (&json!("unqualified"), &Value::Null));
    let score = admin.get(format!("/leads/{}/score", ida["id"].as_str().unwrap())).await.expect(200);
    assert!(score["adjustments"][0]["given_at"].as_str().unwrap() < "2999", "{}", score.text);
    // With none but our headings, only ids of our kind are taken for ours.
    let file = "id,contact_name,email,company_name\n5f0c7a52-8f3b-4f0e-9d4a-0b6f6c1e8a02,,ann.lee@others.example,N/A\n";
    assert_eq!(counts(&import(&admin, "mode=auto", file).await), [1, 0, 0, 0]);
    let ann = admin.get("/leads?q=ann.lee").await.expect(200);
    assert_eq!(ann["data"][0]["contact_name"], "Ann Lee");
});
