//! Bodies that nobody meant to send.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::{Adapter, GenericMapping, form_body, json_body, read};
use super::lead_of;

#[test]
fn json_is_read_without_loss() {
    let read = |text: &str| json_body(text).unwrap();
    assert_eq!(read("\u{feff}{\"a\":1}"), json!({"a": 1}));
    assert_eq!(
        read(r#"{"id": 12345678901234567890123, "small": 7, "f": 1.5}"#),
        json!({"id": "12345678901234567890123", "small": 7, "f": 1.5})
    );
    assert_eq!(
        read(r#"[9223372036854775807, -9223372036854775808, 1e999]"#),
        json!([9_223_372_036_854_775_807_i64, -9_223_372_036_854_775_808_i64, "1e999"])
    );
    assert_eq!(
        read(r#"{"t": "no 12345678901234567890 \" 1e5", "\"1e5": 1}"#),
        json!({"t": "no 12345678901234567890 \" 1e5", "\"1e5": 1})
    );
    assert_eq!(read(r#"{"mail": "a", "mail": "", "n": "x", "n": "y"}"#), json!({"mail": "a", "n": "y"}));
    assert_eq!(read(r#"{"a\u0000b": "c\u0000d"}"#), json!({"ab": "cd"}));
    for broken in ["", "{", "{\"a\":01}", "nul", "[1,]", "\u{feff}"] {
        assert!(json_body(broken).is_err(), "{broken}");
    }
    assert!(json_body(&"[".repeat(10_000)).is_err());
}

#[test]
fn several_inputs_of_one_name_are_a_list() {
    let pairs =
        [("a", "1"), ("b", "2"), ("a", "3"), ("a", "4")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(form_body(pairs), json!({"a": ["1", "3", "4"], "b": "2"}));
}

#[test]
fn long_answers_to_typeform_are_read() {
    let names = json!({"form_response": {"token": "t", "definition": {"fields": [{"id": "a", "title": "Full name"}]},
        "answers": [{"type": "text", "text": format!("{}z", "a ".repeat(400_000)), "field": {"id": "a"}}],
        "hidden": {"first_name": "z ".repeat(400_000), "last_name": "z ".repeat(400_000) + "y"}}});
    let found = read(Adapter::Typeform, &names, &GenericMapping::default()).unwrap();
    let aside: Vec<_> = found[0].answers.iter().filter(|answer| answer.aside).map(|answer| &answer.names[0]).collect();
    assert_eq!(aside, ["last_name"]);
    let fields: Vec<Value> =
        (0..30_000).map(|at| json!({"id": format!("q{at}"), "title": format!("Seat {at}")})).collect();
    let answers: Vec<Value> =
        (0..30_000).map(|at| json!({"type": "text", "text": "x", "field": {"id": format!("q{at}")}})).collect();
    let many = json!({"form_response": {"token": "t", "definition": {"fields": fields}, "answers": answers}});
    let found = read(Adapter::Typeform, &many, &GenericMapping::default()).unwrap();
    assert_eq!(found[0].answers[29_999].names, ["q29999", "Seat 29999"]);
}

/// The words on which adapters turn, and others.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("entry"),
        Just("changes"),
        Just("value"),
        Just("values"),
        Just("field"),
        Just("field_data"),
        Just("leadgen_id"),
        Just("name"),
        Just("user_column_data"),
        Just("column_id"),
        Just("string_value"),
        Just("lead_id"),
        Just("form_response"),
        Just("answers"),
        Just("definition"),
        Just("fields"),
        Just("type"),
        Just("choices"),
        Just("labels"),
        Just("properties"),
        Just("payload"),
        Just("data"),
        Just("rawRequest"),
        Just("q3_name"),
        Just("first"),
        Just("phone"),
        Just("data.json"),
        Just("options"),
        Just("id"),
        Just("key"),
        Just("label"),
        Just("formResponse"),
        Just("answerDetails"),
        Just("multipleChoiceAnswer"),
        Just("leads"),
        Just("body"),
        Just("1.3"),
        Just("email"),
        Just("text"),
        Just("legalConsentOptions"),
        Just("communications"),
        Just("consent"),
        Just("rows"),
        Just("4444444444444"),
        Just("pretty"),
        Just("form"),
        Just("questions_and_answers"),
        Just("{\"q1_a\": [1]}"),
        Just(""),
        Just("Ä\u{0}💥"),
    ]
    .prop_map(str::to_owned)
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn no_body_breaks_an_adapter(body in tree()) {
        let mapping = GenericMapping { fields: [("email".to_owned(), vec!["/0".to_owned(), "#/entry".to_owned()])].into(), list: Some("/leads".to_owned()), ..GenericMapping::default() };
        for adapter in Adapter::ALL {
            for mapping in [&mapping, &GenericMapping::default()] {
                for delivery in read(*adapter, &body, mapping).into_iter().flatten() {
                    prop_assert!(!serde_json::to_string(&lead_of(&delivery).unknown).unwrap().contains("\\u0000"));
                }
            }
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in "[\\[\\]{}:,\"\\\\0-9eE.+\\-a-fn\u{feff} ]{0,40}|.{0,40}") {
        let _ = json_body(&text);
    }

    #[test]
    fn what_others_read_we_read(body in tree()) {
        let written = body.to_string();
        prop_assert!(json_body(&written).is_ok());
    }
}
