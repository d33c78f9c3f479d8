//! How the routing rules came to their answer, as the API shows it.

use chrono::{DateTime, Utc};
use leadwright_app::Configuration;
use leadwright_domain::{
    ids::{Id, LeadId, RoutingRuleId, UserId},
    routing::{Assignment, MemberVerdict, PassedOver, Tried, Verdict},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::reasons::ReasonView;

/// Who gets a lead by the rules, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LeadRouting)]
pub struct RoutingView {
    /// Which lead.
    lead_id: Uuid,
    /// When the rules were asked; `null` where they never were.
    decided_at: Option<DateTime<Utc>>,
    /// Where the lead goes; `null` where no rule could place it.
    assignment: Option<RoutedTo>,
    /// The rule that placed it.
    rule: Option<RuleName>,
    /// The rules that were tried, in order.
    tried: Vec<TriedRule>,
}

/// Where a lead goes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoutedTo {
    /// Who works on it; `null` where it waits for somebody to claim it.
    owner_id: Option<Uuid>,
    /// For which team.
    team_id: Option<Uuid>,
    /// The queue in which it waits.
    #[schema(example = "Enterprise")]
    queue: Option<String>,
}

/// A rule.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RuleName {
    /// Which.
    id: Uuid,
    /// Its name, while it is known.
    #[schema(example = "DACH to Berlin")]
    name: Option<String>,
}

/// A rule that was tried.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TriedRule {
    rule: RuleName,
    /// Whether its condition holds for the lead.
    matched: bool,
    /// Why it could not place the lead although it matched.
    passed_over: Option<ReasonView>,
    /// The people it looked at.
    members: Vec<MemberView>,
    /// Who was chosen.
    chosen: Option<Uuid>,
}

/// A person whom a rule looked at.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RoutingCandidate)]
pub struct MemberView {
    /// Who.
    user_id: Uuid,
    /// Their name, while it is known.
    #[schema(example = "Rita Rep")]
    name: Option<String>,
    /// Whether they could be given the lead.
    eligible: bool,
    reason: ReasonView,
}

/// A decision of the rules.
#[derive(Clone, Debug)]
pub struct Decided {
    /// When.
    pub at: DateTime<Utc>,
    /// Where the lead goes.
    pub assignment: Option<Assignment>,
    /// The rule that placed it.
    pub rule: Option<RoutingRuleId>,
    /// The rules that were tried.
    pub tried: Vec<Tried>,
}

impl RoutingView {
    /// A decision put into words.
    pub fn of(lead: LeadId, decided: Option<Decided>, config: &Configuration) -> Self {
        let Some(Decided { at, assignment, rule, tried }) = decided else {
            return Self { lead_id: lead.uuid(), decided_at: None, assignment: None, rule: None, tried: vec![] };
        };
        Self {
            lead_id: lead.uuid(),
            decided_at: Some(at),
            assignment: assignment.map(|to| RoutedTo {
                owner_id: to.owner.map(Id::uuid),
                team_id: to.team.map(Id::uuid),
                queue: to.queue,
            }),
            rule: rule.map(|rule| rule_name(rule, config)),
            tried: tried.into_iter().map(|tried| tried_rule(tried, config)).collect(),
        }
    }
}

fn rule_name(id: RoutingRuleId, config: &Configuration) -> RuleName {
    let known = config.routing_rules.iter().find(|rule| rule.id == id);
    RuleName { id: id.uuid(), name: known.map(|rule| rule.name.clone()) }
}

fn tried_rule(tried: Tried, config: &Configuration) -> TriedRule {
    let name = |id: UserId| config.users.iter().find(|user| user.id == id).map(|user| user.name.clone());
    let member = |member: MemberVerdict| MemberView {
        user_id: member.user.uuid(),
        name: name(member.user),
        eligible: member.eligible,
        reason: ReasonView::of(&member.reason, verdict(&member.reason)),
    };
    TriedRule {
        rule: rule_name(tried.rule, config),
        matched: tried.matched,
        passed_over: tried.passed_over.map(|why| ReasonView::of(&why, passed_over(why).to_owned())),
        members: tried.members.into_iter().map(member).collect(),
        chosen: tried.chosen.map(Id::uuid),
    }
}

const fn passed_over(why: PassedOver) -> &'static str {
    match why {
        PassedOver::UserUnknown => "The person it names is not in the organization any more.",
        PassedOver::UserNotAvailable => "The person it names can't be given a lead now.",
        PassedOver::TeamUnknown => "The team it names is not in the organization any more.",
    }
}

fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Named {} => "The rule names them.".to_owned(),
        Verdict::TheirTurn { last_turn: 0 } => "It is their turn: they have had none yet.".to_owned(),
        Verdict::TheirTurn { last_turn } => format!("It is their turn: their last was number {last_turn}."),
        Verdict::NotTheirTurn { last_turn } => {
            format!("It is somebody else's turn: their last was number {last_turn}.")
        }
        Verdict::Away {} => "They are away.".to_owned(),
        Verdict::Inactive {} => "Their account is not active.".to_owned(),
        Verdict::AtCapacity { open, max } => format!("They have {open} open leads of at most {max}."),
    }
}
