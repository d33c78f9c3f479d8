//! What a lead must have (spec section 2).

use super::{CustomFieldDef, Parsed, Profile};
use crate::{
    choices,
    fault::{At, Fault, escape_pointer},
};

choices! {
    /// Through which door a lead comes; each demands its own fields.
    Demand {
        /// The API and people: everything.
        Api = "api",
        /// A form: company and priority come from its defaults, if at all.
        Capture = "capture",
        /// A file: missing company, priority and source come from the import's policies.
        Import = "import",
    }
}

/// The fields that a new lead lacks. A field that is there but faulty is not reported again.
pub fn missing(parsed: &Parsed, demand: Demand, custom: &[CustomFieldDef]) -> Vec<Fault> {
    let profile = &parsed.profile;
    let mut faults = Vec::new();
    let mut demand_that = |there: bool, name: &str, detail: &str| {
        if !there && !parsed.faults.iter().any(|fault| is_at(fault, name)) {
            faults.push(Fault::in_field(name, "required", detail));
        }
    };
    demand_that(profile.contact_name.is_some(), "contact_name", "Give the person's name, or first_name and last_name");
    if demand == Demand::Api {
        demand_that(profile.company_name.is_some(), "company_name", "Give the company's name");
        demand_that(parsed.command.source.is_some(), "source", "Give the code of a lead source, such as website");
        demand_that(profile.priority.is_some(), "priority", "Give a priority: low, medium, high or critical");
    }
    let reachable = profile.email.is_some() || profile.phone.is_some();
    let faulty = parsed.faults.iter().any(|fault| is_at(fault, "phone"));
    demand_that(reachable || faulty, "email", "Give an e-mail address or a phone number");
    for def in custom.iter().filter(|def| def.active && def.required && def.default.is_none()) {
        let pointer = format!("#/custom/{}", escape_pointer(&def.key));
        let faulty = parsed.faults.iter().any(|fault| fault.at == At::Pointer(pointer.clone()));
        if demand == Demand::Api && !profile.custom.contains_key(&def.key) && !faulty {
            faults.push(Fault::at_pointer(pointer, "required", format!("Give {}", def.label)));
        }
    }
    faults
}

/// What a patch may not take away: the name, the company, the priority, the last way to reach the person, and
/// required custom fields.
pub fn missing_after_patch(after: &Profile, parsed: &Parsed, custom: &[CustomFieldDef]) -> Vec<Fault> {
    let touched = |name: &str| parsed.cleared.contains(name) || parsed.given.contains(name);
    let mut faults = Vec::new();
    let names = ["contact_name", "first_name", "last_name"];
    if let Some(name) = names.into_iter().find(|name| after.contact_name.is_none() && touched(name)) {
        faults.push(Fault::in_field(name, "required", "A lead keeps a name; give another one"));
    }
    for (name, detail) in [("company_name", "A lead keeps its company"), ("priority", "A lead keeps a priority")] {
        if parsed.cleared.contains(name) {
            faults.push(Fault::in_field(name, "required", format!("{detail}; give another one")));
        }
    }
    let unreachable = after.email.is_none() && after.phone.is_none();
    if let Some(name) = ["email", "phone"].into_iter().find(|name| unreachable && parsed.cleared.contains(name)) {
        faults.push(Fault::in_field(name, "required", "A lead keeps an e-mail address or a phone number"));
    }
    for def in custom.iter().filter(|def| def.active && def.required) {
        let cleared = parsed.cleared.contains("custom")
            || parsed.cleared_members.iter().any(|(field, key)| *field == "custom" && *key == def.key);
        if cleared && !after.custom.contains_key(&def.key) {
            let pointer = format!("#/custom/{}", escape_pointer(&def.key));
            faults.push(Fault::at_pointer(pointer, "required", format!("A lead keeps {}", def.label)));
        }
    }
    faults
}

/// Whether a fault lies in a top-level field or below it.
pub(super) fn is_at(fault: &Fault, name: &str) -> bool {
    match &fault.at {
        At::Pointer(pointer) => {
            pointer.strip_prefix("#/").is_some_and(|path| path.split('/').next() == Some(escape_pointer(name).as_str()))
        }
        _ => false,
    }
}
