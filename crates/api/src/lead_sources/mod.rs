//! `/api/v1/lead-sources`: where leads come from.

pub mod create;
pub mod get;
pub mod list;
pub mod update;

use leadwright_domain::{ids::LeadSourceId, sources::LeadSource};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Where leads come from.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LeadSource)]
pub struct LeadSourceView {
    /// The id.
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    version: i64,
    /// A stable word for programs; `source` of a lead.
    #[schema(example = "trade_show")]
    code: String,
    /// The name for people.
    #[schema(example = "Trade Show")]
    name: String,
    /// What it is.
    #[schema(example = "A fair or conference stand")]
    description: Option<String>,
    /// Who made the first step: `inbound` they, `outbound` we.
    #[schema(example = "outbound")]
    direction: DirectionView,
    /// The medium, such as `web`, `email` or `event`.
    #[schema(example = "event")]
    medium: Option<String>,
    /// Other words that name it in forms and files.
    #[schema(example = json!(["fair", "expo"]))]
    aliases: Vec<String>,
    /// Whether new leads may come from it.
    active: bool,
}

/// Who made the first step.
#[derive(Clone, Copy, Debug, Serialize, serde::Deserialize, ToSchema)]
#[schema(as = Direction)]
#[serde(rename_all = "snake_case")]
pub enum DirectionView {
    /// They came to us.
    Inbound,
    /// We went to them.
    Outbound,
}

impl From<leadwright_domain::sources::Direction> for DirectionView {
    fn from(direction: leadwright_domain::sources::Direction) -> Self {
        match direction {
            leadwright_domain::sources::Direction::Inbound => Self::Inbound,
            leadwright_domain::sources::Direction::Outbound => Self::Outbound,
        }
    }
}

impl From<DirectionView> for leadwright_domain::sources::Direction {
    fn from(direction: DirectionView) -> Self {
        match direction {
            DirectionView::Inbound => Self::Inbound,
            DirectionView::Outbound => Self::Outbound,
        }
    }
}

impl From<LeadSource> for LeadSourceView {
    fn from(source: LeadSource) -> Self {
        Self {
            id: source.id.uuid(),
            version: source.version,
            code: source.code,
            name: source.name,
            description: source.description,
            direction: source.direction.into(),
            medium: source.medium,
            aliases: source.aliases,
            active: source.active,
        }
    }
}

fn location(id: LeadSourceId) -> String {
    format!("/api/v1/lead-sources/{id}")
}
