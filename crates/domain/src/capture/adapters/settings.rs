//! What a form knows about the system whose bodies it reads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Adapter, GenericMapping};
use crate::{
    capture::{FormSettings, mapping_targets},
    fault::{Fault, escape_pointer, nearest},
    leads::CustomFieldDef,
};

/// The most fields that a mapping names, and the most places of one.
const MOST_FIELDS: usize = 100;
const MOST_PLACES: usize = 10;
/// The longest pointer and the longest constant, in characters.
const LONGEST: usize = 500;
/// Where the id goes in the address that a lead is asked for at.
pub const ID_PLACE: &str = "{id}";

/// What a form knows about the system whose bodies it reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AdapterSettings {
    /// Whose bodies they are.
    pub kind: Adapter,
    /// The secret by which a body is proven to come from there, sealed.
    pub sealed_secret: Option<String>,
    /// The word that the other system shows when it asks whether the address is ours, sealed.
    pub sealed_verify_token: Option<String>,
    /// Where things are in bodies of [`Adapter::Generic`].
    pub mapping: GenericMapping,
    /// Where a lead is asked for of which only the id came, with [`ID_PLACE`]; the system's own address unless given.
    pub fetch_url: Option<String>,
    /// What we show there, sealed.
    pub sealed_access_token: Option<String>,
}

impl Adapter {
    /// Whether the other system only tells ids, so that leads have to be asked for.
    pub const fn tells_ids(self) -> bool {
        matches!(self, Self::MetaLeadAds | Self::LinkedinLeadGen)
    }

    /// Whether people's browsers send the bodies, so that somebody is there who can mend what is wrong with them.
    pub const fn is_from_pages(self) -> bool {
        matches!(self, Self::Form | Self::SalesforceWebToLead | Self::ContactForm7 | Self::HubspotForms)
    }

    /// Where the other system tells a lead of which only the id is known.
    pub const fn usual_fetch_url(self) -> Option<&'static str> {
        match self {
            Self::MetaLeadAds => Some(
                "https://graph.facebook.com/v23.0/{id}?fields=id,created_time,ad_id,ad_name,adset_id,adset_name,\
                 campaign_id,campaign_name,form_id,is_organic,platform,field_data,custom_disclaimer_responses",
            ),
            Self::LinkedinLeadGen => Some("https://api.linkedin.com/rest/leadFormResponses/{id}"),
            _ => None,
        }
    }
}

impl AdapterSettings {
    /// The address at which a lead of this id is asked for.
    pub fn fetch_address(&self, id: &str) -> Option<String> {
        let template = self.fetch_url.as_deref().or_else(|| self.kind.usual_fetch_url())?;
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
        let id: String = id
            .bytes()
            .map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect();
        Some(template.replace(ID_PLACE, &id))
    }

    /// Adds what is wrong, with pointers to the members of a form.
    pub(in crate::capture) fn check(&self, custom: &[CustomFieldDef], faults: &mut Vec<Fault>) {
        let none = self.mapping == GenericMapping::default();
        match self.kind {
            Adapter::Generic => self.mapping.check(custom, faults),
            _ if !none => {
                let detail = "Only the adapter `generic` has a mapping of its own; use field_mapping instead";
                faults.push(Fault::in_field("adapter_mapping", "not_used", detail));
            }
            _ => {}
        }
        if let Some(url) = &self.fetch_url {
            if !self.kind.tells_ids() {
                let detail = "Only the adapters meta_lead_ads and linkedin_lead_gen ask for leads; leave it out";
                faults.push(Fault::in_field("adapter_fetch_url", "not_used", detail));
            }
            // The id may stand in the path only: never in the host.
            let parsed = Url::parse(&url.replace(ID_PLACE, "0")).ok();
            let web = parsed.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some());
            let after_host = url.splitn(4, '/').nth(3).is_some_and(|path| path.contains(ID_PLACE));
            let before = url.splitn(4, '/').take(3).any(|part| part.contains('{'));
            if !web || !after_host || before {
                let detail = "Give a web address with {id} in its path, such as https://api.example.com/leads/{id}";
                faults.push(Fault::in_field("adapter_fetch_url", "invalid_url", detail));
            }
        }
    }
}

impl GenericMapping {
    fn check(&self, custom: &[CustomFieldDef], faults: &mut Vec<Fault>) {
        if self.fields.is_empty() {
            let detail = "Say where things are, such as {\"email\": \"/contact/email\"}";
            faults.push(Fault::at_pointer("#/adapter_mapping/fields", "required", detail));
        }
        if self.fields.len() + self.constants.len() > MOST_FIELDS {
            let detail = format!("Name at most {MOST_FIELDS} fields");
            faults.push(Fault::at_pointer("#/adapter_mapping/fields", "too_many", detail));
        }
        let targets = mapping_targets(custom);
        let names = self.fields.keys().map(|name| ("fields", name));
        for (member, name) in names.chain(self.constants.keys().map(|name| ("constants", name))) {
            let at = format!("#/adapter_mapping/{member}/{}", escape_pointer(name));
            if !targets.contains(name) && !crate::capture::check::is_external_id(name) {
                let detail = "There is no such field for a form; GET /api/v1/catalogue lists fields and custom fields";
                let fault = Fault::at_pointer(at, "unknown_field", detail);
                let meant = nearest(name, targets.iter().map(String::as_str));
                faults.push(match meant {
                    Some(meant) => fault.suggesting(meant),
                    None => fault,
                });
            }
        }
        for (name, places) in &self.fields {
            let at = format!("#/adapter_mapping/fields/{}", escape_pointer(name));
            if places.is_empty() || places.len() > MOST_PLACES {
                let detail = format!("Give 1 to {MOST_PLACES} pointers");
                faults.push(Fault::at_pointer(at.clone(), "wrong_number", detail));
            }
            places.iter().for_each(|place| pointer(place, &at, faults));
        }
        let others = [
            ("list", &self.list),
            ("delivery_id", &self.delivery_id),
            ("test", &self.test),
            ("occurred_at", &self.occurred_at),
        ];
        for (name, place) in others {
            if let Some(place) = place {
                pointer(place, &format!("#/adapter_mapping/{name}"), faults);
            }
        }
        for (name, _) in self.constants.iter().filter(|(_, value)| value.chars().count() > LONGEST) {
            let at = format!("#/adapter_mapping/constants/{}", escape_pointer(name));
            faults.push(Fault::at_pointer(at, "too_long", format!("Give at most {LONGEST} characters")));
        }
    }
}

fn pointer(written: &str, at: &str, faults: &mut Vec<Fault>) {
    let inner = written.strip_prefix('#').unwrap_or(written);
    if !(inner.is_empty() || inner.starts_with('/')) || written.chars().count() > LONGEST {
        let fault = Fault::at_pointer(at, "invalid_pointer", "Give a JSON pointer, such as /contact/email");
        let meant = format!("/{}", inner.trim_start_matches('$').trim_start_matches('.').replace('.', "/"));
        faults.push(fault.suggesting(meant));
    }
}

impl FormSettings {
    /// The settings by which deliveries of the form's adapter are taken in: what its own mapping names is mapped.
    #[must_use]
    pub fn of_adapter(&self) -> Self {
        let mapping = &self.adapter.mapping;
        let own = mapping.fields.keys().chain(mapping.constants.keys());
        let own: BTreeMap<String, String> = own.map(|name| (name.clone(), name.clone())).collect();
        let known = match self.adapter.kind {
            // What the generated form says of its own campaign, hidden from whoever fills it in.
            Adapter::SalesforceWebToLead => vec![("lead_source".to_owned(), "source".to_owned())],
            _ => vec![],
        };
        let field_mapping = known.into_iter().chain(own).chain(self.field_mapping.clone()).collect();
        Self { field_mapping, ..self.clone() }
    }
}
