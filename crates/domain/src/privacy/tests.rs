#![allow(clippy::unwrap_used)]
use proptest::prelude::*;
use serde_json::json;

use super::{SavedWords, Told, Traces};
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
    let company = Some("Harbour Lights Bakery".to_owned());
    let mut called_by_itself = Traces::none();
    called_by_itself.add(&Profile { contact_name: company.clone(), company_name: company, ..Profile::default() });
    assert!(!called_by_itself.are_in(["Harbour Lights Bakery", "Ann Lee"]));
    // Who trades under their own name is known by it.
    let own = |text: &str| Some(text.to_owned());
    let trader = Profile { contact_name: own("Jane Doe"), company_name: own("Jane Doe"), ..Profile::default() };
    for (first_name, last_name, is_person) in
        [(None, None, false), (own("Jane"), None, true), (own("Jane"), own("Doe"), true)]
    {
        let mut traces = Traces::none();
        traces.add(&Profile { first_name, last_name, ..trader.clone() });
        assert_eq!(traces.are_in(["Doe, Jane", "4711"]), is_person);
    }
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
        assert!(jane().are_told(&Told::of_post(body)), "{}", String::from_utf8_lossy(body));
    }
    assert!(!jane().are_told(&Told::of_post(b"name=Bob&mail=bob%40acme.example")));
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

#[test]
fn a_saved_view_loses_the_person_and_never_has_more_leads_than_before() {
    let view = |name: &str, condition: serde_json::Value, query: Option<&str>| SavedWords {
        name: name.to_owned(),
        condition: Some(condition).filter(|condition| !condition.is_null()),
        query: query.map(ToOwned::to_owned),
    };
    let test = |op: &str, value: serde_json::Value| json!({"field": "email", "op": op, "value": value});
    let blank = json!({"field": "contact_name", "op": "eq", "value": ""});
    let (one, other) = ("jane.oneil@acme.example", "bob@x.example");
    let cases = [
        (view("Jane's", test("eq", json!(one)), None), view("View 1", test("eq", json!("")), None)),
        (view("Two", test("in", json!([one, other])), None), view("Two", test("in", json!([other])), None)),
        (
            view("One", json!({"not": test("in", json!([one]))}), None),
            view("One", json!({"not": test("in", json!([""]))}), None),
        ),
        (view("Mine", json!(null), Some("O'Neil, Jane")), view("Mine", json!({"all": [blank]}), None)),
        (
            view("Jane O'Neil", test("eq", json!(other)), Some("acme")),
            view("View 1", test("eq", json!(other)), Some("acme")),
        ),
        (
            view("O", test("eq", json!(other)), Some("415-555-2671")),
            view("O", json!({"all": [test("eq", json!(other)), blank]}), None),
        ),
    ];
    for (before, after) in cases {
        assert_eq!(jane().taken_out_of_view(&before, "View 1"), Some(after), "{before:?}");
    }
    // Others bear a part of the name, too.
    let others =
        json!({"any": [test("eq", json!(other)), {"field": "contact_name", "op": "contains", "value": "jane"}]});
    assert_eq!(jane().taken_out_of_view(&view("Janes of Acme", others, Some("jane")), "View 1"), None);
}

#[test]
fn an_action_loses_tags_and_notes_of_the_person() {
    let tags = json!({"kind": "add_tags", "tags": ["vip", "Jane O'Neil", "jane"]});
    assert_eq!(jane().taken_out_of_action(&tags, false).unwrap()["tags"], json!(["vip", "jane"]));
    assert_eq!(jane().taken_out_of_action(&tags, true).unwrap()["tags"], json!([]));
    let moved = json!({"kind": "transition", "to": "contacted", "note": "spoke to her, her wife is ill"});
    assert_eq!(jane().taken_out_of_action(&moved, false), None);
    assert_eq!(jane().taken_out_of_action(&moved, true).unwrap()["note"], json!(null));
    assert_eq!(jane().taken_out_of_action(&json!({"kind": "archive", "note": null}), true), None);
    let mut traces = jane();
    traces.add_lead(crate::sample::id(7));
    assert!(traces.are_of(&[crate::sample::id(7)]) && !traces.are_of(&[]));
    assert!(!traces.are_of(&[crate::sample::id(7), crate::sample::id(8)]));
}

proptest! {
    #[test]
    fn nothing_that_is_posted_breaks_the_reading(body: Vec<u8>) {
        jane().are_told(&Told::of_post(&body));
    }
}
