use leadwright_domain::{
    fault::{Problem, Refusal},
    routing::StoredRule,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::{Value, json};

use super::{KnownRule, MOST_RULES, RULE, check};
use crate::setting;

/// Adds a rule.
#[derive(Clone, Debug)]
pub struct CreateRule {
    /// Its name.
    pub name: String,
    /// Its place among the rules, from 1; the last one when absent or beyond the end.
    pub position: Option<i64>,
    /// Which leads it is for.
    pub when: Value,
    /// Who gets them.
    pub assign: Value,
    /// Whether it is asked.
    pub active: bool,
}

#[async_trait::async_trait]
impl Command for CreateRule {
    type Out = KnownRule;

    async fn run(&self, tx: &Tx) -> Result<KnownRule, CommandError> {
        setting::begin(tx).await?;
        let count = tx.routing_rules().all().await?.len();
        if count >= MOST_RULES {
            let detail = format!("An organization has at most {MOST_RULES} routing rules; take one away first.");
            return Err(Refusal::new(Problem::StateConflict, detail).into());
        }
        let mut faults = Vec::new();
        let when = check::condition(&self.when, &tx.custom_fields().all().await?, &mut faults);
        let assign = check::assign(tx, &self.assign, &mut faults).await?;
        let Some(assign) = assign.filter(|_| faults.is_empty()) else {
            return Err(Refusal::invalid(faults).into());
        };
        let last = i64::try_from(count).unwrap_or(i64::MAX).saturating_add(1);
        let position = self.position.unwrap_or(last).clamp(1, last);
        let id = tx.new_id();
        let rule = StoredRule { id, version: 1, name: self.name.clone(), position, when, assign, active: self.active };
        tx.routing_rules().shift(position, last, 1).await?;
        tx.routing_rules().insert(&rule).await?;
        RULE.tell(tx, id.uuid(), json!({"change": "created", "name": rule.name, "position": position}));
        Ok(KnownRule { rule, broken: Vec::new() })
    }
}
