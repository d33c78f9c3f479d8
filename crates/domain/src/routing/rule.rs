//! Rules that decide who gets a lead (spec ROU-1).

use serde_json::{Map, Value, json};

use crate::{
    choices,
    condition::{Condition, Resolved},
    fault::{Fault, nearest},
    ids::{Id, RoutingRuleId, TeamId, UserId},
};

choices! {
    /// How a lead is dealt out inside a team. A strategy that needs a second one, for when it finds nobody, names it beside
    /// itself in [`Assign::Team`].
    Strategy {
        /// In turn.
        RoundRobin = "round_robin",
    }
}

/// Who gets a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assign {
    /// A person.
    User(UserId),
    /// Somebody of a team.
    Team {
        /// Which team.
        team: TeamId,
        /// How it is dealt out.
        strategy: Strategy,
    },
    /// Nobody yet: a queue by its name, from which somebody takes it.
    Queue(String),
}

/// A rule: such leads to such people.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Which.
    pub id: RoutingRuleId,
    /// Its name.
    pub name: String,
    /// Rules are asked in this order, then by id.
    pub position: i64,
    /// Which leads it is for.
    pub when: Condition,
    /// Who gets them.
    pub assign: Assign,
    /// Inactive rules are not asked.
    pub active: bool,
}

/// The active rules of an organization in their order, made ready for many leads at one moment.
#[derive(Clone, Debug, Default)]
pub struct RuleBook<'r> {
    pub(super) rules: Vec<(&'r Rule, Resolved)>,
}

impl<'r> RuleBook<'r> {
    /// Sorts the rules and makes their conditions plain. Once per batch is enough.
    pub fn new(rules: impl IntoIterator<Item = &'r Rule>, frame: &crate::condition::Frame<'_>) -> Self {
        let mut active: Vec<&Rule> = rules.into_iter().filter(|rule| rule.active).collect();
        active.sort_by_key(|rule| (rule.position, rule.id));
        Self { rules: active.into_iter().map(|rule| (rule, rule.when.resolve(frame))).collect() }
    }
}

/// The longest name of a queue.
const MAX_QUEUE_NAME: usize = 100;

impl Assign {
    /// Reads `{user_id}`, `{team_id, strategy}` or `{queue}`; round-robin where a team names no strategy.
    pub fn parse(given: &Value) -> Result<Self, Vec<Fault>> {
        let one_of = "Give one of user_id, team_id, queue";
        let Some(members) = given.as_object() else {
            return Err(vec![Fault::at_pointer("#", "invalid_value", format!("Give an object. {one_of}"))]);
        };
        let mut faults = unknown_members(members);
        let targets: Vec<&str> =
            ["user_id", "team_id", "queue"].into_iter().filter(|name| members.contains_key(*name)).collect();
        if members.contains_key("strategy") && !members.contains_key("team_id") {
            faults.push(Fault::in_field("strategy", "unknown_member", "A strategy belongs to a team_id"));
        }
        let assign = match targets.as_slice() {
            ["user_id"] => id(members, "user_id", &mut faults).map(Self::User),
            ["team_id"] => {
                let team = id(members, "team_id", &mut faults);
                let strategy = strategy(members.get("strategy"), &mut faults);
                team.zip(strategy).map(|(team, strategy)| Self::Team { team, strategy })
            }
            ["queue"] => queue(members, &mut faults).map(Self::Queue),
            _ => {
                faults.push(Fault::at_pointer("#", "ambiguous", one_of));
                None
            }
        };
        assign.filter(|_| faults.is_empty()).ok_or(faults)
    }

    /// The JSON form, as [`Assign::parse`] reads it.
    pub fn to_json(&self) -> Value {
        match self {
            Self::User(user) => json!({ "user_id": user }),
            Self::Team { team, strategy } => json!({ "team_id": team, "strategy": strategy }),
            Self::Queue(queue) => json!({ "queue": queue }),
        }
    }
}

fn unknown_members(members: &Map<String, Value>) -> Vec<Fault> {
    let known = ["user_id", "team_id", "strategy", "queue"];
    let unknown = members.keys().filter(|name| !known.contains(&name.as_str()));
    unknown
        .map(|name| {
            let fault =
                Fault::in_field(name, "unknown_member", format!("There is no such member; give {}", known.join(", ")));
            nearest(name, known).map_or(fault.clone(), |meant| fault.suggesting(meant))
        })
        .collect()
}

fn id<T>(members: &Map<String, Value>, name: &str, faults: &mut Vec<Fault>) -> Option<Id<T>> {
    let id = members.get(name).and_then(Value::as_str).and_then(|text| text.parse().ok());
    if id.is_none() {
        faults.push(Fault::in_field(name, "invalid_value", "Give an id: a UUID"));
    }
    id
}

fn strategy(given: Option<&Value>, faults: &mut Vec<Fault>) -> Option<Strategy> {
    let Some(given) = given.filter(|given| !given.is_null()) else { return Some(Strategy::RoundRobin) };
    let word = given.as_str().unwrap_or_default();
    let strategy = Strategy::parse(word);
    if strategy.is_none() {
        let detail = format!("Give one of {}", Strategy::WORDS.join(", "));
        let fault = Fault::in_field("strategy", "unknown_option", detail);
        let meant = nearest(word, Strategy::WORDS.iter().copied());
        faults.push(meant.map_or(fault.clone(), |meant| fault.suggesting(meant)));
    }
    strategy
}

fn queue(members: &Map<String, Value>, faults: &mut Vec<Fault>) -> Option<String> {
    let name = members.get("queue").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    if name.is_empty() || name.chars().count() > MAX_QUEUE_NAME {
        let detail = format!("Give the name of a queue, 1 to {MAX_QUEUE_NAME} characters");
        faults.push(Fault::in_field("queue", "invalid_value", detail));
        return None;
    }
    Some(name.to_owned())
}
