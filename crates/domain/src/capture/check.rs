//! What is wrong with the settings of a form, all of it at once.

use std::collections::BTreeMap;

use url::Url;

use super::{
    FormDefaults, FormSettings,
    protection::{LONGEST_WINDOW, at_most},
};
use crate::{
    fault::{Fault, escape_pointer, nearest},
    leads::{CustomFieldDef, FieldKind, LEAD_FIELDS},
    text::{Complaint, clean_line, clean_lines, fold},
};

/// The most inputs that are mapped.
const MOST_MAPPED: usize = 100;
/// The longest name of an input.
pub(super) const LONGEST_INPUT: usize = 120;

/// What an input can fill besides fields: where the visit came from, and consent.
const BESIDES: &[&str] = &[
    "source",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "referrer",
    "landing_page",
    "gclid",
    "gbraid",
    "wbraid",
    "fbclid",
    "msclkid",
    "ttclid",
    "li_fat_id",
    "email_consent",
    "sms_consent",
    "phone_consent",
];

/// The fields that a form can demand: those that one input fills, and `custom.<key>`.
pub fn required_names(custom: &[CustomFieldDef]) -> Vec<String> {
    let one_input = LEAD_FIELDS.iter().filter(|field| {
        !matches!(
            field.kind,
            FieldKind::Purchases
                | FieldKind::Consents
                | FieldKind::Touch
                | FieldKind::ExternalIds
                | FieldKind::NextAction
                | FieldKind::Custom
        )
    });
    let own = custom.iter().filter(|def| def.active).map(|def| format!("custom.{}", def.key));
    one_input.map(|field| field.name.to_owned()).chain(own).collect()
}

/// What an input of a form can be mapped to.
pub fn mapping_targets(custom: &[CustomFieldDef]) -> Vec<String> {
    required_names(custom).into_iter().chain(BESIDES.iter().map(ToString::to_string)).collect()
}

impl FormSettings {
    /// The settings, normalized, or all that is wrong with them: origins, addresses and names of fields.
    ///
    /// # Errors
    /// The faults, with pointers below `#`.
    pub fn checked(self, custom: &[CustomFieldDef]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let protection = self.protection.clone().checked(&self, &mut faults);
        at_most("duplicate_window_seconds", self.duplicate_window_seconds, LONGEST_WINDOW, &mut faults);
        self.adapter.check(custom, &mut faults);
        let checked = Self {
            allowed_origins: each(&self.allowed_origins, "allowed_origins", origin, &mut faults),
            field_mapping: mapping(self.field_mapping, custom, &mut faults),
            required_fields: required(&self.required_fields, custom, &mut faults),
            defaults: defaults(self.defaults, &mut faults),
            redirect_url: self.redirect_url.and_then(|url| match redirect(&url) {
                Ok(url) => Some(url),
                Err(complaint) => {
                    faults.push(complaint.at("#/redirect_url"));
                    None
                }
            }),
            consent_text: self.consent_text.map(|text| clean_lines(&text)).filter(|text| !text.is_empty()),
            duplicate_policy: self.duplicate_policy,
            duplicate_window_seconds: self.duplicate_window_seconds,
            protection,
            adapter: self.adapter,
        };
        if faults.is_empty() { Ok(checked) } else { Err(faults) }
    }
}

/// Reads each text of a list; of two equal ones the first stays.
fn each(
    given: &[String],
    member: &str,
    read: impl Fn(&str) -> Result<String, Complaint>,
    faults: &mut Vec<Fault>,
) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(given.len());
    for (at, text) in given.iter().enumerate() {
        match read(text) {
            Ok(read) if kept.iter().any(|known| fold(known) == fold(&read)) => {}
            Ok(read) => kept.push(read),
            Err(complaint) => faults.push(complaint.at(format!("#/{member}/{at}"))),
        }
    }
    kept
}

/// An origin as browsers send it: scheme, host, and the port where it is not the usual one.
fn origin(written: &str) -> Result<String, Complaint> {
    let text = written.trim();
    if text == "*" {
        return Ok(text.to_owned());
    }
    let refused = || {
        let detail = "Give scheme and host, such as https://example.com, https://*.example.com for every subdomain, or * \
                      for every page";
        Complaint::new("invalid_origin", detail)
    };
    if let Some((scheme, rest)) = text.split_once("://*.") {
        // The rest must be an origin by itself, below which there is room for one: not a whole top-level domain.
        let base = origin(&format!("{scheme}://{rest}"))?;
        let wide = Url::parse(&base).ok().and_then(|url| url.domain().map(|host| psl::domain_str(host).is_none()));
        return match (base.split_once("://"), wide) {
            (Some((scheme, host)), Some(false)) => Ok(format!("{scheme}://*.{host}")),
            _ => Err(refused()),
        };
    }
    let url = Url::parse(text).map_err(|_| refused())?;
    if !is_web(&url) || url.host_str().is_some_and(|host| host.contains('*')) {
        return Err(refused());
    }
    let origin = url.origin().ascii_serialization();
    let bare = url.path() == "/" && !text.ends_with('/') && url.query().is_none() && url.fragment().is_none();
    if bare { Ok(origin) } else { Err(refused().suggesting(Some(origin))) }
}

fn redirect(written: &str) -> Result<String, Complaint> {
    let text = written.trim();
    match Url::parse(text) {
        Ok(url) if is_web(&url) => Ok(url.to_string()),
        _ => Err(Complaint::new("invalid_url", "Give a whole web address, such as https://example.com/thanks")),
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|host| !host.is_empty())
        && url.username().is_empty()
        && url.password().is_none()
}

fn mapping(
    given: BTreeMap<String, String>,
    custom: &[CustomFieldDef],
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, String> {
    if given.len() > MOST_MAPPED {
        faults.push(Fault::in_field("field_mapping", "too_many", format!("Map at most {MOST_MAPPED} inputs")));
    }
    let targets = mapping_targets(custom);
    for (name, target) in given.iter().take(MOST_MAPPED) {
        if name.trim().is_empty() || name.chars().count() > LONGEST_INPUT {
            let detail = format!("Give the name of an input, 1 to {LONGEST_INPUT} characters");
            faults.push(Fault::at_pointer(format!("#/field_mapping/{}", escape_pointer(name)), "wrong_length", detail));
        }
        if !is_external_id(target)
            && let Err(complaint) = known(target, &targets)
        {
            faults.push(complaint.at(format!("#/field_mapping/{}", escape_pointer(name))));
        }
    }
    given
}

/// `external_ids.crm`: the id in that system.
pub(super) fn is_external_id(target: &str) -> bool {
    let system = target.strip_prefix("external_ids.").unwrap_or_default();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (1..=50).contains(&system.len()) && system.chars().all(fits)
}

fn required(given: &[String], custom: &[CustomFieldDef], faults: &mut Vec<Fault>) -> Vec<String> {
    let names = required_names(custom);
    each(given, "required_fields", |name| known(name, &names).map(|()| name.to_owned()), faults)
}

fn known(name: &str, names: &[String]) -> Result<(), Complaint> {
    if names.iter().any(|known| known == name) {
        return Ok(());
    }
    let detail = "There is no such field for a form; GET /api/v1/catalogue lists fields and custom fields";
    Err(Complaint::new("unknown_field", detail).suggesting(nearest(name, names.iter().map(String::as_str))))
}

fn defaults(given: FormDefaults, faults: &mut Vec<Fault>) -> FormDefaults {
    FormDefaults {
        priority: given.priority,
        company_name: given.company_name.map(|name| clean_line(&name)).filter(|name| !name.is_empty()),
        product_interests: each(&given.product_interests, "defaults/product_interests", word, faults),
        tags: each(&given.tags, "defaults/tags", word, faults),
    }
}

fn word(written: &str) -> Result<String, Complaint> {
    let word = clean_line(written);
    match word.chars().count() {
        0 => Err(Complaint::new("blank", "Give a word, or leave it out")),
        1..=100 => Ok(word),
        _ => Err(Complaint::new("too_long", "Give at most 100 characters")),
    }
}
