//! Whether an action makes sense at all, whatever the leads: asked once, before any lead is looked at.

use leadwright_domain::{
    bulk_actions::Action,
    fault::{Fault, Problem, Refusal},
    leads::{Mode, Occasion, RawLead, Status},
    routing::{Holder, hand_over},
};
use serde_json::json;

use crate::{Configuration, intake::rules};

/// The action as it is kept; its faults point below `#/action`.
///
/// # Errors
/// It names somebody who is not there, lacks what every lead would demand, or may not be asked by this caller.
pub fn check(action: Action, config: &Configuration) -> Result<Action, Refusal> {
    let faults = match &action {
        Action::Assign(wish) => {
            hand_over(Holder::default(), &wish.handover(), &config.users, &config.teams).err().unwrap_or_default()
        }
        Action::Transition { by_override: true, may_override: false, .. } => {
            return Err(Refusal::new(Problem::Forbidden, "Only a manager may override what is missing."));
        }
        Action::Transition { to, reason, note, by_override, .. } => {
            let says_why = reason.is_some() || note.is_some();
            transition(*to, reason.is_some(), *by_override, says_why)
        }
        Action::AddTags { tags } | Action::RemoveTags { tags } => match read(tags, config) {
            Ok(tags) if tags.is_empty() => vec![Fault::in_field("tags", "required", "Name one tag at least.")],
            Ok(tags) => {
                return Ok(match action {
                    Action::AddTags { .. } => Action::AddTags { tags },
                    _ => Action::RemoveTags { tags },
                });
            }
            Err(faults) => faults,
        },
        Action::SetPriority { .. } | Action::Archive | Action::Restore | Action::Undo { .. } => Vec::new(),
    };
    if faults.is_empty() {
        return Ok(action);
    }
    Err(Refusal::invalid(faults.into_iter().map(|fault| fault.under("#/action")).collect()))
}

fn transition(to: Status, has_reason: bool, by_override: bool, says_why: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    if to == Status::Converted {
        let detail = "A lead becomes converted by converting it, not by setting its status.";
        faults.push(Fault::in_field("to", "only_by_conversion", detail));
    }
    if to.demands_reason() && !has_reason {
        faults.push(Fault::in_field("reason", "required", format!("Say why the leads become {to}.")));
    }
    if by_override && to != Status::Qualified {
        let detail = "Only the way to `qualified` can be overridden; leave it out.";
        faults.push(Fault::in_field("override", "not_here", detail));
    } else if by_override && !says_why {
        faults.push(Fault::in_field("note", "required", "An override needs a reason or a note that says why."));
    }
    faults
}

/// Tags as they are kept on a lead.
fn read(tags: &[String], config: &Configuration) -> Result<Vec<String>, Vec<Fault>> {
    let raw: RawLead = [("tags".to_owned(), json!(tags))].into_iter().collect();
    let parsed = leadwright_domain::leads::parse(&raw, &rules(config, Mode::Strict, Occasion::Change));
    if parsed.faults.is_empty() { Ok(parsed.profile.tags) } else { Err(parsed.faults) }
}
