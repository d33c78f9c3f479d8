//! `/api/v1/routing-rules`: who gets which leads.

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
pub mod update;

use leadwright_app::routing_rules::KnownRule;
use leadwright_domain::routing::{Assign, Strategy};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    conditions::ConditionShape,
    http::{Answer, words::word_schema},
};

word_schema! {
    /// How leads are dealt out inside a team.
    StrategyView as "RoutingStrategy" = Strategy, "round_robin"
}

/// Who gets the leads: `{user_id}`, `{team_id, strategy}` or `{queue}`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = RoutingAssign, example = json!({"queue": "inbound"}))]
#[serde(deny_unknown_fields)]
pub struct AssignView {
    /// A person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    user_id: Option<Uuid>,
    /// Somebody of a team.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    team_id: Option<Uuid>,
    /// How the team's leads are dealt out; `round_robin` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    strategy: Option<StrategyView>,
    /// Nobody yet: a queue, from which somebody takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "inbound", min_length = 1, max_length = 100, nullable = false)]
    queue: Option<String>,
}

impl From<Assign> for AssignView {
    fn from(assign: Assign) -> Self {
        match assign {
            Assign::User(user) => Self { user_id: Some(user.uuid()), ..Self::default() },
            Assign::Team { team, strategy } => {
                Self { team_id: Some(team.uuid()), strategy: Some(strategy.into()), ..Self::default() }
            }
            Assign::Queue(queue) => Self { queue: Some(queue), ..Self::default() },
        }
    }
}

impl AssignView {
    /// The form in which the domain reads it.
    fn json(&self) -> Value {
        // Ids, words and text: nothing that JSON can't say.
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// A rule: such leads to such people.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RoutingRule)]
pub struct RoutingRuleView {
    /// The id.
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    version: i64,
    /// The name for people.
    #[schema(example = "Hot leads of Colorado")]
    name: String,
    /// Rules are asked in this order, from 1 without gaps; the first that can place a lead does.
    #[schema(example = 1)]
    position: i64,
    /// Which leads it is for: a condition.
    #[schema(value_type = ConditionShape)]
    when: Value,
    /// Who gets them.
    assign: AssignView,
    /// Whether it is asked.
    active: bool,
    /// Why it is not asked although it is active: what of its condition no longer exists. Change `when` to mend it.
    #[schema(example = json!([]))]
    broken: Vec<String>,
}

impl From<KnownRule> for RoutingRuleView {
    fn from(KnownRule { rule, broken }: KnownRule) -> Self {
        Self {
            id: rule.id.uuid(),
            version: rule.version,
            name: rule.name,
            position: rule.position,
            when: rule.when,
            assign: rule.assign.into(),
            active: rule.active,
            broken: broken.into_iter().map(|fault| fault.detail).collect(),
        }
    }
}

fn shown(known: KnownRule) -> Answer {
    let version = known.rule.version;
    Answer::ok(&RoutingRuleView::from(known)).version(version)
}
