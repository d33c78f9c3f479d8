use std::sync::Arc;

use actix_web::post;
use chrono::{DateTime, Utc};
use leadwright_app::leads::{MOST_INTERACTIONS, RecordInteractions as Record, Recorded};
use leadwright_domain::{ids::kind::Lead, interactions::NewInteraction};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{
    ToSchema,
    openapi::{
        Ref, RefOr,
        schema::{ArrayBuilder, OneOfBuilder, Schema},
    },
};

use super::{
    interactions::InteractionView,
    location,
    parts::ScoreComponents,
    words::{InteractionKindWord, RatingWord},
};
use crate::http::{Answer, Body, Can, PathId, Result, can::LeadsWrite};

/// Something that a lead did.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewInteraction, example = json!({"kind": "page_viewed", "occurred_at": "2026-03-02T14:00:00Z", "url": "https://example.com/pricing", "duration_seconds": 95}))]
pub struct InteractionInput {
    kind: InteractionKindWord,
    /// When, by its own time; now where nothing is said. Not in the future.
    occurred_at: Option<DateTime<Utc>>,
    /// The page, link or file.
    #[schema(max_length = 2000)]
    url: Option<String>,
    /// Its title.
    #[schema(max_length = 500)]
    title: Option<String>,
    /// The item of the content catalogue, the event, the form.
    #[schema(max_length = 200)]
    item: Option<String>,
    /// The message that was opened, clicked or answered: of one message one opening and one click count.
    #[schema(max_length = 300)]
    message_id: Option<String>,
    /// The campaign it belongs to.
    #[schema(max_length = 200)]
    campaign: Option<String>,
    /// The visitor before and after becoming a lead.
    #[schema(max_length = 200)]
    visitor_id: Option<String>,
    /// How long it took.
    #[schema(minimum = 0, maximum = 31_536_000)]
    duration_seconds: Option<i64>,
    /// Done by a machine, such as a mail scanner: kept, but not scored.
    #[serde(default)]
    machine: bool,
    /// Anything else that is known.
    #[serde(default)]
    data: Map<String, Value>,
}

/// One interaction, or up to 1,000.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum RecordInteractions {
    /// Several.
    Many(Vec<InteractionInput>),
    /// One.
    One(Box<InteractionInput>),
}

impl utoipa::PartialSchema for RecordInteractions {
    fn schema() -> RefOr<Schema> {
        let one = || Ref::from_schema_name(<InteractionInput as ToSchema>::name());
        let many = ArrayBuilder::new().items(one()).min_items(Some(1)).max_items(Some(MOST_INTERACTIONS));
        let described = OneOfBuilder::new().description(Some("One interaction, or up to 1,000."));
        described.item(one()).item(many).into()
    }
}

impl ToSchema for RecordInteractions {
    fn name() -> std::borrow::Cow<'static, str> {
        "RecordInteractions".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((InteractionInput::name().into(), <InteractionInput as utoipa::PartialSchema>::schema()));
        InteractionInput::schemas(schemas);
    }
}

/// What was recorded, and what it did to the lead.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RecordedInteractions {
    /// What was recorded, in the order in which it was sent.
    data: Vec<InteractionView>,
    /// The score before.
    #[schema(example = 20)]
    score_before: i64,
    /// The score now.
    #[schema(example = 30)]
    score: i64,
    score_components: ScoreComponents,
    rating: RatingWord,
    /// The newest interaction of the lead that no machine did.
    last_interaction_at: Option<DateTime<Utc>>,
}

impl From<Recorded> for RecordedInteractions {
    fn from(recorded: Recorded) -> Self {
        let Recorded { interactions, before, lead, .. } = recorded;
        Self {
            data: interactions.into_iter().map(Into::into).collect(),
            score_before: before.score.total,
            score: lead.score.total,
            score_components: (&lead.score).into(),
            rating: lead.rating().into(),
            last_interaction_at: lead.last_interaction_at,
        }
    }
}

impl From<InteractionInput> for NewInteraction {
    fn from(input: InteractionInput) -> Self {
        let InteractionInput { kind, occurred_at, url, title, item, message_id, campaign, visitor_id, .. } = input;
        let InteractionInput { duration_seconds, machine, data, .. } = input;
        Self {
            kind: kind.into(),
            occurred_at,
            url,
            title,
            item,
            message_id,
            campaign,
            visitor_id,
            duration_seconds,
            machine,
            data,
        }
    }
}

/// Record what a lead did
///
/// One interaction, or up to 1,000 that belong to one lead. The lead is scored anew at once; its version stays, unless it
/// unsubscribed, which takes its consent to e-mail back. All are recorded or none.
#[utoipa::path(
    tag = "Leads", operation_id = "recordInteractions", security(("bearer" = ["leads:write"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    request_body = RecordInteractions,
    responses((status = 201, description = "What was recorded, and the new score", body = RecordedInteractions))
)]
#[post("/leads/{lead_id}/interactions")]
pub async fn record_lead_interactions(
    can: Can<LeadsWrite>,
    id: PathId<Lead>,
    body: Body<RecordInteractions>,
) -> Result {
    let (listed, inputs) = match body.value {
        RecordInteractions::Many(inputs) => (true, inputs),
        RecordInteractions::One(input) => (false, vec![*input]),
    };
    let done = inputs.into_iter().map(Into::into).collect();
    let configurations = Arc::clone(&can.ask.app.configurations);
    let place = format!("{}/interactions", location(id.0));
    let command = Record { id: id.0, done, listed, configurations };
    can.write_once(&body.raw, command, move |recorded| {
        Answer::created(place.clone(), &RecordedInteractions::from(recorded))
    })
    .await
}
