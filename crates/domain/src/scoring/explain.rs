//! Why a lead has its score, and what would change it (spec SCO-4).

use serde::{Deserialize, Serialize};

use super::{
    adjustment::Adjustment,
    model::Model,
    ready::{Ready, ReadyKind},
    scored::{ComponentScore, Scored, Why, by_component},
    thresholds::{RecommendedAction, recommended_action, suggested_priority},
};
use crate::{
    condition::{Check, Field, Frame, Resolved, Subject},
    leads::Priority,
    time::Instant,
};

/// A score with everything that is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The score.
    pub scored: Scored,
    /// Its lines by component.
    pub components: Vec<ComponentScore>,
    /// Rules that could not be asked, because a field is missing that could change the score.
    pub unevaluable: Vec<Unevaluable>,
    /// The newest interaction, whether it counts or not.
    pub last_interaction_at: Option<Instant>,
    /// The adjustments that count.
    pub adjustments: Vec<Adjustment>,
    /// What the band asks for.
    pub recommended_action: RecommendedAction,
    /// The priority that the score suggests.
    pub suggested_priority: Priority,
}

/// A rule that could not be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unevaluable {
    /// Which.
    pub rule: String,
    /// The points that are at stake.
    pub points: i64,
    /// The fields that would decide it, as conditions name them.
    pub missing: Vec<String>,
}

/// Explains the score of one lead.
pub fn explain(model: &Model, subject: &Subject<'_>, adjustments: &[Adjustment]) -> Explanation {
    let ready = model.ready(&Frame { now: subject.now, organization: subject.organization });
    let scored = ready.score(subject, adjustments);
    Explanation {
        components: by_component(&scored.parts),
        unevaluable: ready.unevaluable(subject, &scored),
        last_interaction_at: subject.interactions.iter().map(|interaction| interaction.occurred_at).max(),
        adjustments: adjustments.iter().filter(|given| given.is_active(subject.now)).cloned().collect(),
        recommended_action: recommended_action(scored.rating),
        suggested_priority: suggested_priority(scored.total),
        scored,
    }
}

/// What a condition answers when a missing value is not a no, but not known.
enum Answer<'a> {
    Yes,
    No,
    Unknown(Vec<&'a str>),
}

impl Ready<'_> {
    /// The rules that gave nothing only because a field is missing, and would give something if it were known.
    fn unevaluable(&self, subject: &Subject<'_>, scored: &Scored) -> Vec<Unevaluable> {
        let mut found = Vec::new();
        for (at, ready) in self.rules.iter().enumerate() {
            let ReadyKind::Attribute(attribute) = &ready.kind else { continue };
            if attribute.when.matches(subject) || self.is_outdone(at, scored) {
                continue;
            }
            if let Answer::Unknown(mut missing) = ask(&attribute.when, subject) {
                missing.sort_unstable();
                missing.dedup();
                let missing = missing.into_iter().map(str::to_owned).collect();
                found.push(Unevaluable { rule: ready.rule.name.clone(), points: ready.rule.points, missing });
            }
        }
        found
    }

    /// Whether another rule of the group already gives as much.
    fn is_outdone(&self, at: usize, scored: &Scored) -> bool {
        let ready = &self.rules[at];
        let gives_as_much = |part: &super::scored::Part| {
            let rule = self.rules.iter().find(|other| other.rule.name == part.rule);
            !matches!(part.reason, Why::Outdone { .. })
                && rule.is_some_and(|other| other.group == ready.group)
                && part.points >= super::points::Points::whole(ready.rule.points)
        };
        ready.group.is_some() && scored.parts.iter().any(gives_as_much)
    }
}

fn ask<'a>(condition: &'a Resolved, subject: &Subject<'_>) -> Answer<'a> {
    match condition {
        Resolved::All(parts) => all(parts.iter().map(|part| ask(part, subject))),
        Resolved::Any(parts) => not(all(parts.iter().map(|part| not(ask(part, subject))))),
        Resolved::Not(part) => not(ask(part, subject)),
        Resolved::Field(field, check)
            if !matches!(check, Check::Exists(_) | Check::Constant(_)) && is_unknown(field, subject) =>
        {
            Answer::Unknown(vec![&field.name])
        }
        known => {
            if known.matches(subject) {
                Answer::Yes
            } else {
                Answer::No
            }
        }
    }
}

fn not(answer: Answer<'_>) -> Answer<'_> {
    match answer {
        Answer::Yes => Answer::No,
        Answer::No => Answer::Yes,
        unknown @ Answer::Unknown(_) => unknown,
    }
}

/// One no decides; without one, what is not known leaves it open.
fn all<'a>(answers: impl Iterator<Item = Answer<'a>>) -> Answer<'a> {
    let mut open = Vec::new();
    for answer in answers {
        match answer {
            Answer::Yes => {}
            Answer::No => return Answer::No,
            Answer::Unknown(missing) => open.extend(missing),
        }
    }
    if open.is_empty() { Answer::Yes } else { Answer::Unknown(open) }
}

/// Whether a value is missing, or is the word for not knowing it.
fn is_unknown(field: &std::sync::Arc<Field>, subject: &Subject<'_>) -> bool {
    let says_unknown = || {
        let check = Check::Texts { any_of: vec!["unknown".into()], negated: false };
        field.kind.options().is_some() && Resolved::Field(field.clone(), check).matches(subject)
    };
    field.is_missing(subject) || says_unknown()
}
