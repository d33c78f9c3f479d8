//! The order of a list: what the request says, else its view, else newest first.

use leadwright_app::{Configuration, views::Selected};
use leadwright_domain::{
    fault::{At, Fault},
    views::LeadSort,
};
use leadwright_persistence::leads::{Sort, SortKey};
use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{AnyOfBuilder, ObjectBuilder, Schema, Type},
    },
};

use crate::http::Params;

const DESCRIPTION: &str = "By what leads are put in order; `-` is descending: `created_at`, `score`, or an indexed custom \
     field, `custom.<key>`. Leads that have nothing in the custom field come last either way; texts are compared without \
     case and accents.";

/// In which order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SortChoice(pub String);

impl PartialSchema for SortChoice {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let custom = text().pattern(Some(r"^-?custom\.[a-z][a-z0-9_]*$")).max_length(Some(68));
        AnyOfBuilder::new()
            .description(Some(DESCRIPTION))
            .item(text().enum_values(Some(LeadSort::COMMON)))
            .item(custom.examples(["-custom.seats"]))
            .examples(["-score"])
            .into()
    }
}

impl ToSchema for SortChoice {
    fn name() -> std::borrow::Cow<'static, str> {
        "LeadSort".into()
    }
}

impl From<SortChoice> for LeadSort {
    fn from(choice: SortChoice) -> Self {
        Self::of(&choice.0)
    }
}

impl From<LeadSort> for SortChoice {
    fn from(sort: LeadSort) -> Self {
        Self(sort.to_string())
    }
}

/// The order of a list whose request is an address.
pub(super) fn in_parameter(params: &mut Params, view: &Selected, config: &Configuration) -> Sort {
    let asked = params.parsed::<String>("sort", "an order");
    chosen(asked.as_deref(), view, config).unwrap_or_else(|(name, fault)| {
        params.add(Fault { at: At::Parameter(name.to_owned()), ..fault });
        newest()
    })
}

/// The order of a list whose request has a body.
pub(super) fn in_body(
    asked: Option<&SortChoice>,
    view: &Selected,
    config: &Configuration,
    faults: &mut Vec<Fault>,
) -> Sort {
    chosen(asked.map(|asked| asked.0.as_str()), view, config).unwrap_or_else(|(name, fault)| {
        faults.push(Fault { at: At::Pointer(format!("#/{name}")), ..fault });
        newest()
    })
}

/// The order, or what is wrong with it and in which member.
fn chosen(asked: Option<&str>, view: &Selected, config: &Configuration) -> Result<Sort, (&'static str, Fault)> {
    let read = |sort: &LeadSort| Sort::of(sort, &config.custom_fields, &config.catalogue);
    match (asked, &view.sort) {
        (Some(asked), _) => read(&LeadSort::of(asked)).map_err(|fault| ("sort", fault)),
        (None, Some(sort)) => read(sort).map_err(|fault| {
            let detail = format!(
                "The order of this view, `{sort}`, is none any more; change its `sort`, or send one. {}",
                fault.detail
            );
            ("view", Fault::in_field("view", "broken_view", detail))
        }),
        (None, None) => Ok(newest()),
    }
}

const fn newest() -> Sort {
    Sort { key: SortKey::CreatedAt, descending: true }
}
