//! What the settings of a form do to what was posted.

use super::{CaptureForm, FormDefaults, FormSettings};
use crate::{
    fault::{Fault, escape_pointer},
    leads::{Parsed, Profile},
    text::fold,
};

impl CaptureForm {
    /// Whether a page of this origin may post from a browser.
    pub fn allows(&self, origin: &str) -> bool {
        let origin = origin.to_ascii_lowercase();
        self.settings.allowed_origins.iter().any(|allowed| match allowed.split_once("://*.") {
            None => allowed == "*" || *allowed == origin,
            Some((scheme, host)) => {
                let below = origin.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://"));
                below.and_then(|name| name.strip_suffix(host)?.strip_suffix('.')).is_some_and(is_name)
            }
        })
    }
}

/// Whether these are labels of a host name and nothing else.
fn is_name(labels: &str) -> bool {
    !labels.is_empty() && labels.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}

impl FormSettings {
    /// The fields that this form demands and that are blank. A field that is there but faulty is not reported again.
    pub fn missing(&self, parsed: &Parsed) -> Vec<Fault> {
        let blank = |name: &&String| match name.strip_prefix("custom.") {
            Some(key) => !parsed.profile.custom.contains_key(key),
            None => parsed.profile.is_blank(name),
        };
        let missing = self.required_fields.iter().filter(blank).map(|name| {
            let pointer = format!("#/{}", name.split('.').map(escape_pointer).collect::<Vec<_>>().join("/"));
            Fault::at_pointer(pointer, "required", format!("Fill in {name}; this form needs it"))
        });
        missing.filter(|fault| !parsed.faults.iter().any(|known| known.at == fault.at)).collect()
    }
}

impl FormDefaults {
    /// Gives a new lead what the form did not bring.
    pub fn fill(&self, profile: &mut Profile) {
        profile.priority = profile.priority.or(self.priority);
        if profile.company_name.is_none() {
            profile.company_name.clone_from(&self.company_name);
        }
        if profile.product_interests.is_empty() {
            profile.product_interests.clone_from(&self.product_interests);
        }
        for tag in &self.tags {
            if !profile.tags.iter().any(|known| fold(known) == fold(tag)) {
                profile.tags.push(tag.clone());
            }
        }
    }
}
