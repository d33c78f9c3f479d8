use std::cmp::Ordering;

use leadwright_domain::{condition::Catalogue, fault::Refusal, ids::RoutingRuleId, routing::StoredRule};
use leadwright_persistence::{Command, CommandError, DbError, Tx};
use serde_json::{Value, json};

use super::{KnownRule, RULE, check};
use crate::setting;

/// What to change; `None` leaves as it is.
#[derive(Clone, Debug, Default)]
pub struct RuleChange {
    /// Its name.
    pub name: Option<String>,
    /// Its place among the rules.
    pub position: Option<i64>,
    /// Which leads it is for.
    pub when: Option<Value>,
    /// Who gets them.
    pub assign: Option<Value>,
    /// Whether it is asked.
    pub active: Option<bool>,
}

/// Changes a rule.
#[derive(Clone, Debug)]
pub struct UpdateRule {
    /// Which.
    pub id: RoutingRuleId,
    /// What to change.
    pub change: RuleChange,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for UpdateRule {
    type Out = KnownRule;

    async fn run(&self, tx: &Tx) -> Result<KnownRule, CommandError> {
        setting::begin(tx).await?;
        let all = tx.routing_rules().all().await?;
        let found = all.iter().find(|rule| rule.id == self.id).cloned();
        let mut rule = RULE.found(found, |rule| rule.version, self.expected)?;
        let custom = tx.custom_fields().all().await?;
        let mut faults = Vec::new();
        if let Some(when) = &self.change.when {
            rule.when = check::condition(when, &custom, &mut faults);
        }
        if let Some(assign) = &self.change.assign {
            rule.assign = check::assign(tx, assign, &mut faults).await?.unwrap_or(rule.assign);
        }
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults).into());
        }
        rule.name = self.change.name.clone().unwrap_or(rule.name);
        rule.active = self.change.active.unwrap_or(rule.active);
        let last = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let rule = moved(tx, rule, self.change.position, last).await?;
        setting::written(tx.routing_rules().update(&rule).await?, rule.version)?;
        let rule = StoredRule { version: rule.version + 1, ..rule };
        RULE.tell(tx, rule.id.uuid(), json!({"change": "updated", "name": rule.name, "position": rule.position}));
        Ok(KnownRule::of(rule, &Catalogue::new(&custom)))
    }
}

/// Gives the rule its new place: the rules in between close up behind it.
async fn moved(tx: &Tx, rule: StoredRule, to: Option<i64>, last: i64) -> Result<StoredRule, DbError> {
    let (from, to) = (rule.position, to.unwrap_or(rule.position).clamp(1, last.max(1)));
    match to.cmp(&from) {
        Ordering::Less => tx.routing_rules().shift(to, from - 1, 1).await?,
        Ordering::Equal => {}
        Ordering::Greater => tx.routing_rules().shift(from + 1, to, -1).await?,
    }
    Ok(StoredRule { position: to, ..rule })
}
