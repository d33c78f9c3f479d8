mod archive;
mod create;
mod dry_run;
mod duplicates;
mod external_ids;
mod idempotency;
pub mod nasty;
mod restore;
mod routing;
mod update;
mod update_parts;

use serde_json::{Value, json};

/// A lead that fits, of somebody called so.
fn a_lead(name: &str) -> Value {
    json!({
        "contact_name": format!("Jane {name}"), "email": format!("{name}@example.com"), "company_name": "Acme",
        "source": "website", "priority": "medium",
    })
}

/// The same lead with further or other members.
fn a_lead_with(name: &str, more: Value) -> Value {
    let mut lead = a_lead(name);
    lead.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    lead
}

/// Pointers and codes of a problem, sorted.
fn faults(problem: &Value) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().unwrap().iter();
    let mut faults: Vec<_> =
        errors.map(|error| (error["pointer"].as_str().unwrap_or(""), error["code"].as_str().unwrap())).collect();
    faults.sort_unstable();
    faults
}
