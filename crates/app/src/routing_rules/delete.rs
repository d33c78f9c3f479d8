use leadwright_domain::ids::RoutingRuleId;
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::RULE;
use crate::setting;

/// Takes a rule away; those behind it close up.
#[derive(Clone, Debug)]
pub struct DeleteRule {
    /// Which.
    pub id: RoutingRuleId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for DeleteRule {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        setting::begin(tx).await?;
        let rule = RULE.found(tx.routing_rules().get(self.id).await?, |rule| rule.version, self.expected)?;
        setting::written(tx.routing_rules().delete(&rule).await?, rule.version)?;
        tx.routing_rules().shift(rule.position + 1, i64::MAX, -1).await?;
        RULE.tell(tx, rule.id.uuid(), json!({"change": "deleted", "name": rule.name}));
        Ok(())
    }
}
