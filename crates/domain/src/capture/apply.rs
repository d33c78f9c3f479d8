//! What the settings of a form do to what was posted.

use super::{CaptureForm, FormDefaults, FormSettings};
use crate::{
    fault::{Fault, escape_pointer},
    leads::{Parsed, Profile, RawLead},
    text::fold,
};

impl CaptureForm {
    /// Whether a page of this origin may post from a browser.
    pub fn allows(&self, origin: &str) -> bool {
        let allowed = &self.settings.allowed_origins;
        allowed.iter().any(|allowed| allowed == "*" || allowed.eq_ignore_ascii_case(origin))
    }
}

impl FormSettings {
    /// The input with the names that its fields have here. Mapped inputs come first, so that they win over inputs that
    /// happen to be called like a field; of two for one field the second keeps its own name.
    pub fn renamed(&self, raw: RawLead) -> RawLead {
        let (mapped, others): (Vec<_>, Vec<_>) =
            raw.into_iter().partition(|(name, _)| self.field_mapping.contains_key(name));
        let mut renamed = RawLead::new();
        for (name, value) in mapped {
            match self.field_mapping.get(&name).filter(|target| !renamed.contains_key(*target)) {
                Some(target) => renamed.insert(target.clone(), value),
                None => renamed.insert(name, value),
            };
        }
        for (name, value) in others {
            renamed.entry(name).or_insert(value);
        }
        renamed
    }

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
