mod adapters;
mod create;
mod deactivate;
mod get;
mod list;
mod test;
mod update;

use serde_json::{Value, json};

/// A form with everything set.
fn a_form(name: &str) -> Value {
    json!({
        "name": name,
        "source": "website",
        "allowed_origins": ["https://example.com"],
        "field_mapping": {"your-mail": "email", "ref": "utm_campaign"},
        "required_fields": ["company_name"],
        "defaults": {"priority": "high", "product_interests": ["crm"], "tags": ["web"]},
        "redirect_url": "https://example.com/thanks",
        "consent_text": "You may write to me.",
        "duplicate_policy": "update"
    })
}
