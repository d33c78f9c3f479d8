//! Webflow: the form submission webhook, with the submission below `payload` (since 2023) or at the top (before).

use serde_json::Value;

use super::{
    Adapter, Delivery, Meant,
    look::{items_at, member, moment, origin, text_at},
    unknown_shape,
};
use crate::fault::Fault;

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    let trigger = text_at(body, &["triggerType"]).unwrap_or_default();
    let inside = member(body, &["payload"]).filter(|inside| inside.is_object()).unwrap_or(body);
    let data = member(inside, &["data", "formResponse"]).filter(|data| data.is_object());
    let other = !trigger.is_empty() && !trigger.contains("form_submission");
    if other && data.is_none() {
        return Ok(vec![Delivery { meant: Meant::Nothing("other_event"), ..Delivery::default() }]);
    }
    let Some(Value::Object(data)) = data else {
        return Err(unknown_shape(Adapter::Webflow, "an object with the answers in data, or in payload.data"));
    };
    let mut delivery = Delivery {
        meant: if other { Meant::Nothing("other_event") } else { Meant::Lead },
        delivery_id: text_at(inside, &["id", "_id", "submissionId"]),
        occurred_at: moment(member(inside, &["submittedAt", "dateSubmitted", "d"])),
        origin: origin(
            inside,
            &[
                ("form_id", &["formId"]),
                ("form_name", &["name", "displayName"]),
                ("site_id", &["siteId", "site"]),
                ("page_id", &["pageId"]),
                ("form_element_id", &["formElementId"]),
            ],
        ),
        ..Delivery::default()
    };
    let schema = items_at(inside, &["schema"]);
    for (name, value) in data {
        let described = schema.iter().find(|field| text_at(field, &["fieldName"]).as_deref() == Some(name));
        let kind = described.and_then(|field| text_at(field, &["fieldType"]));
        let kind = match kind.as_deref() {
            Some("FormEmailInput" | "Email") => Some("email"),
            Some("FormPhoneInput" | "Phone") => Some("phone"),
            _ => None,
        };
        delivery.answer([name.as_str()], kind, value);
    }
    delivery.fill("landing_page", text_at(inside, &["pageUrl", "publishedPath"]));
    Ok(vec![delivery])
}
