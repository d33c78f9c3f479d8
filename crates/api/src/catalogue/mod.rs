//! `/api/v1/catalogue`: everything a user interface needs for its menus.

pub mod get;

use leadwright_app::Configuration;
use leadwright_domain::{catalogue::Enumeration, leads::LEAD_FIELDS};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{custom_fields::CustomFieldView, lead_sources::LeadSourceView, tags::TagView};

/// Everything a user interface needs for its menus.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Catalogue)]
pub struct CatalogueView {
    /// The closed sets of words of the API.
    enumerations: Vec<EnumerationView>,
    /// The fields of a lead that can be written, in the order in which they are shown.
    lead_fields: Vec<LeadFieldView>,
    /// The lead sources of the organization, by name, inactive ones included.
    sources: Vec<LeadSourceView>,
    /// The custom fields of the organization, retired ones included.
    custom_fields: Vec<CustomFieldView>,
    /// The tags that people are offered, by name.
    tags: Vec<TagView>,
    /// The teams, by name.
    teams: Vec<TeamName>,
    /// The users, by name, inactive ones included.
    users: Vec<UserName>,
}

/// A closed set of words.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Enumeration)]
pub struct EnumerationView {
    /// Its name for programs.
    #[schema(example = "rating")]
    name: &'static str,
    /// What it says.
    #[schema(example = "The band of a score.")]
    meaning: &'static str,
    /// Its words, in the order in which a person is offered them.
    values: Vec<WordView>,
}

/// One word of an enumeration.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = EnumerationValue)]
pub struct WordView {
    /// The word that the API uses.
    #[schema(example = "hot")]
    value: &'static str,
    /// The word for people.
    #[schema(example = "Hot")]
    label: String,
    /// What it means.
    #[schema(example = "70 to 100.")]
    meaning: &'static str,
    /// Its place among the words, from 1.
    #[schema(example = 3)]
    order: usize,
}

/// A field of a lead that can be written.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LeadField)]
pub struct LeadFieldView {
    /// Its name for programs.
    #[schema(example = "company_name")]
    name: &'static str,
    /// The name for people.
    #[schema(example = "Company")]
    label: &'static str,
    /// What it means.
    #[schema(example = "The company the person works for.")]
    meaning: &'static str,
}

/// A team by its name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TeamName {
    /// The id.
    id: Uuid,
    /// The name.
    #[schema(example = "West")]
    name: String,
}

/// A user by their name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UserName {
    /// The id.
    id: Uuid,
    /// The name.
    #[schema(example = "Ann Reed")]
    name: String,
    /// Whether they work here still.
    active: bool,
}

impl CatalogueView {
    fn of(enumerations: &[Enumeration], configuration: &Configuration) -> Self {
        let fields = LEAD_FIELDS.iter();
        let fields =
            fields.map(|def| LeadFieldView { name: def.name, label: def.label, meaning: def.description.trim() });
        let teams = configuration.teams.iter();
        let users = configuration.users.iter();
        Self {
            enumerations: enumerations.iter().map(EnumerationView::of).collect(),
            lead_fields: fields.collect(),
            sources: configuration.sources.iter().cloned().map(Into::into).collect(),
            custom_fields: configuration.custom_fields.iter().cloned().map(Into::into).collect(),
            tags: configuration.tags.iter().cloned().map(Into::into).collect(),
            teams: teams.map(|team| TeamName { id: team.id.uuid(), name: team.name.clone() }).collect(),
            users: users
                .map(|user| UserName { id: user.id.uuid(), name: user.name.clone(), active: user.active })
                .collect(),
        }
    }
}

impl EnumerationView {
    fn of(enumeration: &Enumeration) -> Self {
        let words = enumeration.words().zip(1..);
        let values =
            words.map(|(word, order)| WordView { value: word.value, label: word.label, meaning: word.meaning, order });
        Self { name: enumeration.name, meaning: enumeration.meaning, values: values.collect() }
    }
}
