//! Contact Form 7: the fields of its pages, with what the plug-in says of itself under `_wpcf7…`.

use serde_json::Value;

use super::{
    Adapter, Delivery, flat,
    look::{origin, text},
    unknown_shape,
};
use crate::fault::Fault;

/// What other plug-ins add.
const NOT_ANSWERS: &[&str] =
    &["g-recaptcha-response", "h-captcha-response", "cf-turnstile-response", "_wpnonce", "action"];

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    let Value::Object(members) = body else {
        return Err(unknown_shape(Adapter::ContactForm7, "the fields of an HTML form"));
    };
    let own = |name: &str| name.starts_with("_wpcf7") || name.starts_with("_wpnonce");
    let answers = members.iter().filter(|(name, _)| !own(name));
    // Check boxes come with brackets: `your-topics[]`.
    let answers = answers.map(|(name, value)| (name.trim_end_matches("[]").to_owned(), value.clone()));
    let mut delivery = flat::delivery(&answers.collect(), NOT_ANSWERS);
    delivery.origin = origin(
        body,
        &[
            ("form_id", &["_wpcf7"]),
            ("page_id", &["_wpcf7_container_post"]),
            ("locale", &["_wpcf7_locale"]),
            ("unit", &["_wpcf7_unit_tag"]),
        ],
    );
    if let Some(language) = members.get("_wpcf7_locale").and_then(text).filter(|_| !delivery.has("language")) {
        delivery.fill("language", Some(language.replace('_', "-")));
    }
    Ok(vec![delivery])
}
