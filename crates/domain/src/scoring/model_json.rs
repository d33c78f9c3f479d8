//! A scoring model as JSON, and everything that can be wrong with it (spec SCO-2).

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    model::{Behaviour, Component, Draft, Rule, RuleKind},
    thresholds::Thresholds,
};
use crate::{
    condition::{Catalogue, Condition},
    fault::{Fault, nearest},
    interactions::InteractionKind,
};

/// The most rules in a model.
pub const MAX_RULES: usize = 200;
/// The longest name of a rule or a group.
const MAX_NAME: usize = 100;

impl Draft {
    /// Reads a model; all faults at once, each with a pointer.
    pub fn parse(json: &Value, catalogue: &Catalogue) -> Result<Self, Vec<Fault>> {
        let Some(members) = json.as_object() else {
            return Err(vec![Fault::at_pointer("#", "invalid_value", "Give an object with rules")]);
        };
        let mut faults = unknown_members(members, &["rules", "thresholds"]);
        let thresholds = thresholds(members.get("thresholds"), &mut faults);
        let rules = match members.get("rules") {
            Some(Value::Array(rules)) if rules.len() <= MAX_RULES => rules.as_slice(),
            Some(Value::Array(_)) => {
                faults.push(Fault::in_field("rules", "too_large", format!("Give at most {MAX_RULES} rules")));
                &[]
            }
            _ => {
                faults.push(Fault::in_field("rules", "required", "Give the list of rules"));
                &[]
            }
        };
        let rules = read_rules(rules, catalogue, &mut faults);
        if faults.is_empty() { Ok(Self { rules, thresholds }) } else { Err(faults) }
    }

    /// The model as JSON, as [`Draft::parse`] reads it.
    pub fn to_json(&self) -> Value {
        json!({ "rules": self.rules, "thresholds": self.thresholds })
    }
}

fn thresholds(given: Option<&Value>, faults: &mut Vec<Fault>) -> Thresholds {
    let Some(given) = given else { return Thresholds::default() };
    match serde_json::from_value::<Thresholds>(given.clone()) {
        Ok(thresholds) => {
            faults.extend(thresholds.faults());
            thresholds
        }
        Err(error) => {
            faults.push(Fault::in_field("thresholds", "invalid_value", error.to_string()));
            Thresholds::default()
        }
    }
}

fn read_rules(given: &[Value], catalogue: &Catalogue, faults: &mut Vec<Fault>) -> Vec<Rule> {
    let mut rules = Vec::with_capacity(given.len());
    let mut names = HashSet::new();
    for (at, json) in given.iter().enumerate() {
        let prefix = format!("#/rules/{at}");
        match Rule::parse(json, catalogue) {
            Ok(rule) => {
                if !names.insert(rule.name.clone()) {
                    let detail = "Another rule has this name; names tell rules apart in explanations";
                    faults.push(Fault::at_pointer(format!("{prefix}/name"), "duplicate", detail));
                }
                rules.push(rule);
            }
            Err(found) => faults.extend(found.into_iter().map(|fault| fault.under(&prefix))),
        }
    }
    rules
}

fn unknown_members(members: &Map<String, Value>, known: &[&str]) -> Vec<Fault> {
    let unknown = members.keys().filter(|name| !known.contains(&name.as_str()));
    unknown
        .map(|name| {
            let detail = format!("There is no such member; the members are {}", known.join(", "));
            let fault = Fault::in_field(name, "unknown_member", detail);
            match nearest(name, known.iter().copied()) {
                Some(meant) => fault.suggesting(meant),
                None => fault,
            }
        })
        .collect()
}

impl Rule {
    /// Reads one rule: `{name, component, when, points}` for what a lead is, `{name, interaction, where, points,
    /// max_count, half_life_days}` for what it did.
    pub fn parse(json: &Value, catalogue: &Catalogue) -> Result<Self, Vec<Fault>> {
        let Some(members) = json.as_object() else {
            return Err(vec![Fault::at_pointer("#", "invalid_value", "Give an object that describes the rule")]);
        };
        let mut read = Reader { members, faults: Vec::new() };
        let behaviour = members.contains_key("interaction");
        read.faults = unknown_members(members, if behaviour { BEHAVIOUR_MEMBERS } else { ATTRIBUTE_MEMBERS });
        let name = read.text("name");
        let group = read.text("group");
        let points = read.whole("points", -100..=100);
        let component = read.word("component", &Component::OF_RULES.map(Component::as_str), |word| {
            Component::parse(word).filter(|component| Component::OF_RULES.contains(component))
        });
        let kind = if behaviour { read.behaviour(catalogue) } else { read.attribute(catalogue) };
        if points == Some(0) {
            read.fault(
                "points",
                "invalid_value",
                "Points of 0 change nothing: give another number or leave the rule out",
            );
        }
        for (name, missing) in
            [("name", name.is_none()), ("points", points.is_none()), ("component", component.is_none() && !behaviour)]
        {
            if missing && !members.contains_key(name) {
                read.fault(name, "required", "Give it");
            }
        }
        match (name, points, kind) {
            (Some(name), Some(points), Some(kind)) if read.faults.is_empty() => {
                Ok(Self { name, component: component.unwrap_or(Component::Behavioral), group, points, kind })
            }
            _ => Err(read.faults),
        }
    }
}

const ATTRIBUTE_MEMBERS: &[&str] = &["name", "component", "group", "when", "points"];
const BEHAVIOUR_MEMBERS: &[&str] =
    &["name", "component", "group", "interaction", "where", "points", "max_count", "half_life_days"];

struct Reader<'a> {
    members: &'a Map<String, Value>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, name: &str, code: &str, detail: impl Into<String>) {
        self.faults.push(Fault::in_field(name, code, detail));
    }

    /// What was given, `null` and nothing being the same.
    fn given(&self, name: &str) -> Option<&Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    fn text(&mut self, name: &str) -> Option<String> {
        let text = self.given(name)?.as_str().map(str::trim);
        match text {
            Some(text) if !text.is_empty() && text.chars().count() <= MAX_NAME => return Some(text.to_owned()),
            _ => self.fault(name, "invalid_value", format!("Give text of 1 to {MAX_NAME} characters")),
        }
        None
    }

    fn whole(&mut self, name: &str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let number = self.given(name)?.as_i64().filter(|number| range.contains(number));
        if number.is_none() {
            let detail = format!("Give a whole number from {} to {}", range.start(), range.end());
            self.fault(name, "invalid_value", detail);
        }
        number
    }

    fn word<T>(&mut self, name: &str, words: &[&'static str], parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let given = self.given(name)?.as_str().unwrap_or_default();
        let parsed = parse(given);
        if parsed.is_none() {
            let fault = Fault::in_field(name, "unknown_option", format!("Give one of {}", words.join(", ")));
            let meant = nearest(given, words.iter().copied());
            self.faults.push(meant.map_or(fault.clone(), |meant| fault.suggesting(meant)));
        }
        parsed
    }

    fn attribute(&mut self, catalogue: &Catalogue) -> Option<RuleKind> {
        let Some(when) = self.given("when") else {
            self.fault("when", "required", "Give the condition that a lead must meet, or the interaction to count");
            return None;
        };
        match Condition::parse(when, catalogue) {
            Ok(when) => Some(RuleKind::Attribute { when }),
            Err(faults) => {
                self.faults.extend(faults.into_iter().map(|fault| fault.under("#/when")));
                None
            }
        }
    }

    fn behaviour(&mut self, catalogue: &Catalogue) -> Option<RuleKind> {
        let interaction = self.word("interaction", InteractionKind::WORDS, InteractionKind::parse);
        let max_count = self.whole("max_count", 1..=1_000);
        let half_life_days = self.whole("half_life_days", 1..=3_650);
        let filter = self.filter(catalogue);
        Some(RuleKind::Behaviour(Behaviour {
            interaction: interaction?,
            filter: filter?,
            max_count: max_count.and_then(|count| u32::try_from(count).ok()),
            half_life_days: half_life_days.and_then(|days| u32::try_from(days).ok()),
        }))
    }

    /// The `where`, read as that of an interaction test, so that it means the same in both places.
    fn filter(&mut self, catalogue: &Catalogue) -> Option<Option<Condition>> {
        let Some(given) = self.given("where") else { return Some(None) };
        let test = json!({ "interaction": InteractionKind::Custom, "where": given });
        match Condition::parse(&test, catalogue) {
            Ok(Condition::Interaction(test)) => Some(test.filter.map(|filter| *filter)),
            Ok(_) => Some(None),
            Err(faults) => {
                self.faults.extend(faults);
                None
            }
        }
    }
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = Map::new();
        out.insert("name".into(), json!(self.name));
        out.insert("component".into(), json!(self.component));
        if let Some(group) = &self.group {
            out.insert("group".into(), json!(group));
        }
        match &self.kind {
            RuleKind::Attribute { when } => {
                out.insert("when".into(), when.to_json());
            }
            RuleKind::Behaviour(behaviour) => {
                out.insert("interaction".into(), json!(behaviour.interaction));
                if let Some(filter) = &behaviour.filter {
                    out.insert("where".into(), filter.to_json());
                }
                for (name, number) in [("max_count", behaviour.max_count), ("half_life_days", behaviour.half_life_days)]
                {
                    if let Some(number) = number {
                        out.insert(name.into(), json!(number));
                    }
                }
            }
        }
        out.insert("points".into(), json!(self.points));
        out.serialize(serializer)
    }
}
