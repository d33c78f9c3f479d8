//! The rules that decide who gets a lead (spec ROU-1).

mod check;
mod create;
mod delete;
mod update;

pub use create::CreateRule;
pub use delete::DeleteRule;
pub use update::{RuleChange, UpdateRule};

use leadwright_domain::{condition::Catalogue, fault::Fault, ids::RoutingRuleId, routing::StoredRule};
use leadwright_persistence::{CommandError, DbError, Reader};

use crate::setting::Setting;

/// The most rules of an organization, so that they always fit one page and are quickly asked.
pub const MOST_RULES: usize = 500;

const RULE: Setting = Setting { name: "routing rule", subject: "routing_rule" };

/// A rule, and why it is not asked although it is active.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownRule {
    /// The rule.
    pub rule: StoredRule,
    /// What of its condition no longer exists; empty for a rule in order.
    pub broken: Vec<Fault>,
}

impl KnownRule {
    fn of(rule: StoredRule, catalogue: &Catalogue) -> Self {
        Self { broken: rule.read(catalogue).err().unwrap_or_default(), rule }
    }
}

/// All rules in their order.
///
/// # Errors
/// The database failed.
pub async fn list(reader: &Reader) -> Result<Vec<KnownRule>, DbError> {
    let catalogue = Catalogue::new(&reader.custom_fields().all().await?);
    let rules = reader.routing_rules().all().await?;
    Ok(rules.into_iter().map(|rule| KnownRule::of(rule, &catalogue)).collect())
}

/// One rule.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn get(reader: &Reader, id: RoutingRuleId) -> Result<KnownRule, CommandError> {
    let rule = RULE.found(reader.routing_rules().get(id).await?, |rule| rule.version, None)?;
    let catalogue = Catalogue::new(&reader.custom_fields().all().await?);
    Ok(KnownRule::of(rule, &catalogue))
}
