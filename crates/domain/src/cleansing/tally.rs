//! How often values were mended.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Mended, Rule};

/// The most fields that are told apart.
const MOST_FIELDS: usize = 200;

/// How often a rule mended the values of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The field; custom ones as `custom.<key>`.
    pub field: String,
    /// What was done.
    pub rule: Rule,
    /// In how many rows.
    pub count: u64,
}

/// How often the values of which field were mended by which rule. It holds no values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tally(BTreeMap<String, BTreeMap<Rule, u64>>);

impl Tally {
    /// Counts what was mended in one row.
    pub fn note(&mut self, mended: &[Mended]) {
        for one in mended {
            if let Some(rules) = self.0.get_mut(&*one.field) {
                *rules.entry(one.rule).or_default() += 1;
            } else if self.0.len() < MOST_FIELDS {
                self.0.insert(one.field.clone().into_owned(), BTreeMap::from([(one.rule, 1)]));
            }
        }
    }

    /// The counts, by field and rule.
    pub fn listed(&self) -> Vec<Counted> {
        let of = |(field, rules): (&String, &BTreeMap<Rule, u64>)| -> Vec<Counted> {
            rules.iter().map(|(rule, count)| Counted { field: field.clone(), rule: *rule, count: *count }).collect()
        };
        self.0.iter().flat_map(of).collect()
    }
}
