//! What of a lead is shown: all of it, or only some fields, with related records if asked for.

use std::{collections::BTreeSet, sync::OnceLock};

use leadwright_app::Configuration;
use leadwright_domain::{
    fault::{Fault, nearest},
    leads::Lead,
};
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};
use uuid::Uuid;

use super::{LeadView, view::SHAPE};
use crate::{http::Params, lead_sources::LeadSourceView};

/// What of a lead is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// Only these fields, and the id; all, if empty.
    fields: BTreeSet<&'static str>,
    owner: bool,
    source: bool,
}

/// Something in a list of names that can't be shown, and what was probably meant.
pub(super) struct Unknown {
    pub(super) detail: String,
    pub(super) suggestion: Option<&'static str>,
    pub(super) at: usize,
}

/// A lead as it is shown; made when it is written, so that a page of them is never in memory as a whole.
pub(super) struct Shown<'a> {
    lead: &'a Lead,
    config: &'a Configuration,
    shape: &'a Shape,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let whole = LeadView::of(self.lead, self.config);
        if *self.shape == Shape::default() {
            return whole.serialize(serializer);
        }
        let Ok(Value::Object(mut shown)) = serde_json::to_value(whole) else {
            return Err(S::Error::custom("a lead is an object"));
        };
        if !self.shape.fields.is_empty() {
            shown.retain(|name, _| name == "id" || self.shape.fields.contains(name.as_str()));
        }
        self.shape.include(self.lead, self.config, &mut shown);
        shown.serialize(serializer)
    }
}

/// What can be included.
const INCLUDES: [&str; 2] = ["owner", "source"];

impl Shape {
    /// Reads `fields` and `include`.
    pub(super) fn read(params: &mut Params) -> Self {
        let mut list = |name| -> Vec<String> {
            let text = params.text(name).unwrap_or_default();
            text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        let (fields, include) = (list("fields"), list("include"));
        let (shape, faults) = Self::of(&fields, &include);
        for (name, unknown) in faults {
            params.fault_suggesting(name, "unknown_field", &unknown.detail, unknown.suggestion);
        }
        shape
    }

    /// The shape of so named fields and related records, and what names nothing.
    pub(super) fn of(fields: &[String], include: &[String]) -> (Self, Vec<(&'static str, Unknown)>) {
        let mut shape = Self::default();
        let mut faults = Vec::new();
        for (at, name) in fields.iter().enumerate() {
            match names().iter().find(|known| *known == name) {
                Some(known) => {
                    shape.fields.insert(known);
                }
                None => {
                    let suggestion = nearest(name, names().iter().map(String::as_str));
                    let detail = format!("A lead has no field `{name}`; the schema `Lead` lists what it has.");
                    faults.push(("fields", Unknown { detail, suggestion, at }));
                }
            }
        }
        for (at, name) in include.iter().enumerate() {
            match name.as_str() {
                "owner" => shape.owner = true,
                "source" => shape.source = true,
                _ => {
                    let detail = format!("Choose from: {}.", INCLUDES.join(", "));
                    faults.push(("include", Unknown { detail, suggestion: nearest(name, INCLUDES), at }));
                }
            }
        }
        (shape, faults)
    }

    /// The shape with these fields, where it was asked for none.
    pub(super) fn or_fields(mut self, fields: &[String]) -> Self {
        if self.fields.is_empty() {
            self.fields = Self::of(fields, &[]).0.fields;
        }
        self
    }

    /// The lead in this shape.
    pub(super) const fn show<'a>(&'a self, lead: &'a Lead, config: &'a Configuration) -> Shown<'a> {
        Shown { lead, config, shape: self }
    }

    fn include(&self, lead: &Lead, config: &Configuration, shown: &mut Map<String, Value>) {
        if self.owner {
            let owner = config.users.iter().find(|user| Some(user.id) == lead.owner_id);
            let owner = owner.map(|user| LeadOwner {
                id: user.id.uuid(),
                name: user.name.clone(),
                email: user.email.clone(),
                active: user.active,
            });
            shown.insert("owner".into(), serde_json::to_value(owner).unwrap_or_default());
        }
        if self.source {
            let source = config.sources.iter().find(|source| source.id == lead.source_id).cloned();
            let source = source.map(LeadSourceView::from);
            shown.insert("lead_source".into(), serde_json::to_value(source).unwrap_or_default());
        }
    }

    /// The last part of the `ETag`: other fields are another representation, and related records change on their own.
    pub(super) fn tag(&self, config: &Configuration) -> String {
        if *self == Self::default() {
            return SHAPE.to_owned();
        }
        let digest = Sha256::digest(format!("{self:?}"));
        let digest: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let related = if self.owner || self.source { config.organization.config_rev } else { 0 };
        format!("{SHAPE}-{digest}-{related}")
    }
}

/// The names of a lead's fields, from the schema that the document shows.
fn names() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| match LeadView::schema() {
        RefOr::T(Schema::Object(object)) => object.properties.keys().cloned().collect(),
        _ => vec![],
    })
}

/// What is wrong with members of a body that name fields and related records.
pub(super) fn faults(unknown: Vec<(&'static str, Unknown)>) -> Vec<Fault> {
    let fault = |(member, unknown): (&str, Unknown)| {
        let fault = Fault::at_pointer(format!("#/{member}/{}", unknown.at), "unknown_field", unknown.detail);
        if let Some(meant) = unknown.suggestion { fault.suggesting(meant) } else { fault }
    };
    unknown.into_iter().map(fault).collect()
}

/// The names of `fields` that a lead does not have.
pub fn unknown_fields(fields: &[String]) -> Vec<Fault> {
    faults(Shape::of(fields, &[]).1)
}

/// The user who works on a lead.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LeadOwner {
    /// The id.
    id: Uuid,
    /// What colleagues call them.
    #[schema(example = "Rita Rep")]
    name: String,
    /// The address they sign in with.
    #[schema(example = "rita@example.com")]
    email: String,
    /// Whether they may sign in.
    active: bool,
}

/// What `include` adds to a lead.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of related records for the document")]
struct Related {
    /// The user who works on it, with `include=owner`.
    owner: Option<LeadOwner>,
    /// Where it came from, with `include=source`.
    lead_source: Option<LeadSourceView>,
}

/// A lead as lists show it: with `fields`, only those, and with `include`, related records.
pub struct ShownLead;

impl PartialSchema for ShownLead {
    fn schema() -> RefOr<Schema> {
        let (RefOr::T(Schema::Object(mut lead)), RefOr::T(Schema::Object(related))) =
            (LeadView::schema(), Related::schema())
        else {
            return LeadView::schema();
        };
        lead.properties.extend(related.properties);
        lead.required = vec!["id".to_owned()];
        let description = "A lead. With `fields`, only those members, and the id; with `include`, related records too.";
        lead.description = Some(description.to_owned());
        RefOr::T(Schema::Object(lead))
    }
}

impl ToSchema for ShownLead {
    fn name() -> std::borrow::Cow<'static, str> {
        "ShownLead".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        LeadView::schemas(schemas);
        Related::schemas(schemas);
    }
}
