//! The typed catalogue of what can be tested.

use std::{collections::HashMap, sync::Arc};

use super::{Op, lead_fields, part_fields};
use crate::{fault::nearest, leads::CustomFieldDef};

/// What a field holds, and so how it compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Free text.
    Text,
    /// Text in which `_`, `-` and a space mean the same.
    Label,
    /// A country, ISO 3166-1 alpha-2.
    Country,
    /// One of these words.
    Choice(Vec<String>),
    /// The id of another record.
    Id,
    /// A whole number.
    Whole,
    /// A decimal number with six places.
    Decimal,
    /// Minor units of the organization's currency.
    Money,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// A moment.
    Instant,
    /// Several texts.
    Texts,
    /// Several labels.
    Labels,
    /// Several of these words.
    Choices(Vec<String>),
    /// A place on earth.
    Place,
}

impl FieldType {
    /// The word that the API uses.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Label => "label",
            Self::Country => "country",
            Self::Choice(_) => "choice",
            Self::Id => "id",
            Self::Whole => "whole_number",
            Self::Decimal => "decimal",
            Self::Money => "money",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Instant => "datetime",
            Self::Texts => "text_list",
            Self::Labels => "label_list",
            Self::Choices(_) => "choice_list",
            Self::Place => "place",
        }
    }

    /// The operators that make sense for it.
    pub const fn operators(&self) -> &'static [Op] {
        use Op::{Between, Contains, Eq, Exists, Gt, Gte, In, Lt, Lte, Ne, NotIn, StartsWith, WithinKm};
        match self {
            Self::Text | Self::Label | Self::Texts | Self::Labels => &[Eq, Ne, In, NotIn, Contains, StartsWith, Exists],
            Self::Country | Self::Choice(_) | Self::Choices(_) | Self::Id => &[Eq, Ne, In, NotIn, Exists],
            Self::Whole | Self::Decimal | Self::Money | Self::Date => {
                &[Eq, Ne, In, NotIn, Lt, Lte, Gt, Gte, Between, Exists]
            }
            Self::Instant => &[Eq, Ne, Lt, Lte, Gt, Gte, Between, Exists],
            Self::Boolean => &[Eq, Ne, Exists],
            Self::Place => &[WithinKm, Exists],
        }
    }

    /// The words that can be chosen, where they are a closed set.
    pub fn options(&self) -> Option<&[String]> {
        match self {
            Self::Choice(options) | Self::Choices(options) => Some(options),
            _ => None,
        }
    }
}

/// Whose field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The lead's.
    Lead,
    /// An interaction's: tested in the `where` of an interaction test only.
    Interaction,
}

/// Where the comparison-ready value is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Storage {
    /// A column of the table of leads, or of interactions.
    Column(&'static str),
    /// A key of the facts document of the lead, or of the interaction. A [`FieldType::Place`] has three: `….x`, `….y` and
    /// `….z`.
    Facts(String),
}

/// A field that can be tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in conditions: `bant.budget.state`.
    pub name: String,
    /// The name for people.
    pub label: String,
    /// What it means.
    pub description: String,
    /// What it holds.
    pub kind: FieldType,
    /// Where it is kept.
    pub storage: Storage,
    /// Whose it is.
    pub of: Of,
}

/// Every field that a caller may test.
#[derive(Clone, Debug)]
pub struct Catalogue {
    fields: Vec<Arc<Field>>,
    by_name: HashMap<String, usize>,
}

impl Catalogue {
    /// The common fields and an organization's custom fields. Pass inactive definitions too where conditions are read that
    /// were written before.
    pub fn new(custom: &[CustomFieldDef]) -> Self {
        let mut fields = lead_fields::columns();
        fields.extend(lead_fields::of_profile());
        fields.extend(part_fields::of_parts());
        fields.extend(custom.iter().map(lead_fields::custom));
        fields.extend(part_fields::of_interactions());
        Self::of(fields.into_iter().map(Arc::new).collect())
    }

    /// The same without the fields that a caller may not see.
    #[must_use]
    pub fn without(self, hidden: impl Fn(&Field) -> bool) -> Self {
        Self::of(self.fields.into_iter().filter(|field| !hidden(field)).collect())
    }

    fn of(fields: Vec<Arc<Field>>) -> Self {
        let by_name = fields.iter().enumerate().map(|(at, field)| (field.name.clone(), at)).collect();
        Self { fields, by_name }
    }

    /// All fields, in the order in which a person is offered them.
    pub fn fields(&self) -> &[Arc<Field>] {
        &self.fields
    }

    /// A field by its name.
    pub fn get(&self, name: &str) -> Option<&Arc<Field>> {
        self.by_name.get(name).and_then(|at| self.fields.get(*at))
    }

    /// The name of the field that was probably meant.
    pub fn nearest(&self, written: &str, of: Of) -> Option<&str> {
        let names = || self.fields.iter().filter(|field| field.of == of).map(|field| field.name.as_str());
        let last = |name: &str| name.rsplit('.').next() == Some(written);
        names().find(|name| last(name)).or_else(|| nearest(written, names()))
    }
}
