//! Inputs that come as objects, by whatever words programs call what was asked and what was typed.
#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};

use super::tests::fields;

#[test]
fn a_question_and_its_answer_go_by_many_names() {
    let names = ["contact_name", "email", "phone"];
    for (asked, said) in [
        ("lead_field", "lead_value"),
        ("questionText", "value"),
        ("question_text", "answer_text"),
        ("FieldName", "FieldValue"),
        ("fieldLabel", "fieldValue"),
        ("question", "answer"),
        ("question", "content"),
        ("question", "response"),
        ("question", "reply"),
        ("prompt", "answer"),
        ("displayName", "value"),
        ("Attribute", "Value"),
        ("label", "content"),
        ("text", "answer"),
    ] {
        for list in ["lead_details", "answers"] {
            let posted = json!({"client": "own", list: [{asked: "name", said: "Jo Doe"}, {asked: "E-mail", said: "a@b.example"},
                {asked: "Phone", said: "+1"}]});
            let expected = json!(["Jo Doe", "a@b.example", "+1"]);
            assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
        }
    }
    let yelp = json!({"answers": [{"question_type": "FULL_NAME", "answer": "Jo Doe"}, {"question_type": "EMAIL", "answer": "a@b.example"}]});
    assert_eq!(fields(yelp, &["contact_name", "email"]), ["Jo Doe", "a@b.example"]);
    let jotform = json!({"answers": {"3": {"name": "fullName", "order": "1", "text": "Full Name", "type": "control_textbox", "answer": "Jo Doe"}}});
    assert_eq!(fields(jotform, &["contact_name"]), ["Jo Doe"]);
}

#[test]
fn what_was_asked_is_no_message() {
    for said in ["content", "answers", "reply"] {
        let posted = json!({"contact": {"email": "a@b.example", "name": "John Doe"},
            "answers": [{"question": "How did you find out?", said: ["SNS", "DM"]}]});
        assert_eq!(fields(posted.clone(), &["notes", "contact_name"]), [Value::Null, json!("John Doe")], "{posted}");
    }
    for posted in [
        json!({"utm": {"source": "x", "content": "email"}, "attachments": [{"name": "Email", "content": "x@b.example"}]}),
        json!({"posts": [{"title": "Email", "content": "x@b.example"}]}),
        json!({"messages": [{"text": "Email", "reply": "x@b.example"}]}),
    ] {
        assert_eq!(fields(posted.clone(), &["email"]), [Value::Null], "{posted}");
    }
}
