//! What people and attackers write into fields: it is kept as text or refused, and never breaks anything.

use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{jane, jane_with};

/// Strings that have broken programs before.
pub const NASTY: &[&str] = &[
    "",
    " ",
    "undefined",
    "null",
    "NaN",
    "true",
    "0",
    "-1",
    "1e309",
    "0x1F",
    "1/0",
    "'",
    "\"",
    "''",
    "\\",
    "\\\\",
    "'; DROP TABLE leads; --",
    "' OR 1=1 --",
    "$1",
    "$2 ?1 :name %s {0} {{7*7}}",
    "%00%0d%0a",
    "../../../../etc/passwd",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "+1-2",
    "@SUM(1)",
    "${jndi:ldap://x}",
    "`id`",
    "$(id)",
    "\u{feff}",
    "\u{200b}\u{200e}\u{202e}abc",
    "\u{1}\u{2}\u{7f}\u{85}",
    "\r\nX-Injected: 1",
    "a\tb\u{b}c",
    "Ω≈ç√∫˜µ≤≥÷",
    "田中さんにあげて下さい",
    "ثم نفس سقطت",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "Z̮̞̠͙͔ͅa͎͚l͔g̦o̹",
    "\u{10ffff}",
    "\u{fffd}\u{fffe}\u{ffff}",
    "İıſßŉǰΐ",
    "ﷺﷺﷺ",
    "O'Neil-Größe, Jr.",
    "{\"a\":1}",
    "[]",
    "\\u0000",
    "\\x00",
    "__proto__",
    "constructor",
    "robert\"); DELETE FROM leads;",
];

/// Text fields that take nearly anything.
const FIELDS: &[&str] =
    &["contact_name", "company_name", "job_title", "city", "region", "notes", "source_detail", "industry"];

on_both_databases!(async fn nasty_text_is_kept_or_refused(app) {
    let admin = app.admin().await;
    for (number, text) in NASTY.iter().enumerate() {
        let mut given = jane(&format!("n{number}"));
        for field in FIELDS {
            given[*field] = json!(text);
        }
        for list in ["tags", "product_interests", "technologies"] {
            given[list] = json!([text]);
        }
        given["external_ids"] = json!({"crm": format!("{text}{number}")});
        given["bant"] = json!({"need": {"notes": text}});
        given["last_touch"] = json!({"utm_source": text, "click_ids": {"gclid": text}});
        let reply = admin.post("/leads", given).await;
        assert!(matches!(reply.status, 201 | 422), "{text:?}: {} {}", reply.status, reply.text);
        if reply.status == 201 {
            let again = admin.patch(format!("/leads/{}", reply.id()), json!({})).await.expect(200);
            assert_eq!(again.json, reply.json, "{text:?} is read as it was answered");
        }
    }
});

on_both_databases!(async fn nasty_names_of_members_are_faults(app) {
    let admin = app.admin().await;
    for text in NASTY {
        for at in ["custom", "consent", "bant", "external_ids"] {
            let reply = admin.post("/leads", jane_with("doe", json!({at: {*text: {*text: text}}}))).await;
            assert_eq!(reply.status, 422, "{at} {text:?}: {}", reply.text);
        }
        let mut given = jane("doe");
        given[*text] = json!(text);
        assert_eq!(admin.post("/leads", given).await.status, 422, "{text:?}");
    }
});

on_both_databases!(async fn nul_is_refused_wherever_it_stands(app) {
    let admin = app.admin().await;
    let given = jane_with("doe", json!({"city": "a\u{0}b", "custom": {"a\u{0}": 1}, "tags": ["x", "\u{0}"], "external_ids": {"crm": "\u{0}"}}));
    let problem = admin.post("/leads", given).await.problem(422);
    assert_eq!(problem["errors"].as_array().unwrap().len(), 4, "{problem}");
    assert!(problem["errors"].as_array().unwrap().iter().all(|error| error["code"] == "nul_character"));
});

on_both_databases!(async fn the_longest_text_there_may_be_is_kept(app) {
    let admin = app.admin().await;
    // These grow to eighteen characters, or weigh four bytes, when they are folded for comparison and search.
    for (number, wide) in ['ﷺ', '𝕬', '㍿', 'ß'].into_iter().enumerate() {
        let long = |count: usize| wide.to_string().repeat(count);
        let given = json!({
            "contact_name": long(200), "company_name": long(200), "job_title": long(200), "city": long(100), "notes": long(10_000),
            "tags": [long(100)], "source_detail": long(200), "external_ids": {"crm": long(190) + &number.to_string()},
            "email": format!("{}{number}@{}.example.com", "e".repeat(60), "d".repeat(60)),
        });
        let lead = admin.post("/leads", jane_with("doe", given)).await.expect(201);
        assert_eq!(lead["company_name"].as_str().unwrap().chars().count(), 200);
        admin.patch(format!("/leads/{}", lead.id()), json!({"city": "Rome"})).await.expect(200);
    }
});

on_both_databases!(async fn values_of_every_wrong_type_are_faults(app) {
    let admin = app.admin().await;
    let wrong = [json!(1), json!(-0.5), json!(1e300), json!(true), json!([]), json!([[[]]]), json!({}), json!({"a": {"b": null}}), json!("\u{fffd}")];
    let shown = admin.post("/leads", jane("shown")).await.expect(201);
    for field in shown.json.as_object().unwrap().keys() {
        for value in &wrong {
            let reply = admin.post("/leads?dry_run=true", jane_with("doe", json!({field: value}))).await;
            assert!(matches!(reply.status, 200 | 422), "{field} = {value}: {} {}", reply.status, reply.text);
            let reply = admin.patch(format!("/leads/{}", shown.id()), json!({field: value})).await;
            assert!(matches!(reply.status, 200 | 422), "{field} = {value}: {} {}", reply.status, reply.text);
        }
    }
    let numbers: Value = serde_json::from_str(r#"{"company_size": 9223372036854775808, "latitude": 90.00000001, "growth_rate": 1e999}"#)
        .unwrap_or_else(|_| json!({"company_size": 9_223_372_036_854_775_808_u64, "latitude": 90.000_000_01}));
    admin.post("/leads", jane_with("doe", numbers)).await.problem(422);
});
