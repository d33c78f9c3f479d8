//! Addresses, their methods and media types, as the OpenAPI document lists them.

use std::collections::BTreeSet;

use actix_web::dev::ResourceDef;
use serde_json::Value;

/// One address of the document.
struct Address {
    template: ResourceDef,
    operations: Vec<Operation>,
}

struct Operation {
    method: String,
    /// What its good answers may be, without parameters.
    media_types: BTreeSet<String>,
}

/// All addresses of the document.
pub struct Table {
    addresses: Vec<Address>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table({} addresses)", self.addresses.len())
    }
}

impl Table {
    /// Reads the document.
    pub fn of(document: &Value) -> Self {
        let addresses = document["paths"].as_object().into_iter().flatten().map(|(template, operations)| Address {
            template: ResourceDef::new(template.as_str()),
            operations: operations
                .as_object()
                .into_iter()
                .flatten()
                .map(|(method, operation)| Operation {
                    method: method.to_ascii_uppercase(),
                    media_types: media_types(operation),
                })
                .collect(),
        });
        Self { addresses: addresses.collect() }
    }

    /// The value of `Allow` for a path; `None` if nothing is there.
    pub fn allow(&self, path: &str) -> Option<String> {
        let mut methods: BTreeSet<&str> = self.at(path).map(|operation| operation.method.as_str()).collect();
        if methods.is_empty() {
            return None;
        }
        if methods.contains("GET") {
            methods.insert("HEAD");
        }
        methods.insert("OPTIONS");
        Some(methods.into_iter().collect::<Vec<_>>().join(", "))
    }

    /// Whether there is such an operation.
    pub fn takes(&self, method: &str, path: &str) -> bool {
        self.at(path).any(|operation| operation.method == method)
    }

    /// What the good answers of an operation may be; empty if they have no body or nothing is there.
    pub fn media_types(&self, method: &str, path: &str) -> Option<&BTreeSet<String>> {
        self.at(path).find(|operation| operation.method == method).map(|operation| &operation.media_types)
    }

    /// `/leads/search` is an address of its own and no lead, so a template without parameters goes first.
    fn at(&self, path: &str) -> impl Iterator<Item = &Operation> {
        let fitting = || self.addresses.iter().filter(|address| address.template.is_match(path));
        let exact = fitting().find(|address| address.template.pattern() == Some(path));
        exact.or_else(|| fitting().next()).into_iter().flat_map(|one| &one.operations)
    }
}

fn media_types(operation: &Value) -> BTreeSet<String> {
    let responses = operation["responses"].as_object().into_iter().flatten();
    responses
        .filter(|(status, _)| status.starts_with('2'))
        .flat_map(|(_, response)| response["content"].as_object().into_iter().flatten())
        .map(|(kind, _)| kind.split(';').next().unwrap_or_default().trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn addresses_are_found_by_template() {
        let document = json!({"paths": {
            "/leads": {"get": {"responses": {"200": {"content": {"application/json": {}}}}}, "post": {}},
            "/leads/{id}": {"delete": {}, "patch": {}},
            "/leads/search": {"post": {}},
        }});
        let table = Table::of(&document);
        assert_eq!(table.allow("/leads").unwrap(), "GET, HEAD, OPTIONS, POST");
        assert_eq!(table.allow("/leads/7").unwrap(), "DELETE, OPTIONS, PATCH");
        assert_eq!(table.allow("/leads/search").unwrap(), "OPTIONS, POST");
        assert_eq!(table.allow("/leads/7/8"), None);
        assert!(table.media_types("GET", "/leads").unwrap().contains("application/json"));
        assert!(table.media_types("PUT", "/leads").is_none());
    }
}
