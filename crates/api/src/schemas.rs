//! The schemas of the OpenAPI document, compiled, so that what is promised and what is checked are the same thing.

use std::{collections::HashMap, sync::OnceLock};

use jsonschema::{Registry, Validator, error::ValidationErrorKind};
use leadwright_domain::fault::{Fault, nearest};
use serde_json::{Value, json};

/// The name of the document among the schemas.
const DOCUMENT: &str = "urn:leadwright:document";

/// One validator for each component schema, compiled when it is first asked: a schema takes what it refers to with it, and
/// most are of answers, which nobody checks.
#[derive(Debug)]
pub struct Schemas {
    registry: Registry<'static>,
    by_name: HashMap<String, OnceLock<Option<Validator>>>,
}

impl Schemas {
    /// Prepares the component schemas of an OpenAPI 3.1 document.
    ///
    /// # Errors
    /// They are not schemas.
    pub fn of(document: &Value) -> anyhow::Result<Self> {
        // The schemas refer to each other: they are prepared once, together.
        let components = json!({"components": document["components"]});
        let names = components["components"]["schemas"].as_object().into_iter().flatten();
        let by_name = names.map(|(name, _)| (name.clone(), OnceLock::new())).collect();
        let registry = Registry::new().add(DOCUMENT, components)?.prepare()?;
        Ok(Self { registry, by_name })
    }

    /// Checks a value against a component schema; answers every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn check(&self, name: &str, value: &Value) -> Result<(), Vec<Fault>> {
        let Some(validator) = self.validator(name) else {
            tracing::error!(name, "a body has no schema in the document");
            return Ok(());
        };
        let faults: Vec<Fault> = validator.iter_errors(value).flat_map(|error| faults_of(&error)).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn validator(&self, name: &str) -> Option<&Validator> {
        self.by_name.get(name)?.get_or_init(|| self.compile(name)).as_ref()
    }

    fn compile(&self, name: &str) -> Option<Validator> {
        let schema = json!({"$ref": format!("{DOCUMENT}#/components/schemas/{name}")});
        let options = jsonschema::options().with_registry(&self.registry).should_validate_formats(true);
        options.build(&schema).inspect_err(|error| tracing::error!(name, %error, "a schema is not valid")).ok()
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
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => {
            likeliest(context, error).unwrap_or_else(|| vec![fault_of(error.kind(), at, error)])
        }
        kind => vec![fault_of(kind, at, error)],
    }
}

fn fault_of(kind: &ValidationErrorKind, at: String, error: &jsonschema::ValidationError<'_>) -> Fault {
    Fault::at_pointer(at, code_of(kind), said(error))
}

/// Of several shapes that would do, the faults of the one that was meant: the first whose type is right, or, where none
/// is and all want the same type, the first of them. A nullable choice is such a case.
fn likeliest(
    shapes: &[Vec<jsonschema::ValidationError<'_>>],
    whole: &jsonschema::ValidationError<'_>,
) -> Option<Vec<Fault>> {
    let wrong_type = |error: &jsonschema::ValidationError<'_>| {
        matches!(error.kind(), ValidationErrorKind::Type { .. }) && error.instance_path() == whole.instance_path()
    };
    let mistyped = |faults: &[jsonschema::ValidationError<'_>]| faults.iter().find(|fault| wrong_type(fault)).map(said);
    let meant = shapes.iter().find(|faults| !faults.is_empty() && mistyped(faults).is_none()).or_else(|| {
        let mut typed = shapes.iter().filter(|faults| mistyped(faults).is_some_and(|said| !said.contains("\"null\"")));
        let first = typed.next()?;
        typed.all(|faults| mistyped(faults) == mistyped(first)).then_some(first)
    })?;
    Some(meant.iter().flat_map(faults_of).collect())
}

/// What is wrong, without the value itself: it may be a password.
fn said(error: &jsonschema::ValidationError<'_>) -> String {
    sentence(&error.masked_with("It").to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_can_be_compiled() {
        let schemas = Schemas::of(&crate::openapi::document().unwrap()).unwrap();
        assert!(schemas.by_name.len() > 100, "{}", schemas.by_name.len());
        for name in schemas.by_name.keys() {
            assert!(schemas.validator(name).is_some(), "{name}");
        }
    }
}
