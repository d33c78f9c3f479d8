//! `/api/v1/conditions`: the one language for every selection.

pub mod fields;

use serde_json::json;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, RefOr, Schema,
        schema::{AdditionalProperties, Type},
    },
};

/// A condition, for the document: the domain reads it and points at every fault.
#[derive(Debug)]
pub struct ConditionShape;

impl PartialSchema for ConditionShape {
    fn schema() -> RefOr<Schema> {
        let description = "Which leads are meant: `{\"all\": […]}`, `{\"any\": […]}`, `{\"not\": …}`, a field test \
             `{\"field\", \"op\", \"value\"}`, or an interaction test `{\"interaction\", \"where\", \"count\", \"within_days\"}`. \
             `GET /conditions/fields` lists the fields with their operators. A missing value makes every test false but `ne`, \
             `not_in` and `exists: false`. Text compares without case and accents. At most 100 nodes, 8 deep.";
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some(description))
            .additional_properties(Some(AdditionalProperties::FreeForm(true)))
            .examples([
                json!({"all": [
                    {"field": "country", "op": "in", "value": ["US", "CA"]},
                    {"not": {"field": "status", "op": "eq", "value": "converted"}}
                ]}),
                json!({"interaction": "page_viewed", "where": {"field": "interaction.url", "op": "contains", "value": "/pricing"},
                    "count": {"gte": 2}, "within_days": 30}),
            ])
            .build()
            .into()
    }
}

impl ToSchema for ConditionShape {
    fn name() -> std::borrow::Cow<'static, str> {
        "Condition".into()
    }
}
