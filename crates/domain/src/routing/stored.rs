//! A rule as it is kept: its condition as JSON, to be read with the fields that there are today.

use serde_json::Value;

use super::{Assign, Rule};
use crate::{
    condition::{Catalogue, Condition},
    fault::Fault,
    ids::RoutingRuleId,
};

/// A rule as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRule {
    /// Which.
    pub id: RoutingRuleId,
    /// Counts changes.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Rules are asked in this order, from 1 without gaps.
    pub position: i64,
    /// Which leads it is for, in canonical JSON.
    pub when: Value,
    /// Who gets them.
    pub assign: Assign,
    /// Inactive rules are not asked.
    pub active: bool,
}

impl StoredRule {
    /// The rule, ready to be asked.
    ///
    /// # Errors
    /// The condition names what no longer exists, such as an option that was taken away; pointers are below `#/when`.
    pub fn read(&self, catalogue: &Catalogue) -> Result<Rule, Vec<Fault>> {
        let under = |faults: Vec<Fault>| faults.into_iter().map(|fault| fault.under("#/when")).collect::<Vec<_>>();
        Ok(Rule {
            id: self.id,
            name: self.name.clone(),
            position: self.position,
            when: Condition::parse(&self.when, catalogue).map_err(under)?,
            assign: self.assign.clone(),
            active: self.active,
        })
    }
}
