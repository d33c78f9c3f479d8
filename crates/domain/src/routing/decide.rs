//! Deciding who gets a lead, with the way to the answer (spec ROU-1, ROU-5).

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::{
    pool::{Member, Pool, Skip, TurnTaken},
    rule::{Assign, RuleBook, Strategy},
};
use crate::{
    condition::Subject,
    ids::{RoutingRuleId, TeamId, UserId},
};

/// Teams and people as they are now. A batch decides item by item over one working copy, and [records](Self::record) each
/// decision in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pools {
    teams: HashMap<TeamId, Pool>,
    users: HashMap<UserId, Member>,
    turned: BTreeSet<TeamId>,
}

/// Where a lead goes. Without an owner it waits: in the named queue, in the team's, else with the unassigned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Who works on it.
    pub owner: Option<UserId>,
    /// The team it belongs to.
    pub team: Option<TeamId>,
    /// The queue in which it waits.
    pub queue: Option<String>,
}

/// Who gets a lead, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteDecision {
    /// Where it goes; nothing, the unassigned queue, where no rule could place it.
    pub assignment: Option<Assignment>,
    /// The rule that placed it.
    pub rule: Option<RoutingRuleId>,
    /// The rules that were tried, in order.
    pub trace: Vec<Tried>,
    /// The turn it takes, to be stored with it.
    pub turn: Option<TurnTaken>,
}

/// One rule that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// Which.
    pub rule: RoutingRuleId,
    /// Whether its condition holds for the lead.
    pub matched: bool,
    /// Why it could not place the lead although it matched.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub passed_over: Option<PassedOver>,
    /// The people it looked at.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub members: Vec<MemberVerdict>,
    /// Who was chosen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub chosen: Option<UserId>,
}

/// Why a rule that matched could not place the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PassedOver {
    /// The person it names is not in the organization any more.
    UserUnknown,
    /// The person it names cannot be given a lead now.
    UserNotAvailable,
    /// The team it names is not in the organization any more.
    TeamUnknown,
}

/// What became of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberVerdict {
    /// Who.
    pub user: UserId,
    /// Whether they could be given the lead.
    pub eligible: bool,
    /// Why they were chosen or skipped.
    pub reason: Verdict,
}

/// Why a person was chosen or skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Verdict {
    /// The rule names them.
    Named {},
    /// It is their turn.
    TheirTurn {
        /// The number of the last turn they took; 0 for none.
        last_turn: i64,
    },
    /// It is the turn of somebody else.
    NotTheirTurn {
        /// The number of the last turn they took.
        last_turn: i64,
    },
    /// Is away.
    Away {},
    /// The account is deactivated.
    Inactive {},
    /// Has as many open leads as allowed.
    AtCapacity {
        /// Open leads.
        open: i64,
        /// At most.
        max: i64,
    },
}

impl From<Skip> for Verdict {
    fn from(skip: Skip) -> Self {
        match skip {
            Skip::Away => Self::Away {},
            Skip::Inactive => Self::Inactive {},
            Skip::AtCapacity { open, max } => Self::AtCapacity { open, max },
        }
    }
}

/// What a rule that matched came to.
struct Placed {
    assignment: Option<Assignment>,
    turn: Option<TurnTaken>,
    members: Vec<MemberVerdict>,
    passed_over: Option<PassedOver>,
}

/// Decides who gets a lead: the first rule that matches and can place it.
///
/// A rule for a person who cannot be given the lead is passed over. A rule for a team keeps the lead in the team: while
/// nobody of it is available, it waits there without an owner, so that a territory does not leak into the next rule.
pub fn decide(rules: &RuleBook<'_>, subject: &Subject<'_>, pools: &Pools) -> RouteDecision {
    let mut trace = Vec::new();
    for (rule, when) in &rules.rules {
        if !when.matches(subject) {
            trace.push(Tried { rule: rule.id, matched: false, passed_over: None, members: Vec::new(), chosen: None });
            continue;
        }
        let Placed { assignment, turn, members, passed_over } = pools.place(&rule.assign);
        let chosen = assignment.as_ref().and_then(|assignment| assignment.owner);
        trace.push(Tried { rule: rule.id, matched: true, passed_over, members, chosen });
        if assignment.is_some() {
            return RouteDecision { assignment, rule: Some(rule.id), trace, turn };
        }
    }
    RouteDecision { assignment: None, rule: None, trace, turn: None }
}

impl Pools {
    /// Teams with their members, and the people whom rules name.
    pub fn new(teams: impl IntoIterator<Item = Pool>, users: impl IntoIterator<Item = Member>) -> Self {
        Self {
            teams: teams.into_iter().map(|pool| (pool.team, pool)).collect(),
            users: users.into_iter().map(|member| (member.user, member)).collect(),
            turned: BTreeSet::new(),
        }
    }

    /// A team.
    pub fn team(&self, team: TeamId) -> Option<&Pool> {
        self.teams.get(&team)
    }

    /// The teams in which a turn was taken since the copy was made: what has to be stored.
    pub fn turned(&self) -> impl Iterator<Item = &Pool> {
        self.turned.iter().filter_map(|team| self.teams.get(team))
    }

    /// Brings the working copy up to a decision: the turn is taken, the owner has one open lead more.
    pub fn record(&mut self, decision: &RouteDecision) {
        if let Some(turn) = &decision.turn
            && let Some(pool) = self.teams.get_mut(&turn.team)
        {
            pool.take(turn);
            self.turned.insert(turn.team);
        }
        if let Some(owner) = decision.assignment.as_ref().and_then(|assignment| assignment.owner) {
            let in_teams = self.teams.values_mut().flat_map(|pool| &mut pool.members);
            for member in in_teams.chain(self.users.values_mut()).filter(|member| member.user == owner) {
                member.open_count += 1;
            }
        }
    }

    fn place(&self, assign: &Assign) -> Placed {
        match assign {
            Assign::User(user) => self.to_user(*user),
            Assign::Team { team, strategy } => match self.teams.get(team) {
                Some(pool) => to_team(pool, *strategy),
                None => Placed::passed_over(PassedOver::TeamUnknown, Vec::new()),
            },
            Assign::Queue(queue) => {
                Placed::at(Assignment { queue: Some(queue.clone()), ..Assignment::default() }, Vec::new())
            }
        }
    }

    fn to_user(&self, user: UserId) -> Placed {
        let Some(member) = self.users.get(&user) else {
            return Placed::passed_over(PassedOver::UserUnknown, Vec::new());
        };
        match member.skip() {
            Some(skip) => {
                let verdict = MemberVerdict { user, eligible: false, reason: skip.into() };
                Placed::passed_over(PassedOver::UserNotAvailable, vec![verdict])
            }
            None => {
                let verdict = MemberVerdict { user, eligible: true, reason: Verdict::Named {} };
                Placed::at(Assignment { owner: Some(user), ..Assignment::default() }, vec![verdict])
            }
        }
    }
}

impl Placed {
    const fn at(assignment: Assignment, members: Vec<MemberVerdict>) -> Self {
        Self { assignment: Some(assignment), turn: None, members, passed_over: None }
    }

    const fn passed_over(why: PassedOver, members: Vec<MemberVerdict>) -> Self {
        Self { assignment: None, turn: None, members, passed_over: Some(why) }
    }
}

fn to_team(pool: &Pool, strategy: Strategy) -> Placed {
    let turn = match strategy {
        Strategy::RoundRobin => pool.next_in_ring(),
    };
    let owner = turn.map(|turn| turn.user);
    let mut members: Vec<MemberVerdict> = pool.members.iter().map(|member| verdict(member, owner)).collect();
    members.sort_by_key(|verdict| verdict.user);
    let assignment = Assignment { owner, team: Some(pool.team), queue: None };
    Placed { turn, ..Placed::at(assignment, members) }
}

fn verdict(member: &Member, chosen: Option<UserId>) -> MemberVerdict {
    let last_turn = member.last_turn;
    let skip = member.skip();
    let eligible = skip.is_none();
    let reason = match skip {
        Some(skip) => skip.into(),
        None if chosen == Some(member.user) => Verdict::TheirTurn { last_turn },
        None => Verdict::NotTheirTurn { last_turn },
    };
    MemberVerdict { user: member.user, eligible, reason }
}
