//! The groups of operations.

use serde_json::{Value, json};

/// Name and description of each group, in the order of the documentation.
const TAGS: &[(&str, &str)] = &[
    ("Signing in", "Proving who one is: sessions, tokens, keys to check them with."),
    ("Leads", "The leads themselves, and the work on them."),
    ("Views", "Selections of leads under a name, for oneself or for everybody."),
    ("Bulk actions", "Changes of many leads at once, and how they are taken back."),
    ("Duplicates", "Leads that may be one person, and how they become one."),
    ("Suggestions", "Who wrote what a lead holds, and what weaker writers said otherwise."),
    ("Reports", "What the leads come to."),
    ("Privacy", "What is known of a person, taken out whole or erased."),
    ("Conditions", "The one language in which leads are selected."),
    ("Capture", "The one address that the world may write to: web forms and integrations."),
    ("Submissions", "What was posted to forms, and what came of it."),
    ("Imports", "Files of leads."),
    ("Routing", "Rules that decide who gets a lead."),
    ("Capture forms", "Forms that the world may post to."),
    ("Block list", "Whose posts are not wanted."),
    ("Lead sources", "The catalogue of where leads come from."),
    ("Custom fields", "What an organization wants to know beyond the common fields."),
    ("Tags", "Labels on leads."),
    ("Catalogue", "Every enumeration, for building menus."),
    ("Organization", "The tenant and its business rules."),
    ("Users", "The people of the organization."),
    ("Teams", "Sets of users, led by managers."),
    ("API keys", "Credentials of programs."),
    ("Operations", "What operators and programs ask of a server: probes, figures, documents."),
];

/// The groups that operations name.
pub fn used(paths: &Value) -> Value {
    let named = |tag: &str| {
        operations(paths)
            .any(|operation| operation["tags"].as_array().is_some_and(|tags| tags.iter().any(|one| one == tag)))
    };
    let used = TAGS.iter().filter(|(name, _)| named(name));
    used.map(|(name, description)| json!({"name": name, "description": description})).collect()
}

fn operations(paths: &Value) -> impl Iterator<Item = &Value> {
    paths.as_object().into_iter().flatten().filter_map(|(_, methods)| methods.as_object()).flatten().map(|(_, one)| one)
}
