//! Whether a rule that is being written makes sense today.

use leadwright_domain::{
    condition::{Catalogue, Condition},
    fault::Fault,
    leads::CustomFieldDef,
    routing::Assign,
};
use leadwright_persistence::{CommandError, Tx};
use serde_json::Value;

/// Reads a condition as it is kept. Retired custom fields can't be tested anew.
pub(super) fn condition(given: &Value, custom: &[CustomFieldDef], faults: &mut Vec<Fault>) -> Value {
    let active: Vec<CustomFieldDef> = custom.iter().filter(|def| def.active).cloned().collect();
    match Condition::parse(given, &Catalogue::new(&active)) {
        Ok(condition) => condition.to_json(),
        Err(found) => {
            faults.extend(found.into_iter().map(|fault| fault.under("#/when")));
            Value::Null
        }
    }
}

/// Reads who gets the leads; they must be there.
pub(super) async fn assign(tx: &Tx, given: &Value, faults: &mut Vec<Fault>) -> Result<Option<Assign>, CommandError> {
    let assign = match Assign::parse(given) {
        Ok(assign) => assign,
        Err(found) => {
            faults.extend(found.into_iter().map(|fault| fault.under("#/assign")));
            return Ok(None);
        }
    };
    let fault = match &assign {
        Assign::Queue(_) => None,
        Assign::User(id) => match tx.people().users().await?.into_iter().find(|user| user.id == *id) {
            Some(user) if user.active => None,
            Some(user) => {
                let detail = format!("{} is not active and gets no leads; choose somebody else", user.name);
                Some(Fault::at_pointer("#/assign/user_id", "inactive", detail))
            }
            None => {
                let detail = "There is no such user; GET /api/v1/users lists them";
                Some(Fault::at_pointer("#/assign/user_id", "unknown_user", detail))
            }
        },
        Assign::Team { team, .. } => {
            let known = tx.people().teams().await?.iter().any(|known| known.id == *team);
            let detail = "There is no such team; GET /api/v1/teams lists them";
            (!known).then(|| Fault::at_pointer("#/assign/team_id", "unknown_team", detail))
        }
    };
    faults.extend(fault);
    Ok(Some(assign))
}
