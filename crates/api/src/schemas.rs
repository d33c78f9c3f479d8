//! The schemas of the OpenAPI document, compiled, so that what is promised and what is checked are the same thing.

use std::collections::HashMap;

use jsonschema::{Validator, error::ValidationErrorKind};
use leadwright_domain::fault::{Fault, nearest};
use serde_json::{Value, json};

/// One validator for each component schema.
#[derive(Debug)]
pub struct Schemas {
    by_name: HashMap<String, Validator>,
}

impl Schemas {
    /// Compiles the component schemas of an OpenAPI 3.1 document.
    ///
    /// # Errors
    /// A schema is not valid.
    pub fn compile(document: &Value) -> anyhow::Result<Self> {
        let components = &document["components"];
        let names = components["schemas"].as_object().into_iter().flatten().map(|(name, _)| name);
        let by_name = names
            .map(|name| {
                let schema = json!({"$ref": format!("#/components/schemas/{name}"), "components": components});
                let validator = jsonschema::options().should_validate_formats(true).build(&schema);
                Ok((name.clone(), validator.map_err(|error| anyhow::anyhow!("schema {name}: {error}"))?))
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { by_name })
    }

    /// Checks a value against a component schema; answers every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn check(&self, name: &str, value: &Value) -> Result<(), Vec<Fault>> {
        let Some(validator) = self.by_name.get(name) else {
            tracing::error!(name, "a body has no schema in the document");
            return Ok(());
        };
        let faults: Vec<Fault> = validator.iter_errors(value).flat_map(|error| faults_of(&error)).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

fn faults_of(error: &jsonschema::ValidationError<'_>) -> Vec<Fault> {
    let at = format!("#{}", error.instance_path());
    let below = |member: &str| format!("{at}/{}", leadwright_domain::fault::escape_pointer(member));
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![Fault::at_pointer(below(name), "required", format!("Send `{name}`."))]
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => unexpected
            .iter()
            .map(|name| {
                Fault::at_pointer(
                    below(name),
                    "unknown_field",
                    format!("There is no field `{name}` here; leave it out."),
                )
            })
            .collect(),
        ValidationErrorKind::Enum { options } => {
            let options: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let fault = Fault::at_pointer(at, "invalid_choice", format!("Choose one of: {}.", options.join(", ")));
            match error.instance().as_str().and_then(|written| nearest(written, options.iter().copied())) {
                Some(meant) => vec![fault.suggesting(meant)],
                None => vec![fault],
            }
        }
        // The value itself is not repeated: it may be a password.
        kind => vec![Fault::at_pointer(at, code_of(kind), sentence(&error.masked_with("It").to_string()))],
    }
}

const fn code_of(kind: &ValidationErrorKind) -> &'static str {
    match kind {
        ValidationErrorKind::Type { .. } => "wrong_type",
        ValidationErrorKind::MaxLength { .. } => "too_long",
        ValidationErrorKind::MinLength { .. } => "too_short",
        ValidationErrorKind::MaxItems { .. } => "too_many",
        ValidationErrorKind::MinItems { .. } => "too_few",
        ValidationErrorKind::UniqueItems => "repeated",
        ValidationErrorKind::Maximum { .. } | ValidationErrorKind::ExclusiveMaximum { .. } => "too_large",
        ValidationErrorKind::Minimum { .. } | ValidationErrorKind::ExclusiveMinimum { .. } => "too_small",
        ValidationErrorKind::Pattern { .. } | ValidationErrorKind::Format { .. } => "wrong_format",
        _ => "invalid",
    }
}

fn sentence(text: &str) -> String {
    let mut text: String = text.chars().take(300).collect();
    if !text.ends_with('.') {
        text.push('.');
    }
    text
}
