//! Adapters: what other systems send when somebody fills a form of theirs, read as what a form of ours would have brought
//! (spec CAP-4).
//!
//! An adapter turns one body into deliveries. A delivery holds answers under every name that the other system knows for
//! them, so that a form's mapping can use any; [`Delivery::fields`] settles which name counts. From there a delivery goes
//! the way of every post to a form.

pub(in crate::capture) mod agreed;
mod answers;
mod body;
mod calendly;
mod contact_form_7;
mod flat;
mod generic;
mod google_ads;
mod gravity_forms;
mod hubspot_forms;
mod jotform;
mod linkedin_lead_gen;
mod look;
mod meta_lead_ads;
mod salesforce;
mod settings;
mod tally;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod typeform;
mod unbounce;
mod webflow;
mod whose;

pub use answers::Answer;
pub use body::{form_body, json_body};
pub use generic::GenericMapping;
pub use google_ads::google_keys;
pub use settings::{AdapterSettings, ID_PLACE};

use serde_json::{Map, Value};

use crate::{choices, fault::Fault, time::Instant};

/// The most deliveries that are read from one body.
pub const MOST_DELIVERIES: usize = 500;

choices! {
    /// Whose bodies a form reads.
    Adapter {
        /// Fields under names that people understand, as web forms and programs send them.
        Form = "form",
        /// Google Ads lead forms: the webhook of a lead form asset.
        GoogleAds = "google_ads",
        /// Meta Lead Ads (Facebook, Instagram): the leadgen webhook of a page, or leads as the Graph API gives them.
        MetaLeadAds = "meta_lead_ads",
        /// LinkedIn Lead Gen Forms: the lead notification, or responses as the Lead Sync API gives them.
        LinkedinLeadGen = "linkedin_lead_gen",
        /// Typeform: the webhook of a form.
        Typeform = "typeform",
        /// HubSpot: a submission as its forms API takes it, or a contact as its workflows send it.
        HubspotForms = "hubspot_forms",
        /// Salesforce web-to-lead: the HTML form that Salesforce generates, posted here instead.
        SalesforceWebToLead = "salesforce_web_to_lead",
        /// Webflow: the form submission webhook, old and new.
        Webflow = "webflow",
        /// Unbounce: the webhook of a landing page.
        Unbounce = "unbounce",
        /// Jotform: the webhook of a form.
        Jotform = "jotform",
        /// Tally: the webhook of a form.
        Tally = "tally",
        /// Gravity Forms: an entry, as its webhooks add-on or REST API gives it.
        GravityForms = "gravity_forms",
        /// Calendly: somebody booked a meeting, or answered a routing form.
        Calendly = "calendly",
        /// Contact Form 7: the post that its pages send.
        ContactForm7 = "contact_form_7",
        /// Any JSON, read with pointers that the form names.
        Generic = "generic",
    }
}

#[allow(clippy::derivable_impls, reason = "the macro of vocabularies marks no default")]
impl Default for Adapter {
    fn default() -> Self {
        Self::Form
    }
}

/// What a delivery is to become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// A lead.
    Lead,
    /// Nothing: the other system tries whether we answer.
    Test,
    /// A lead that has to be asked for under this id: the body says no more.
    Ask(String),
    /// Nothing that makes a lead, such as a cancelled booking; a word for programs says what.
    Nothing(&'static str),
}

/// One thing that somebody did in another system.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// What it is to become.
    pub meant: Meant,
    /// The other system's id: what comes again under it is the same.
    pub delivery_id: Option<String>,
    /// Where that id is the only one of its kind, if not in the whole other system: a site, a form.
    pub known_within: Option<String>,
    /// When it happened there.
    pub occurred_at: Option<Instant>,
    /// What was answered, in order.
    pub answers: Vec<Answer>,
    /// Where it comes from in the other system's words: campaign, ad, form.
    pub origin: Map<String, Value>,
    /// What could not be read of it.
    pub faults: Vec<Fault>,
    /// A body of the same shape with nothing but this delivery, where the whole one holds more or a secret.
    pub part: Option<Value>,
}

impl Default for Delivery {
    fn default() -> Self {
        Self {
            meant: Meant::Lead,
            delivery_id: None,
            known_within: None,
            occurred_at: None,
            answers: Vec::new(),
            origin: Map::new(),
            faults: Vec::new(),
            part: None,
        }
    }
}

/// Reads the deliveries of a body. One that can't be read does not stop the others: it has faults and no answers.
///
/// # Errors
/// The body is nothing that this adapter knows.
pub fn read(adapter: Adapter, body: &Value, mapping: &GenericMapping) -> Result<Vec<Delivery>, Fault> {
    let read = |body: &Value| {
        // Programs that hand webhooks on put the body into a member of their own.
        one_body(adapter, body, mapping).or_else(|fault| match look::member(body, &["body"]) {
            Some(inner) => one_body(adapter, inner, mapping).map_err(|_| fault),
            None => Err(fault),
        })
    };
    let mut deliveries = match body {
        Value::Array(bodies) if mapping.list.is_none() => each(&bodies.iter().collect::<Vec<_>>(), adapter, read),
        body => read(body),
    }?;
    if deliveries.len() > MOST_DELIVERIES {
        let detail = format!("Send at most {MOST_DELIVERIES} leads in one body.");
        return Err(Fault::at_pointer("#", "too_many", detail));
    }
    if deliveries.is_empty() {
        deliveries.push(Delivery { meant: Meant::Nothing("empty"), ..Delivery::default() });
    }
    for delivery in &mut deliveries {
        delivery.delivery_id = delivery.delivery_id.take().map(short_id).filter(|id| is_an_id(id));
    }
    Ok(deliveries)
}

fn one_body(adapter: Adapter, body: &Value, mapping: &GenericMapping) -> Result<Vec<Delivery>, Fault> {
    match adapter {
        Adapter::Form => flat::read(body),
        Adapter::GoogleAds => google_ads::read(body),
        Adapter::MetaLeadAds => meta_lead_ads::read(body),
        Adapter::LinkedinLeadGen => linkedin_lead_gen::read(body),
        Adapter::Typeform => typeform::read(body),
        Adapter::HubspotForms => hubspot_forms::read(body),
        Adapter::SalesforceWebToLead => salesforce::read(body),
        Adapter::Webflow => webflow::read(body),
        Adapter::Unbounce => unbounce::read(body),
        Adapter::Jotform => jotform::read(body),
        Adapter::Tally => tally::read(body),
        Adapter::GravityForms => gravity_forms::read(body),
        Adapter::Calendly => calendly::read(body),
        Adapter::ContactForm7 => contact_form_7::read(body),
        Adapter::Generic => generic::read(body, mapping),
    }
}

/// Whose body this is, where it can be nobody else's: to say so to whoever forgot the form's adapter.
pub fn sent_by(body: &Map<String, Value>) -> Option<Adapter> {
    let has = |name: &str| body.contains_key(name);
    let is =
        |name: &str, said: &[&str]| body.get(name).and_then(Value::as_str).is_some_and(|text| said.contains(&text));
    let found = [
        (Adapter::GoogleAds, has("user_column_data")),
        (Adapter::MetaLeadAds, has("field_data") || (has("object") && body.get("entry").is_some_and(tells_of_leads))),
        (Adapter::Typeform, has("form_response")),
        (Adapter::HubspotForms, has("legalConsentOptions")),
        (Adapter::Webflow, is("triggerType", &["form_submission"])),
        (Adapter::Unbounce, has("data.json")),
        (Adapter::Jotform, has("rawRequest")),
        (Adapter::Tally, is("eventType", &["FORM_RESPONSE"])),
        (Adapter::Calendly, is("event", &["invitee.created", "invitee.canceled"])),
    ];
    found.into_iter().find(|(_, is_theirs)| *is_theirs).map(|(adapter, _)| adapter)
}

/// Whether a change of some entry is a lead: the same webhooks tell of messages and comments.
fn tells_of_leads(entries: &Value) -> bool {
    entries.as_array().is_some_and(|entries| {
        let changes = entries.iter().filter_map(|entry| entry.get("changes")?.as_array()).flatten();
        changes.into_iter().any(|change| change.get("field").and_then(Value::as_str) == Some("leadgen"))
    })
}

/// Reads each item of a list; one that can't be read is a delivery with a fault, unless none can.
fn each(
    items: &[&Value],
    adapter: Adapter,
    read: impl Fn(&Value) -> Result<Vec<Delivery>, Fault>,
) -> Result<Vec<Delivery>, Fault> {
    let read: Vec<_> = items.iter().map(|item| read(item)).collect();
    if read.iter().all(Result::is_err) {
        let first = read.into_iter().find_map(Result::err);
        return Err(first.unwrap_or_else(|| unknown_shape(adapter, "a body that is not empty")));
    }
    let several = items.len() > 1;
    let mut deliveries = Vec::with_capacity(items.len());
    for (at, (item, read)) in items.iter().zip(read).enumerate() {
        let found = read.unwrap_or_else(|fault| {
            vec![Delivery { faults: vec![fault.under(&format!("#/{at}"))], ..Delivery::default() }]
        });
        let alone = |delivery: Delivery| {
            let part = delivery.part.or_else(|| several.then(|| (*item).clone()));
            Delivery { part, ..delivery }
        };
        deliveries.extend(found.into_iter().map(alone));
    }
    Ok(deliveries)
}

/// An id that fits a key: other systems have some of a hundred characters, nobody has one of a thousand.
fn short_id(id: String) -> String {
    crate::text::clean_line(&id).chars().take(500).collect()
}

/// Whether a text tells one delivery from another. Pages and flows write `undefined`, `0` or `N/A` where they have no id:
/// taken for one, all deliveries after the first would be the first come again.
fn is_an_id(id: &str) -> bool {
    let letters: String = id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let nothing = ["undefined", "null", "nil", "none", "nan", "na", "false", "true", "objectobject", "notset"];
    let is_macro = id.starts_with("{{") || id.starts_with("${") || id.starts_with("%%");
    !nothing.contains(&letters.as_str()) && letters.chars().any(|c| c != '0') && !is_macro
}

/// The body is not what the adapter reads.
fn unknown_shape(adapter: Adapter, expected: &str) -> Fault {
    let detail = format!("This is not what {adapter} sends: {expected}.");
    Fault::at_pointer("#", "unknown_shape", detail)
}
