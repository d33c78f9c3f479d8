#![allow(clippy::unwrap_used)]
use proptest::prelude::*;
use serde_json::json;

use super::{Traces, texts_of_post};
use crate::leads::Profile;

fn jane() -> Traces {
    let mut traces = Traces::none();
    traces.add(&Profile {
        contact_name: Some("Jane O'Neil".to_owned()),
        company_name: Some("Acme, Inc.".to_owned()),
        email: Some("jane.oneil@acme.example".to_owned()),
        phone: Some("+14155552671".to_owned()),
        ..Profile::default()
    });
    traces
}

#[test]
fn a_person_is_found_however_they_are_written() {
    for row in [
        vec!["x", "Jane.ONEIL@Acme.example"],
        vec!["mailto:jane.oneil@acme.example."],
        vec!["(415) 555-2671"],
        vec!["call 001 415 555 2671 after 5"],
        vec!["O'Neil", "JANE", "ACME LLC"],
    ] {
        assert!(jane().are_in(row.iter().copied()), "{row:?}");
    }
}

#[test]
fn others_are_left_alone() {
    for row in [
        vec!["mary-jane.oneil@acme.example"],
        vec!["jane.oneil@acme.example.org"],
        vec!["jane.oneil@acme.example-shop.org"],
        vec!["Jane O'Neil", "Umbrella"],
        vec!["Jane", "Acme"],
        vec!["415", "555", "2671"],
        vec![""],
    ] {
        assert!(!jane().are_in(row.iter().copied()), "{row:?}");
    }
    // Others who bear the name: at the same company with another address, or of a person whose company is not known.
    assert!(!jane().are_in(["Jane O'Neil", "Acme", "joneil@acme.example"]));
    let mut nameless = Traces::none();
    nameless.add(&Profile { contact_name: Some("Jane O'Neil".to_owned()), ..Profile::default() });
    assert!(!nameless.are_in(["Jane O'Neil", "Acme"]));
    assert!(!Traces::none().are_in(["Jane"]));
    assert!(Traces::none().is_empty());
}

#[test]
fn posts_are_read_as_whatever_they_are() {
    for body in [
        &b"a=1&mail=jane.oneil%40acme.example&b=%zz%"[..],
        b"{\"deep\":[{\"mail\":\"jane.oneil\\u0040acme.example\"}]}",
        b"--x\r\nContent-Disposition: form-data; name=\"mail\"\r\n\r\njane.oneil@acme.example\r\n--x--",
        b"name=J\xe4ne&tel=%2B1+415+555+2671",
    ] {
        assert!(jane().are_in(texts_of_post(body).iter().map(String::as_str)), "{}", String::from_utf8_lossy(body));
    }
    assert!(!jane().are_in(texts_of_post(b"name=Bob&mail=bob%40acme.example").iter().map(String::as_str)));
}

#[test]
fn a_preview_loses_the_rows_and_sentences_that_name_the_person() {
    let preview = json!({
        "rows": [{"line": 2, "lead": {"email": "jane.oneil@acme.example"}}, {"line": 3, "lead": {"email": "bob@x.example"}}],
        "errors": [{"code": "invalid", "detail": "There is no name; `Jane O'Neil` is made from it.", "count": 4}],
    });
    let without = jane().taken_out_of(&preview).unwrap();
    assert_eq!(without["rows"], json!([{"line": 3, "lead": {"email": "bob@x.example"}}]));
    assert_eq!(without["errors"], json!([{"code": "invalid", "detail": "", "count": 4}]));
    assert_eq!(jane().taken_out_of(&without), None);
}

#[test]
fn a_row_with_the_id_of_the_lead_is_of_the_person() {
    let mut traces = jane();
    let id = crate::sample::id(7);
    traces.add_lead(id);
    assert!(traces.are_in([id.to_string().as_str(), "Rome"]));
    let row =
        json!({"rows": [{"known": {"id": id}}, {"lead": {"contact_name": "Jane O'Neil", "email": "jo@x.example"}}]});
    let without = traces.taken_out_of(&row).unwrap();
    assert_eq!(without["rows"], json!([{"lead": {"contact_name": "Jane O'Neil", "email": "jo@x.example"}}]));
}

#[test]
fn leads_are_no_more_chosen_by_who_was_erased() {
    let selection = |words: serde_json::Value, value: serde_json::Value| json!({"words": words, "condition": {"all": [{"field": "name", "op": "in", "value": value}]}, "view": null});
    let gone = jane().taken_out_of_selection(&selection(json!(["oneil", "jane"]), json!(["jane", "Acme"]))).unwrap();
    assert_eq!((&gone["words"], &gone["forgotten"]), (&json!([]), &json!(true)));
    assert_eq!(gone["condition"]["all"][0], json!({"field": "name", "op": "in", "value": ["", "Acme"]}));
    for word in ["jane.oneil@acme.example", "14155552671", "jane"] {
        assert!(jane().taken_out_of_selection(&selection(json!([word]), json!([]))).is_some(), "{word}");
    }
    assert_eq!(jane().taken_out_of_selection(&selection(json!(["acme", "sales"]), json!(["Janet Oneil", 3]))), None);
}

proptest! {
    #[test]
    fn nothing_that_is_posted_breaks_the_reading(body: Vec<u8>) {
        jane().are_in(texts_of_post(&body).iter().map(String::as_str));
    }
}
