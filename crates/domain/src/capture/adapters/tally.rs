//! Tally: a list of fields with key, label, type and value; what was chosen is told by the ids of options.

use serde_json::Value;

use super::{
    Adapter, Delivery, Meant,
    look::{items_at, member, moment, origin, said, text, text_at},
    unknown_shape,
};
use crate::fault::Fault;

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    let body = member(body, &["data"]).filter(|inner| member(inner, &["data"]).is_some()).unwrap_or(body);
    let data = member(body, &["data"]).filter(|data| data.is_object()).unwrap_or(body);
    if !member(data, &["fields"]).is_some_and(Value::is_array) {
        return Err(unknown_shape(Adapter::Tally, "an object with data.fields"));
    }
    let event = text_at(body, &["eventType"]).unwrap_or_default();
    let other = !event.is_empty() && !event.eq_ignore_ascii_case("FORM_RESPONSE");
    let mut delivery = Delivery {
        meant: if other { Meant::Nothing("other_event") } else { Meant::Lead },
        delivery_id: text_at(data, &["responseId", "submissionId"]).or_else(|| text_at(body, &["eventId"])),
        occurred_at: moment(member(data, &["createdAt"]).or_else(|| member(body, &["createdAt"]))),
        origin: origin(
            data,
            &[("form_id", &["formId"]), ("form_name", &["formName"]), ("respondent_id", &["respondentId"])],
        ),
        ..Delivery::default()
    };
    let fields = items_at(data, &["fields"]);
    for field in &fields {
        let (key, label) = (text_at(field, &["key"]), text_at(field, &["label", "title"]));
        if is_one_box_of_another(field, key.as_deref(), &fields) {
            continue;
        }
        let kind = match text_at(field, &["type"]).as_deref() {
            Some("INPUT_EMAIL") => Some("email"),
            Some("INPUT_PHONE_NUMBER") => Some("phone"),
            Some("INPUT_LINK") => Some("website"),
            _ => None,
        };
        let names = [key.as_deref(), label.as_deref()];
        delivery.answer(names.into_iter().flatten(), kind, &value_of(field));
    }
    Ok(vec![delivery])
}

/// Each check box comes a second time, as a yes or no of its own.
fn is_one_box_of_another(field: &Value, key: Option<&str>, fields: &[&Value]) -> bool {
    let Some(key) = key.filter(|_| member(field, &["value"]).is_some_and(Value::is_boolean)) else { return false };
    fields.iter().any(|other| {
        let lists = member(other, &["options"]).is_some();
        lists && text_at(other, &["key"]).is_some_and(|of| key.len() > of.len() && key.starts_with(&format!("{of}_")))
    })
}

fn value_of(field: &Value) -> Value {
    let value = member(field, &["value"]).unwrap_or(&Value::Null);
    let options = items_at(field, &["options"]);
    match value {
        Value::Object(rows) if member(field, &["rows"]).is_some() => {
            let (names, columns) = (items_at(field, &["rows"]), items_at(field, &["columns"]));
            let said = rows.iter().map(|(row, chosen)| {
                let chosen = text(&named(chosen, &columns)).unwrap_or_default();
                Value::String(format!(
                    "{}: {chosen}",
                    label(&row.as_str().into(), &names).unwrap_or_else(|| row.clone())
                ))
            });
            Value::Array(said.collect())
        }
        value => named(value, &options),
    }
}

/// The texts of options instead of their ids.
fn named(value: &Value, options: &[&Value]) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| named(item, options)).collect(),
        // A file: where it lies.
        Value::Object(_) => text_at(value, &["url"]).map(Value::String).or_else(|| said(value)).unwrap_or(Value::Null),
        id => label(id, options).map_or_else(|| id.clone(), Value::String),
    }
}

fn label(id: &Value, options: &[&Value]) -> Option<String> {
    let id = text(id)?;
    let option = options.iter().find(|option| text_at(option, &["id"]).as_ref() == Some(&id))?;
    text_at(option, &["text", "label", "name"])
}
