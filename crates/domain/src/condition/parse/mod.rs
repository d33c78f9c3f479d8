//! Reading a condition from JSON, with every fault at its node.

mod field;
mod interaction;
mod moments;
mod near;
mod values;

use serde_json::{Map, Value as Json};

use super::{Catalogue, Condition, MAX_DEPTH, MAX_INTERACTION_TESTS, MAX_NODES, MAX_VALUES, Of};
use crate::fault::{Fault, escape_pointer, nearest};

/// The members that say what a node is.
const NODES: [&str; 5] = ["all", "any", "not", "field", "interaction"];

impl Condition {
    /// Reads a condition; answers all of its faults, with pointers below the root of what was given (`#/all/1/value`).
    pub fn parse(json: &Json, catalogue: &Catalogue) -> Result<Self, Vec<Fault>> {
        let mut reader = Reader { catalogue, faults: Vec::new(), nodes: 0, values: 0, interaction_tests: 0 };
        let condition = reader.node(json, &Place { pointer: "#".into(), depth: 1, of: Of::Lead });
        match condition {
            Some(condition) if reader.faults.is_empty() => Ok(condition),
            _ => Err(reader.faults),
        }
    }
}

/// Where a node stands.
struct Place {
    pointer: String,
    depth: usize,
    of: Of,
}

impl Place {
    fn at(&self, member: &str) -> String {
        format!("{}/{}", self.pointer, escape_pointer(member))
    }

    fn below(&self, pointer: String) -> Self {
        Self { pointer, depth: self.depth + 1, of: self.of }
    }
}

/// What is wrong with a value; its place is known to who asked for it.
struct Wrong {
    code: &'static str,
    detail: String,
    suggestion: Option<Json>,
}

impl Wrong {
    fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), suggestion: None }
    }

    fn suggesting(mut self, repair: Option<impl Into<Json>>) -> Self {
        self.suggestion = repair.map(Into::into);
        self
    }
}

/// Reads a tree, counts what is in it and collects what is wrong.
struct Reader<'a> {
    catalogue: &'a Catalogue,
    faults: Vec<Fault>,
    nodes: usize,
    values: usize,
    interaction_tests: usize,
}

impl Reader<'_> {
    /// Reports a fault. Always `None`, to be returned in place of what could not be read.
    fn wrong<T>(&mut self, pointer: impl Into<String>, wrong: Wrong) -> Option<T> {
        let fault = Fault::at_pointer(pointer, wrong.code, wrong.detail);
        self.faults.push(match wrong.suggestion {
            Some(repair) => fault.suggesting(repair),
            None => fault,
        });
        None
    }

    fn node(&mut self, json: &Json, place: &Place) -> Option<Condition> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            // Told once, at the first node too many.
            if self.nodes == MAX_NODES + 1 {
                let detail = format!("The condition has more than {MAX_NODES} nodes; split it or use in");
                return self.wrong(&place.pointer, Wrong::new("condition_too_large", detail));
            }
            return None;
        }
        if place.depth > MAX_DEPTH {
            let detail = format!("The condition is nested deeper than {MAX_DEPTH}; flatten it");
            return self.wrong(&place.pointer, Wrong::new("condition_too_deep", detail));
        }
        let Some(members) = json.as_object() else {
            let detail = format!("A condition is an object with one of {}", NODES.join(", "));
            return self.wrong(&place.pointer, Wrong::new("not_a_condition", detail));
        };
        match self.which(members, place)? {
            "all" => Some(Condition::All(self.list("all", members, place)?)),
            "any" => Some(Condition::Any(self.list("any", members, place)?)),
            "not" => self.negation(members, place),
            "field" => self.field_test(members, place).map(Condition::Field),
            _ => self.interaction_test(members, place).map(Condition::Interaction),
        }
    }

    /// What a node is.
    fn which(&mut self, members: &Map<String, Json>, place: &Place) -> Option<&'static str> {
        let mut found = NODES.into_iter().filter(|node| members.contains_key(*node));
        match (found.next(), found.next()) {
            (Some(node), None) => Some(node),
            (Some(one), Some(other)) => {
                let detail = format!("A node is one thing: {one} or {other}; put both into all");
                self.wrong(&place.pointer, Wrong::new("ambiguous_condition", detail))
            }
            _ => {
                let meant = members.keys().find_map(|member| nearest(member, NODES));
                let detail = format!("A condition has one of {}; {{\"all\": []}} matches everything", NODES.join(", "));
                self.wrong(&place.pointer, Wrong::new("not_a_condition", detail).suggesting(meant))
            }
        }
    }

    /// Reports members that mean nothing here: the first hundred, if somebody sends a heap of them.
    fn only(&mut self, known: &[&'static str], members: &Map<String, Json>, pointer: &str) {
        for member in members.keys().filter(|member| !known.contains(&member.as_str())).take(MAX_NODES) {
            let meant = nearest(member, known.iter().copied());
            let detail = format!("There is no member of this name here; known are {}", known.join(", "));
            let _: Option<()> = self.wrong(
                format!("{pointer}/{}", escape_pointer(member)),
                Wrong::new("unknown_member", detail).suggesting(meant),
            );
        }
    }

    fn list(&mut self, node: &'static str, members: &Map<String, Json>, place: &Place) -> Option<Vec<Condition>> {
        self.only(&[node], members, &place.pointer);
        let pointer = place.at(node);
        let Some(parts) = members.get(node).and_then(Json::as_array) else {
            return self.wrong(pointer, Wrong::new("not_a_list", format!("{node} takes a list of conditions")));
        };
        let mut read = Vec::with_capacity(parts.len().min(MAX_NODES));
        for (at, part) in parts.iter().enumerate() {
            read.extend(self.node(part, &place.below(format!("{pointer}/{at}"))));
            if self.nodes > MAX_NODES {
                break;
            }
        }
        Some(read)
    }

    fn negation(&mut self, members: &Map<String, Json>, place: &Place) -> Option<Condition> {
        self.only(&["not"], members, &place.pointer);
        let part = self.node(members.get("not")?, &place.below(place.at("not")))?;
        Some(Condition::Not(Box::new(part)))
    }

    /// Counts values; says whether there are still not too many.
    fn more_values(&mut self, more: usize, pointer: &str) -> Option<()> {
        let before = self.values;
        self.values = before.saturating_add(more);
        if self.values <= MAX_VALUES {
            return Some(());
        }
        if before > MAX_VALUES {
            return None;
        }
        let detail = format!("The condition has more than {MAX_VALUES} values; test a tag or a saved view instead");
        self.wrong(pointer, Wrong::new("condition_too_large", detail))
    }

    fn one_more_interaction_test(&mut self, place: &Place) -> Option<()> {
        self.interaction_tests += 1;
        if self.interaction_tests <= MAX_INTERACTION_TESTS {
            return Some(());
        }
        let detail = format!("The condition has more than {MAX_INTERACTION_TESTS} interaction tests");
        self.wrong(&place.pointer, Wrong::new("condition_too_large", detail))
    }
}
